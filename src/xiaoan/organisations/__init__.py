"""Organisations: the district's tree of units, their campuses and places, circles and calendar.

Nouns: `Unit` (bureau, section, centre, school, ...), `UnitYear` (stage and enrolment of a school year),
`Campus`, `Place`, `Circle` with dated `Membership` (协作组, 街镇), `Term`, `SchoolBreak`, `CalendarDay`.
States: a unit exists from `opened_on` until the day before `closed_on`; nothing is deleted.
Changed by: `open_district` (machine), `import_units` and `import_places` (centre head, administrator; one act
each), `publish_calendar` (with a pack).
Offers: `UnitOpened`, `UnitChanged`, `CalendarChanged`; units owing a duty on a day, facts, circles, terms and
working days; the pack's `calendar`; the import pages of all modules; slot `organisations.unit` for panels.
"""
