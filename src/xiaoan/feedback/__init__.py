"""Complaints, suggestions, public reports. Not built yet."""
