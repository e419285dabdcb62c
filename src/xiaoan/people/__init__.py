"""People: who they are, which posts they hold where and when, how they sign in.

Nouns: `Person` (key: 工号, unique in the district), `Post` (from the pack), `Appointment` (from-to, holder
or deputy), `Supervision` (section x area x unit), `Account` (user name and password).
Changed by: the Excel imports of people and appointments, appointing and ending, the pack's posts.
Offers: `AppointmentChanged`; `actor_for(person)`, "who held this post on that day", sign-in with growing delay.
"""
