"""Attachments (附件): photos and documents that belong to a record.

A view calls `keep_file(upload, district_id)` (or hands the upload to the act); the owner's act calls
`attach(actor=…, owner=…, files=…)`. Who may open one is asked of the owner's `visible_to`. The file is
stored once per district, before its row; decoding happens in a bounded child of the worker.
"""
