"""Paths of the tree, against climbing up by hand."""

from hypothesis import given
from hypothesis import strategies as st

from xiaoan.organisations.tree import PATH_LENGTH, paths_of

codes = st.sampled_from("ABCDEFG")


def climbed(parents, code):
    """The way up by hand; empty when it runs in a circle."""
    way = []
    while code in parents:
        if code in way:
            return ""
        way.append(code)
        code = parents[code]
    return "".join(f"{each}/" for each in reversed(way))


@given(st.dictionaries(codes, codes | st.just("")))
def test_every_path_is_the_way_up_and_circles_have_none(parents):
    assert paths_of(parents) == {code: climbed(parents, code) for code in parents}


def test_a_long_chain_is_too_long_and_quickly_so():
    parents = {f"C{number}": f"C{number - 1}" for number in range(1, 5000)} | {"C0": ""}
    paths = paths_of(parents)
    assert (paths["C1"], len(paths["C4999"]) > PATH_LENGTH) == ("C0/C1/", True)
    assert sum(len(path) for path in paths.values()) < 5000 * 2 * PATH_LENGTH
