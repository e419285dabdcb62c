"""Risks (风险清单): place x risk point x level (红橙黄蓝) x measure x post, reviewed once a term (duty G.2).

Nouns: `Risk`, a point on a unit's list from a day until it is eliminated or out of use; `RiskReview`, that it
was looked at in a term. A hazard names its risk point.
States: a point is 在册 (listed), 已消除 (eliminated) or 已停用 (disused).
Who acts: safety officer, safety lead and head keep their unit's list and review it; who holds the post of a
point confirms it.
Offers: acts `add_risk`, `add_starter_risks`, `review_risks`, `change_risk`, `retire_risk`; the measure
`risks.reviewed`; `queries.todo`; the pack section `risks`.
"""
