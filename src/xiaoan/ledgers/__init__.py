"""Ledgers (台账): records of the kinds that the pack declares, and the 议定事项 that they set.

A kind's list, form, import and export all come from its declaration (`declarations.py`), so that a district's
new kind needs no line of code.
States: an entry is 已登记 (filed) or 已作废 (void); a 议定事项 is 办理中 (open), 已办结 (done) or 已作废 (void).
Who acts: the posts that the kind names record and correct; the head or the safety lead voids; who is responsible
finishes.
Offers: acts `record_entry`, `correct_entry`, `void_entry`, `finish_item`, `import_entries`; the measures
`ledgers.records_held`, `ledgers.records_per_holder`, `ledgers.items_finished`; `queries.todo`; the pack section `kinds`.
"""
