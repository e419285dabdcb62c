"""Xiaoan (校安) runs a school-safety action plan. `ARCHITECTURE.md` is the map of this package."""
