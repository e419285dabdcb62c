"""Portal: the two shells around every page: home (今日 / 工作台), navigation, sign-in page, search.

Reads the modules' to-do lists and menus; each morning sends everybody who owes something one digest of it.
"""
