"""How many responses a margin or a move needs, and what a number of responses can detect."""

import math
from collections.abc import Callable, Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nps_core.errors import NpsError
from nps_core.measure.arguments import checked_level, one_of, whole_number
from nps_core.measure.interval import Floats, critical_value, score_interval, variance

MARGIN_METHODS = ("wald", "measuringu", "adjusted_wald", "score")
_WIDEST_MARGIN = 100.0
_LARGEST_MOVE = 200.0
_FINEST = 1e-6
"""Points: the responses for anything finer are no number that a computer adds up exactly."""
_MOST = 2**53
_FARTHEST_RATIO = 1e9
_ADDED = 3


def sample_size(
    margin: float | None = None,
    difference: float | None = None,
    detractors: float | None = None,
    promoters: float | None = None,
    after_detractors: float | None = None,
    after_promoters: float | None = None,
    level: float = 0.95,
    power: float = 0.80,
    method: str = "wald",
    ratio: float = 1.0,
) -> int:
    """The fewest responses that give one NPS a margin, or detect a move of it.

    Give `margin` (half the width of the interval at `level`) or `difference` (the size of the
    move, found with probability `power` by a two-sided test at 1 - `level`), in points.
    `detractors` and `promoters` are the shares expected, 0 to 1; without them the worst case is
    taken, half of each (variance 1).

    For a margin: `method` "wald" is z^2 V / m^2, "measuringu" the same less 3, "adjusted_wald" and
    "score" the fewest responses, with these shares, whose adjusted Wald margin or half of whose
    score interval is at most the margin. For a difference: the responses of the side before, of
    which the side after has `ratio` times as many: (z_a + z_b)^2 (V1 + V2 / ratio) / difference^2;
    the shares after are those before when not given. All are rounded up.

    Raises NpsError unless exactly one of margin and difference is given, for shares that are none
    or together over 1, for nonsense, and where everyone is expected to answer alike: with a
    variance of 0 these formulas need no responses; "adjusted_wald" and "score" still do.

    Sources: Cochran 1977, Sampling Techniques, 4.4; Sauro, MeasuringU, for the adjusted Wald.

    >>> sample_size(margin=10, detractors=0.2, promoters=0.5)
    235
    >>> sample_size(difference=10, detractors=0.2, promoters=0.5)
    958
    """
    if (margin is None) == (difference is None):
        raise NpsError(
            f"margin is {margin!r} and difference is {difference!r}; give one of the two, in points"
            ": the margin of one NPS, or the difference to detect between two."
        )
    one_of("method", method, MARGIN_METHODS)
    checked_level(level)
    before = _shares("", detractors, promoters)
    if margin is not None:
        if after_detractors is not None or after_promoters is not None:
            raise NpsError("after_detractors and after_promoters go with difference, not margin.")
        wanted = _points("margin", margin, _WIDEST_MARGIN)
        return int(responses_for_margin(before, wanted, level, method)[0])

    if method != "wald":
        raise NpsError(f'method is "{method}"; a difference has one method, wald.')
    both = np.concatenate([before, _after(before, after_detractors, after_promoters)])
    spread_before, spread_after = variance(both)
    move = _points("difference", difference, _LARGEST_MOVE) / 100
    summed = spread_before + spread_after / _positive("ratio", ratio)
    _refuse_no_spread(summed)
    return math.ceil(_both_quantiles(level, power) ** 2 * summed / move**2)


def detectable(
    responses_before: int,
    responses_after: int,
    detractors: float | None = None,
    promoters: float | None = None,
    after_detractors: float | None = None,
    after_promoters: float | None = None,
    level: float = 0.95,
    power: float = 0.80,
) -> float:
    """The smallest move, in points, that these responses detect with probability `power`.

    The inverse of `sample_size(difference=...)`, with the same shares. Infinite when it would be
    over 200, the length of the scale. Raises NpsError as that does, and for no responses.

    >>> round(detectable(958, 958, detractors=0.2, promoters=0.5), 1)
    10.0
    """
    checked_level(level)
    sizes = (
        whole_number("responses_before", responses_before, 1, _MOST),
        whole_number("responses_after", responses_after, 1, _MOST),
    )
    before = _shares("", detractors, promoters)
    both = np.concatenate([before, _after(before, after_detractors, after_promoters)])
    summed = float((variance(both) / np.array(sizes)).sum())
    _refuse_no_spread(summed)
    move = 100 * _both_quantiles(level, power) * math.sqrt(summed)
    return move if move <= _LARGEST_MOVE else math.inf


def shifted(shares: Sequence[float], points: float) -> tuple[float, float, float] | None:
    """The shares (detractors, passives, promoters) once the NPS has moved by `points`.

    Half of the move comes from either end, passives making up for an end that runs out; None when
    the scale ends before.

    >>> [round(share, 2) for share in shifted((0.25, 0.25, 0.5), 10) or ()]
    [0.2, 0.25, 0.55]
    >>> shifted((0.0, 0.1, 0.9), 20) is None
    True
    """
    target = float(shares[2] - shares[0]) + points / 100
    if abs(target) > 1:
        return None
    half = points / 200
    detractors, promoters = max(shares[0] - half, 0.0), max(shares[2] + half, 0.0)
    detractors = max(detractors, promoters - target)
    promoters = detractors + target
    over = detractors + promoters - 1
    if over > 0:
        detractors, promoters = detractors - over / 2, promoters - over / 2
    return detractors, max(1 - detractors - promoters, 0.0), promoters


