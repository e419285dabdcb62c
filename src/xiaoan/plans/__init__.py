"""Plans: the document as issued, the policy pack that makes duties of it, and a cell for each duty, unit and period.

Nouns: `PackVersion` with `PackFile`s (loaded → published → superseded, stored whole), `PlanDocument` with
`Clause`s, `Duty` with `Citation`s and `DutyPost`s, `Cell` (a duty x a unit x a period), `HolderNaming`.
Changed by: loading and publishing a pack, attaching the official text, confirming a parameter, waiving a
cell, giving a reason, naming a holder; cells are counted from the modules' indicators.
Offers: `queries.section` (the published rules of a file), the living margin, `todo`, `PackPublished`.
Knows indicators by name only (`docs/mechanisms/cells.md`, `docs/mechanisms/packs.md`).
"""
