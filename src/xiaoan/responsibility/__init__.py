"""责任书, post duty lists, safety-officer sheets. Not built yet."""
