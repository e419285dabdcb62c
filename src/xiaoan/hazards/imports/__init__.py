"""历史隐患台账: the rows of the old platform, each with the days on which it took its steps.

`columns` are the headings, `reading` makes a row an `OldHazard`, `faults` says what is wrong with it by cell,
`ledger` compares a file with what is there. `past` turns days into steps, `holders` finds who answered, `recurrence`
links what came again, `writing` writes many in a few statements.
"""
