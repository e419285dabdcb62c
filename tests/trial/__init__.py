"""A test-only module: notes that are written, closed and moved. The primitives are tried on it."""
