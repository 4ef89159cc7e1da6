"""Whether the NPS jumped or turned at a change, over what it was doing anyway."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nps_core.columns import COUNT, HIGH, LOW, NPS, PERIOD, RESPONSES
from nps_core.errors import NpsError
from nps_core.measure.arguments import as_date, checked_level
from nps_core.measure.compare import Verdict, verdicts
from nps_core.measure.counts import categories, dated_counts
from nps_core.measure.interval import Floats, estimate, variance
from nps_core.measure.score import figures

WEEKS_FOR_LEVEL = 6
"""Weeks with responses needed on each side: 12 weeks and 4 terms leave 8 degrees of freedom."""

WEEKS_FOR_SLOPE = 8
"""Weeks with responses needed on each side before a change of slope gets limits and a p."""

MEMORY = 0.6
"""How much of one week's wandering is taken to last into the next: rather much than little."""

_ADDED = np.array([[0.75, 1.5, 0.75]])
"""The responses adjusted Wald adds: with them no side's sampling variance is nothing."""


@dataclass(frozen=True, eq=False)
class InterruptedSeries:
    """A line through the weeks before a change, one through those after, and what parts them.

    Levels in points, slopes in points a week, all at confidence `level`; NaN where there are too
    few weeks. `level_change` is the step in the week that begins with the change, `verdict` reads
    its limits. `weeks_before` and `weeks_after` count weeks with responses. `bins` has a row a
    week, silent ones too: `start`, `responses`, `nps`, `fitted`, `without_change` (the line before
    carried on), `low`, `high` (of that week's NPS alone). `se_level` and `se_slope` are the
    standard errors used, `wls_se_level` and `wls_se_slope` those of weighted least squares alone,
    `df` the degrees of freedom, `at` the day of the change.
    """

    level_change: float
    level_low: float
    level_high: float
    p_level: float
    slope_before: float
    slope_change: float
    slope_low: float
    slope_high: float
    p_slope: float
    bins: pd.DataFrame
    weeks_before: int
    weeks_after: int
    verdict: Verdict
    level: float
    se_level: float
    se_slope: float
    wls_se_level: float
    wls_se_slope: float
    df: int
    at: date


def interrupted(
    daily_counts: Any,
    at: date | datetime | str,
    end: date | datetime | str | None = None,
    start: date | datetime | str | None = None,
    level: float = 0.95,
) -> InterruptedSeries:
    """How far the NPS stepped at `at`, over the trend it was on.

    `daily_counts` is a tally by day (`period`, `score`, `n`; other columns are added over) of the
    days from `start` to `end`, both inclusive; None takes the first and the last day counted.
    They are laid in 7-day bins from `at` backwards and forwards, none across it, and partial
    outer ones are dropped. The line is fitted to the bins' NPS by least squares weighted by their
    responses: 1, t, post, post (t - t0), t being the week and t0 the first one after; silent weeks
    weigh nothing.

    Standard errors: sampling alone makes a bin vary by V/n, and what the bins scatter beyond that
    is taken to be the weeks' own wandering, 0.6 of which lasts into the next week; they are never
    under those sampling alone gives. With them, t limits on (weeks - 4) degrees of freedom raise
    at most 6 % false alarms where weeks wander, instead of 12 % (benchmarks/proof/interrupted.py).

    Needs WEEKS_FOR_LEVEL (6) weeks with responses on each side, else figures are NaN and the
    verdict "too few responses"; a change of slope has limits and a p from WEEKS_FOR_SLOPE (8) on.
    Raises NpsError for what are no daily counts, a missing or impossible date, an unfit level.

    Source: Wagner et al. 2002, J Clin Pharm Ther 27: 299-309 (segmented regression).

    >>> days = pd.date_range("2026-01-05", periods=7 * 20)
    >>> promoters = [50] * 70 + [60] * 70
    >>> counts = pd.concat([
    ...     pd.DataFrame({"period": days, "score": 10, "n": promoters}),
    ...     pd.DataFrame({"period": days, "score": 3, "n": [100 - n for n in promoters]}),
    ... ])
    >>> found = interrupted(counts, at="2026-03-16")
    >>> round(found.level_change, 6), found.verdict, found.weeks_before
    (20.0, 'up', 10)
    """
    checked_level(level)
    counts = dated_counts("daily_counts", daily_counts, ())
    made = as_date("at", at)
    if made is None:
        raise NpsError("at is missing; give the day of the change, like 2026-03-04.")
    day = np.datetime64(made, "D")
    starts, totals = _weeks(counts, day, as_date("start", start), as_date("end", end))
    t = np.arange(len(starts), dtype="float64") - (starts < day).sum()
    design = terms(t)
    n = totals.sum(axis=1)
    heard = n > 0
    before, after = int((heard & (t < 0)).sum()), int((heard & (t >= 0)).sum())
    weeks = min(before, after)
    beta = se = plain = np.full(4, np.nan)
    if weeks >= WEEKS_FOR_LEVEL:
        beta, se, plain = segmented_line(design[heard], totals[heard])
    if weeks < WEEKS_FOR_SLOPE:
        se, plain = (np.append(errors[:3], np.nan) for errors in (se, plain))
    df = before + after - 4
    low, high, p = t_inference(beta, se, df, level)
    alone = figures(totals, level)
    bins = pd.DataFrame(
        {
            "start": starts.astype("datetime64[us]"),
            RESPONSES: alone[RESPONSES],
            NPS: alone[NPS],
            "fitted": 100 * (design @ beta),
            "without_change": 100 * (design[:, :2] @ beta[:2]),
            LOW: alone[LOW],
            HIGH: alone[HIGH],
        }
    )
    side = np.array([weeks])
    verdict = verdicts(low[2:3], high[2:3], side, side, WEEKS_FOR_LEVEL)[0]
    step, slope = 2, 3
    return InterruptedSeries(
        level_change=float(100 * beta[step]),
        level_low=float(100 * low[step]),
        level_high=float(100 * high[step]),
        p_level=float(p[step]),
        slope_before=float(100 * beta[1]),
        slope_change=float(100 * beta[slope]),
        slope_low=float(100 * low[slope]),
        slope_high=float(100 * high[slope]),
        p_slope=float(p[slope]),
        bins=bins,
        weeks_before=before,
        weeks_after=after,
        verdict=verdict,
        level=float(level),
        se_level=float(100 * se[step]),
        se_slope=float(100 * se[slope]),
        wls_se_level=float(100 * plain[step]),
        wls_se_slope=float(100 * plain[slope]),
        df=max(df, 0),
        at=made,
    )


