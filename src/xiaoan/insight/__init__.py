"""全区总览 and 学校档案: reads every module, writes nothing.

Nouns: `Overview`, the district on one page; `Profile`, an institution on one.
Who opens: the overview is for who oversees the district; a profile for who may see the institution.
Offers: two pages and what hangs on them; nothing stands above but the portal.
"""
