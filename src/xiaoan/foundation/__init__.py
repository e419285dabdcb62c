"""The primitives every module is built of. No domain word lives here."""
