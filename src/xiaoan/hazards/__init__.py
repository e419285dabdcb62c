"""隐患闭环: report, judge, assign, rectify, verify, close, look back. Not built yet."""
