"""安全投入: budgets and money for hazards. Not built yet."""
