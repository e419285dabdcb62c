"""The commands of `xiaoan`: plain functions that say what they did and return an exit code.

What they refuse they raise: `Refused` becomes exit 1, `WrongCallError` and a file that is not there exit 2
(`cli.main`).
"""
