"""Organisations: the district's tree of units, their campuses and places, circles and calendar.

Nouns: `Unit` (bureau, section, centre, school, ...), `UnitYear` (stage and enrolment of a school year),
`Campus`, `Place`, `Circle` with dated `Membership` (协作组, 街镇), `Term` and `CalendarDay`.
Changed by: the Excel imports of units and places (one act each), opening and closing a unit, renaming.
Offers: `UnitOpened`, `UnitChanged`; the tree, "which units then", terms and working days of a district.
"""
