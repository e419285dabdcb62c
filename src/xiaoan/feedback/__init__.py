"""Complaints and suggestions (投诉建议): a way in from every page, answered to the person.

Noun: `Remark`, what a person wrote: a complaint, a suggestion, or that a page is wrong.
States: a remark is 待答复 (asked), 已答复 (replied) or 已撤回 (withdrawn).
Who acts: everybody in post writes and withdraws their own; the legal section and the head of the centre answer, and
where a page is wrong the administrator of the platform too. Nobody else reads any of it, least of all the heads of
whoever wrote it.
Offers: acts `write_remark`, `answer_remark`, `withdraw_remark`; `queries.todo`.
"""