def terms(t: Floats) -> Floats:
    """1, t, post, post t of each week, (weeks, 4); week 0 is the first one after the change."""
    return np.stack([np.ones_like(t), t, t >= 0, np.maximum(t, 0)], axis=1)


def _weeks(
    counts: pd.DataFrame, at: np.datetime64, start: date | None, end: date | None
) -> tuple[NDArray[np.datetime64], NDArray[np.int64]]:
    """First days of the whole 7-day bins around `at`, and their detractors, passives, promoters."""
    dated = counts[counts[PERIOD].notna() & (counts[COUNT] > 0)]
    days = dated[PERIOD].to_numpy().astype("datetime64[D]")
    if start is not None and end is not None and start > end:
        raise NpsError(f"start is {start}, after end, {end}; give the earlier day first.")
    if not len(days):
        return np.zeros(0, dtype="datetime64[D]"), np.zeros((0, 3), dtype="int64")
    first = days.min() if start is None else np.datetime64(start, "D")
    last = days.max() if end is None else np.datetime64(end, "D")
    back = max(int((at - first).astype(int)) // 7, 0)
    forth = max(int((last + 1 - at).astype(int)) // 7, 0)
    place = (days - at).astype("int64") // 7 + back
    inside = (place >= 0) & (place < back + forth) & (days >= first) & (days <= last)
    totals = categories(dated[inside], place[inside], back + forth)
    return at + 7 * np.arange(-back, forth), totals


def segmented_line(design: Floats, totals: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
    """Coefficients, their standard errors, and those of weighted least squares alone.

    `design` is (weeks, 4), `totals` (weeks, 3), none empty; everything on the scale -1..1.
    """
    n = totals.sum(axis=1).astype("float64")
    y = estimate(totals)
    root = np.sqrt(n)
    beta = np.linalg.lstsq(design * root[:, None], y * root, rcond=None)[0]
    weighted = design * n[:, None]
    bread = np.linalg.inv(design.T @ weighted)
    scatter = float(n @ (y - design @ beta) ** 2)
    plain = np.sqrt(np.diag(bread) * scatter / (len(y) - 4))

    t = design[:, 1]
    sampling = _sampling_variance(totals, t >= 0) / n
    lasting = MEMORY ** np.abs(t[:, None] - t)
    # Of a covariance S of the bins: its meat X'WSWX, and what it adds to the expected scatter.
    by_sampling = weighted.T @ (weighted * sampling[:, None])
    by_weeks = weighted.T @ lasting @ weighted
    expected = float(n @ sampling) - float(np.trace(bread @ by_sampling))
    each = float(n.sum()) - float(np.trace(bread @ by_weeks))
    wandering = max(scatter - expected, 0.0) / each
    covariance = bread @ (by_sampling + wandering * by_weeks) @ bread
    return beta, np.sqrt(np.diag(covariance)), plain


def _sampling_variance(totals: NDArray[np.int64], post: NDArray[np.bool_]) -> Floats:
    """The variance of one response within its week, pooled over each side of the change."""
    n = totals.sum(axis=1)
    spread = n * variance(totals)
    added = float(_ADDED.sum())
    found = np.empty(len(totals))
    for side in (post, ~post):
        within = spread[side].sum() + added * variance(_ADDED)[0]
        found[side] = within / ((n[side] - 1).sum() + added)
    return found


def t_inference(beta: Floats, se: Floats, df: int, level: float) -> tuple[Floats, Floats, Floats]:
    """Limits and two-sided p of each coefficient, by Student's t; NaN where `df` is under 1."""
    from scipy.special import stdtr, stdtrit

    if df < 1:
        return (np.full(4, np.nan),) * 3
    margin = stdtrit(df, (1 + level) / 2) * se
    return beta - margin, beta + margin, 2 * stdtr(df, -np.abs(beta / se))
