"""Checklists, rounds, visits of the five dimensions. Not built yet."""
