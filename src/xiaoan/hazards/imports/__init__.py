"""历史隐患台账: the rows of the old platform, each with the days on which it took its steps.

`columns` are the headings, `reading` makes a row an `OldHazard`, `faults` says what is wrong with it by cell,
`past` turns its days into steps, `recurrence` links what came again, `writing` writes many in a few statements.
"""
