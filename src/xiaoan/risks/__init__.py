"""风险清单: place x risk point x level x measure x post. Not built yet."""
