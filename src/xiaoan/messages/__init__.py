"""Messages: one person's inbox, the reminders (催办) that come before and after a due day, the hours of rest.

Nouns: `Message` (person x cause, told once), `Reminder` (one per subject), `Notice` (what a message says, in both
languages), `Holder` (unit and posts, resolved when a step is reached).
States: a message is new, then read; a reminder is open while a step lies ahead, then said; ended when forgotten.
Changed by the machine: `tell`, `remind`, `forget`, `reach_step`, `send_digest`, `delete_read_messages`. Readers mark
their own messages read, which leaves no trace.
Offers: `StepReached`; the inbox page; `unread_count(actor)`. It knows no module above: subjects come as records.
"""
