"""安全文明校园: schemes, self-rating, review, veto, appeal. Not built yet."""
