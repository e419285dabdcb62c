"""The policy pack: what its files may hold, how they are read, checked, stored, compared and put in force.

Downward: `publishing`, `attaching`, `storing` → `sections`, `changes` → `checks` → `files` → `faults` →
`schema`, `yaml_text`. Importing this room announces the three files that plans own.
"""

from xiaoan.plans.pack import schema

__all__ = ["schema"]
