"""The tree of units as paths: upper-case codes from the root, each closed by a slash."""

from collections.abc import Mapping

PATH_LENGTH = 200


def paths_of(parents: Mapping[str, str]) -> dict[str, str]:
    """The path of every code, given the code above it (`""` above the root).

    A code whose way up runs in a circle has the empty path; one that would be longer than `PATH_LENGTH` has
    some path that is too long. A code above that nobody knows ends the way like a root.
    """
    paths: dict[str, str] = {}
    for code in parents:
        way: list[str] = []
        at = code
        while at not in paths and at in parents:
            paths[at] = ""  # met again while it is on the way: a circle
            way.append(at)
            at = parents[at]
        path, is_circle = paths.get(at, ""), at in parents and not paths[at]
        for each in reversed(way):
            path = "" if is_circle else path if len(path) > PATH_LENGTH else f"{path}{each}/"
            paths[each] = path
    return paths
