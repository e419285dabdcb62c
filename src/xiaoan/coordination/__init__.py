"""协同联动: cases with police, fire, market regulation, traffic, towns. Not built yet."""
