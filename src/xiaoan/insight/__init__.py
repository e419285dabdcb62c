"""全区总览, school profiles, reports, "who was responsible": reads every module, writes nothing. Not built yet."""
