"""How the verdict of each rival explanation was reached: its figures and its method."""

import math
from typing import Final

import pandas as pd

from nps_app.view.move_words import points_text
from nps_app.view.tables import count_text, interval_text, nps_text, p_text
from nps_app.view.verdict_reached import percent
from nps_app.view.verdict_words import mix_words
from nps_core.language import mark, tr
from nps_core.measure.compare import DOWN, NO_CLEAR_CHANGE, TOO_FEW, UP
from nps_core.measure.interrupted import InterruptedSeries
from nps_core.measure.rivals import Rival

_TAKEN_OUT: Final = {
    "mix": mark("With the mix held fixed"),
    "trend": mark("Beyond the trend"),
    "control": mark("Against those it was not for"),
    "same people": mark("Among the same people"),
}
_READ: Final = {
    UP: mark(
        "{rival}: the {level} % interval of the difference, {interval}, lies wholly above 0 ({p})."
    ),
    DOWN: mark(
        "{rival}: the {level} % interval of the difference, {interval}, lies wholly below 0 ({p})."
    ),
    NO_CLEAR_CHANGE: mark(
        "{rival}: the {level} % interval of the difference, {interval}, holds 0 ({p})."
    ),
}
_METHODS: Final = {
    "mix": mark(
        "Each group keeps the share it has of both windows' responses together "
        "(post-stratification, Holt and Smith 1979); groups under 10 responses are pooled. The "
        "interval is widened like that of the comparison itself."
    ),
    "trend": mark(
        "A line is fitted through the weeks before and another through those after "
        "(interrupted time series, Wagner et al. 2002); the figure is the step between them in "
        "the week of the change. Its interval knows that weeks wander."
    ),
    "control": mark(
        "The move of those it was for, less the move of everybody else (difference in "
        "differences, Card and Krueger 1994). It takes both to have moved alike without the "
        "change. The interval is widened like that of the comparison itself."
    ),
    "same people": mark(
        "Only respondents seen in both windows, each compared with themselves "
        "(paired t test on detractor, passive or promoter); who moved both ways few times over "
        "gets a wider interval."
    ),
}


def rival_reached(rival: Rival, row: pd.Series, level: float) -> list[str]:
    """How a rival's verdict was reached, with its own numbers."""
    out, method = tr(_TAKEN_OUT[rival.name]), tr(_METHODS[rival.name])
    if rival.verdict == TOO_FEW:
        return [tr("{rival}: too few responses to tell.", rival=out), method]
    sentences = [
        tr(
            _READ[rival.verdict],
            rival=out,
            level=percent(level),
            interval=interval_text(rival.low, rival.high),
            p=p_text(rival.p),
        )
    ]
    if rival.name == "mix":
        at = rival.detail
        sentences.append(
            tr(
                "At the same mix of {segments} the NPS was {before} before and {after} after; in "
                "all it was {whole_before} and {whole_after}.",
                segments=mix_words(rival.columns),
                before=nps_text(at.before_nps),
                after=nps_text(at.after_nps),
                whole_before=nps_text(row["before_nps"]),
                whole_after=nps_text(row["after_nps"]),
            )
        )
    return [*sentences, method]


def fitted_sentences(series: InterruptedSeries) -> list[str]:
    """The figures of the line through the weeks around a change."""
    sentences = [
        tr(
            "Step in the week of the change: {step} points ({interval}), {p}.",
            step=points_text(series.level_change),
            interval=interval_text(series.level_low, series.level_high),
            p=p_text(series.p_level),
        ),
        tr("Slope before: {slope} points a week.", slope=points_text(series.slope_before)),
    ]
    turn = points_text(series.slope_change)
    if math.isnan(series.p_slope):
        few = mark("Change of slope: {turn} points a week; too few weeks for an interval.")
        sentences.append(tr(few, turn=turn))
    else:
        sentences.append(
            tr(
                "Change of slope: {turn} points a week ({low} to {high}), {p}.",
                turn=turn,
                low=points_text(series.slope_low),
                high=points_text(series.slope_high),
                p=p_text(series.p_slope),
            )
        )
    weeks = tr(
        "{before} weeks before and {after} after, up to the neighbouring product changes. The "
        "chart above has the line.",
        before=count_text(series.weeks_before),
        after=count_text(series.weeks_after),
    )
    return [*sentences, weeks]
