"""督办单、局督办、挂牌: orders on a hazard, a late duty, a case. Not built yet."""
