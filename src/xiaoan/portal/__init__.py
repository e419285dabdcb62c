"""Portal: the two shells around every page: home (今日 / 工作台), navigation, sign-in page, search.

Acts on nothing; reads the modules' to-do lists and menus.
"""
