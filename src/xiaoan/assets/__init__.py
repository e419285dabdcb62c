"""Devices, vehicles, works, experience rooms. Not built yet."""
