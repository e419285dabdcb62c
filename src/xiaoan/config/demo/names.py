"""Names of invented people: surname and given name drawn from the pack's lists, none twice."""

from collections.abc import Iterator
from itertools import product

from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.sheet import Sheet


def invented_names(sheet: Sheet) -> Iterator[str]:
    """Names in an order of chance; those of the cast are theirs alone. Raises `StopIteration` at the end."""
    taken = {line.name for line in sheet.cast}
    pairs = [surname + given for surname, given in product(sheet.surnames, sheet.given_names)]
    dice("names").shuffle(pairs)
    return (name for name in pairs if name not in taken)
