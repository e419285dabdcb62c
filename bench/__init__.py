"""Benchmarks: ratios, never absolute times. Run with `make bench`."""
