"""People: who they are, which posts they hold where and when, how they sign in.

Nouns: `Person` (key: 工号, unique in the district), `Post` (from the pack), `Appointment` (from-to, holder
or deputy), `Supervision` (section x area x unit), `Account` (user name and password), `DemoLogin`.
States: an appointment is in force from its first to its last day; posts are retired, never removed.
Changed by: `appoint`, `end_appointment`, `import_appointments`, `change_post_role` (security officer),
`import_people`, `open_account`, `open_accounts`, `reset_password` (administrator), `publish_posts` (with a pack),
`assign_supervision` (legal), `change_password` (oneself; first of all where it was made for them).
Offers: `AppointmentChanged`; `actor_for(person)`, who held this post on that day, vacant posts,
`granted_or_in_setup`; the pack's `posts`; sign-in with growing delay.
"""