def responses_for_margin(
    shares: Floats, margin: float, level: float, method: str = "score"
) -> NDArray[np.int64]:
    """The fewest responses for a margin, for rows of shares (detractors, passives, promoters).

    >>> responses_for_margin(np.array([[0.5, 0, 0.5], [0.2, 0.3, 0.5]]), 10, 0.95).tolist()
    [381, 233]
    """
    wanted = margin / 100
    z2 = critical_value(level) ** 2
    if method in ("wald", "measuringu"):
        spread = variance(shares)
        _refuse_no_spread(float(spread.min()))
        fewer = _ADDED if method == "measuringu" else 0
        return np.maximum(np.ceil(z2 * spread / wanted**2 - fewer), 1).astype("int64")

    margins: Callable[..., Floats] = MARGINS[method]
    # Neither arm of an interval is longer than z / sqrt(n): the variance of a response is at most
    # 1. So this many are enough for any shares, and the margin falls with every response.
    enough = np.full(len(shares), math.ceil(z2 / wanted**2), dtype="int64")
    too_few = np.zeros(len(shares), dtype="int64")
    while (enough - too_few > 1).any():
        middle = (enough + too_few + 1) // 2
        reached = margins(shares * middle[:, None], level) <= wanted
        enough = np.where(reached, middle, enough)
        too_few = np.where(reached, too_few, np.minimum(middle, enough - 1))
    return enough


def half_width(categories: Floats, level: float) -> Floats:
    """Half the length of the score interval of rows of (expected) counts, on the scale 0..1."""
    low, high = score_interval(np.asarray(categories), level)
    return (high - low) / 2


def _adjusted_margin(categories: Floats, level: float) -> Floats:
    added = categories + np.array([0.75, 1.5, 0.75])
    return critical_value(level) * np.sqrt(variance(added) / added.sum(axis=-1))


MARGINS = {"score": half_width, "adjusted_wald": _adjusted_margin}


def checked_share(parameter: str, got: Any) -> float:
    """A share from 0 to 1.

    >>> checked_share("detractors", 20)
    Traceback (most recent call last):
        ...
    nps_core.errors.NpsError: detractors is 20; it is a share from 0 to 1. Did you mean 0.2?
    """
    number = _is_number(got)
    if number and 0 <= got <= 1:
        return float(got)
    hint = f" Did you mean {got / 100:g}?" if number and 1 < got <= 100 else ""
    raise NpsError(f"{parameter} is {got!r}; it is a share from 0 to 1.{hint}")


def _is_number(got: Any) -> bool:
    return isinstance(got, (int, float, np.number)) and not isinstance(got, (bool, np.bool_))


def _shares(prefix: str, detractors: Any, promoters: Any) -> Floats:
    """One row of shares; half detractors and half promoters when nothing is given."""
    names = (f"{prefix}detractors", f"{prefix}promoters")
    if detractors is None and promoters is None:
        return np.array([[0.5, 0.0, 0.5]])
    if detractors is None or promoters is None:
        given, missing = names if promoters is None else names[::-1]
        raise NpsError(
            f"{given} is given without {missing}; give both shares, or neither for the worst case."
        )
    low, high = checked_share(names[0], detractors), checked_share(names[1], promoters)
    if low + high > 1 + 1e-9:
        raise NpsError(
            f"{names[0]} is {low:g} and {names[1]} is {high:g}, together {low + high:g}; "
            "shares of the same responses are at most 1 together."
        )
    return np.array([[low, max(1 - low - high, 0.0), high]])


def _after(before: Floats, detractors: Any, promoters: Any) -> Floats:
    given = detractors is not None or promoters is not None
    return _shares("after_", detractors, promoters) if given else before


def _points(parameter: str, got: Any, most: float) -> float:
    if _is_number(got) and _FINEST <= got <= most:
        return float(got)
    raise NpsError(
        f"{parameter} is {got!r}; it is in points of the score, over 0 (from {_FINEST:f} on) "
        f"and at most {most:g}."
    )


def _positive(parameter: str, got: Any) -> float:
    if _is_number(got) and 1 / _FARTHEST_RATIO <= got <= _FARTHEST_RATIO:
        return float(got)
    raise NpsError(
        f"{parameter} is {got!r}; it must be a number over 0, from {1 / _FARTHEST_RATIO:g} to "
        f"{_FARTHEST_RATIO:g}."
    )


def _both_quantiles(level: float, power: float) -> float:
    if not _is_number(power) or not 0.5 <= power < 1:
        hint = f" Did you mean {power / 100:g}?" if _is_number(power) and 50 <= power < 100 else ""
        raise NpsError(f"power is {power!r}; it must be from 0.5 to under 1.{hint}")
    return critical_value(level) + NormalDist().inv_cdf(power)


def _refuse_no_spread(spread: float) -> None:
    if spread <= 0:
        raise NpsError(
            "These shares have everyone answer alike, which leaves no variance to plan with; "
            'expect a few others, leave the shares out, or plan a margin with method="score".'
        )
