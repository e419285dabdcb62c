"""Two ways of doing a thing, in turn and many times; the ratio of their medians is what is claimed."""

import time
from collections.abc import Callable
from statistics import median

WARM_UP = 10


def ratio(deed: Callable[[], object], other: Callable[[], object], *, rounds: int = 200) -> float:
    """Median time of `deed` over median time of `other`, run A B A B … after a warm-up."""
    times: tuple[list[float], list[float]] = ([], [])
    for round_ in range(rounds + WARM_UP):
        for place, each in enumerate((deed, other)):
            begun = time.perf_counter()
            each()
            if round_ >= WARM_UP:
                times[place].append(time.perf_counter() - begun)
    return median(times[0]) / median(times[1])


def cost(deed: Callable[[], object], *, rounds: int = 40) -> float:
    """Median time of one way of doing a thing, in seconds, after a warm-up."""
    times = []
    for round_ in range(rounds + WARM_UP):
        begun = time.perf_counter()
        deed()
        if round_ >= WARM_UP:
            times.append(time.perf_counter() - begun)
    return median(times)


def told(what: str, measured: float, allowed: float) -> None:
    """Print a ratio beside what is allowed, and fail when it is over."""
    print(f"\n{what}: {measured:.2f} (allowed {allowed})")  # noqa: T201 - a benchmark speaks
    assert measured <= allowed  # noqa: S101 - a benchmark is a test
