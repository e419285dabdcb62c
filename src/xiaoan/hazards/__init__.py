"""隐患闭环: found, judged, handed out, controlled, put right, accepted, closed, looked at again, archived.

Nouns: `Hazard` with its flags; `Step`, how it stood from day to day; `Holding`, who had to put it right; `LookBack`;
`Extension` 延期 and `Referral` 转办 with lives of their own.
States: `lifecycle.py`, one table. 谁交办、谁销号；整改人不验收；重大隐患分管局长批准摘牌.
Who acts: everybody reports; unit, centre, legal section and deputy director by the level of the hazard.
Offers: one act for each move; measures for O.1, O.2, G.3, T4.2, T4.3, T4.7, T5.2; `queries.todo`; the pack
section `hazards`.
"""
