"""Checklists (检查表): what is looked at in each kind of place, on what basis, and what a failed point suggests.

Nouns: `Checklist`, one for each kind of place; `ChecklistVersion`, a frozen state of it with its
`ChecklistPoint` rows; `ChecklistDraft`, what the centre is preparing.
Where they come from: the pack brings them; the centre adapts one, and the pack no longer overwrites it.
Who acts: publishing a pack brings versions; head and staff of the centre draft, publish, drop, and settle what a
later pack offers. Everybody of the district reads what is published, and schools prepare by it.
Offers: acts `publish_checklists`, `save_draft`, `publish_draft`, `drop_draft`, `settle_offer`; the pack sections
`checklists` and `norms`.
"""
