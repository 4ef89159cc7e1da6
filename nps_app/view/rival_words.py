"""What is said of each rival explanation of a move: its question, its answer, its method."""

from typing import Final

import pandas as pd

from nps_app.view.move_words import own_change_text, points_text
from nps_app.view.tables import count_text, difference_text, interval_text, nps_text, p_text
from nps_app.view.verdict_words import figure_words, mix_words
from nps_core.measure.compare import DOWN, NO_CLEAR_CHANGE, TOO_FEW, UP
from nps_core.measure.interrupted import WEEKS_FOR_LEVEL
from nps_core.measure.judge import ChangeVerdict
from nps_core.measure.rivals import Rival

QUESTIONS: Final = {
    "mix": "Did other people answer?",
    "trend": "Was it moving already?",
    "control": "Did those it was not for move as well?",
    "same people": "Did the same people change their minds?",
    "nearby": "Did something else ship?",
}
_CLEAR: Final = (UP, DOWN)
_FEW_PEOPLE: Final = 200
"""Under these the paired interval is wider than 10 points either way, as people move."""

_TAKEN_OUT: Final = {
    "mix": "With the mix held fixed",
    "trend": "Beyond the trend",
    "control": "Against those it was not for",
    "same people": "Among the same people",
}
_METHODS: Final = {
    "mix": "Each group keeps the share it has of both windows' responses together "
    "(post-stratification, Holt and Smith 1979); groups under 10 responses are pooled. The "
    "interval is widened like that of the comparison itself.",
    "trend": "A line is fitted through the weeks before and another through those after "
    "(interrupted time series, Wagner et al. 2002); the figure is the step between them in the "
    "week of the change. Its interval knows that weeks wander.",
    "control": "The move of those it was for, less the move of everybody else (difference in "
    "differences, Card and Krueger 1994). It takes both to have moved alike without the change. "
    "The interval is widened like that of the comparison itself.",
    "same people": "Only respondents seen in both windows, each compared with themselves "
    "(paired t test on detractor, passive or promoter); who moved both ways few times over gets "
    "a wider interval.",
}


def told_mix(verdict: ChangeVerdict) -> Rival | None:
    """The mix to speak of: the one that explains or hides the move, else that differs most."""
    known = [rival for rival in verdict.mix if rival.verdict != TOO_FEW]
    told = verdict.explained or verdict.masked
    difference = verdict.row["difference"]
    return told or max(known, key=lambda rival: abs(rival.difference - difference), default=None)


def mix_sentence(verdict: ChangeVerdict) -> str:
    """What holding the mix fixed does to the move."""
    told, total = told_mix(verdict), verdict.row["total_verdict"]
    if told is None:
        return "No segment could be held fixed: too few responses, or none has several values."
    held = f"with the mix of {mix_words(told.columns)} held fixed"
    figure = figure_words(told)
    if verdict.explained:
        left = (
            f"{figure} is left {held}" if told.verdict not in _CLEAR else f"it is {figure} {held}"
        )
        return f"Perhaps: {left}. Who answered can account for the move."
    if verdict.masked:
        return f"Yes: {held} it is {figure}. Who answered hides this in the total."
    if total in _CLEAR and all(rival.verdict == total for rival in _checked(verdict)):
        return f"Not enough to matter: still {total} with each mix held fixed; {held}, {figure}."
    if total in _CLEAR:
        return f"In part, perhaps: {held} it is less sure, {figure}."
    looked = len(_checked(verdict))
    if told.verdict in _CLEAR:
        return (
            f"Perhaps: {held} it is {figure}, but with {looked} mixes looked at, one like this "
            "may come by chance."
        )
    return f"It makes no difference to the verdict: {held}, {figure}."


def _checked(verdict: ChangeVerdict) -> list[Rival]:
    return [rival for rival in verdict.mix if rival.verdict != TOO_FEW]


def trend_sentence(verdict: ChangeVerdict) -> str:
    """What the trend the NPS was on leaves of the move."""
    trend, series = verdict.trend, verdict.trend.detail
    if trend.verdict == TOO_FEW:
        return (
            f"Too few weeks to tell: {series.weeks_before} before and {series.weeks_after} after "
            f"have responses, and each side needs {WEEKS_FOR_LEVEL}."
        )
    slope = points_text(series.slope_before)
    slope = "was level" if slope == "0.0" else f"changed by about {slope} points a week"
    if trend.verdict in _CLEAR:
        return f"Before, the NPS {slope}. Beyond that trend it is {figure_words(trend)}."
    return (
        f"Before, the NPS {slope}. Beyond that trend there is no clear step: {figure_words(trend)}."
    )


def control_sentence(verdict: ChangeVerdict) -> str:
    """How those the change was not for moved meanwhile."""
    control = verdict.control
    if control.missing:
        return f"Not checked: {_why(control)}."
    others = control.detail.control
    if control.verdict == TOO_FEW:
        return "Too few responses of theirs to tell."
    theirs = difference_text(others.verdict, others.difference, others.low, others.high)
    between = f"The difference between the two moves: {figure_words(control)}."
    if others.verdict in _CLEAR:
        return f"Yes: {theirs}. {between}"
    return f"Not clearly: {own_change_text(others.difference, others.low, others.high)}. {between}"


def people_sentence(verdict: ChangeVerdict) -> str:
    """How those who answered in both windows moved."""
    same = verdict.same_people
    if same.missing:
        return f"Not checked: {_why(same)}."
    people = same.detail.respondents
    if not people:
        return "Nobody answered in both windows."
    answered = f"{count_text(people)} {'person' if people == 1 else 'people'} answered in both"
    if same.verdict == TOO_FEW:
        return f"Too few to tell: {answered}."
    known = f"{answered}: {figure_words(same)}."
    if same.verdict in _CLEAR:
        return f"Yes. {known}"
    few = " Of so few people only a large move would show." if people < _FEW_PEOPLE else ""
    return f"Not clearly. {known}{few}"


def _why(rival: Rival) -> str:
    return {
        "made for everybody": "it was for everybody, so there is nobody to compare with",
        "nobody else answered on one side": "nobody else answered in one of the windows",
        "no responses on one side": "one of the windows has no responses",
        "respondents are not named": "the data does not say who answered",
    }.get(rival.missing, rival.missing)


def rival_reached(rival: Rival, row: pd.Series, level: float) -> list[str]:
    """How a rival's verdict was reached, with its own numbers."""
    out = _TAKEN_OUT[rival.name]
    ends = interval_text(rival.low, rival.high)
    place = {UP: "lies wholly above 0", DOWN: "lies wholly below 0", NO_CLEAR_CHANGE: "holds 0"}
    if rival.verdict == TOO_FEW:
        return [f"{out}: too few responses to tell.", _METHODS[rival.name]]
    sentences = [
        f"{out}: the {100 * level:g} % interval of the difference, {ends}, "
        f"{place[rival.verdict]} ({p_text(rival.p)}).",
    ]
    if rival.name == "mix":
        at = rival.detail
        sentences.append(
            f"At the same mix of {mix_words(rival.columns)} the NPS was "
            f"{nps_text(at.before_nps)} before and {nps_text(at.after_nps)} after; in all it was "
            f"{nps_text(row['before_nps'])} and {nps_text(row['after_nps'])}."
        )
    return [*sentences, _METHODS[rival.name]]


def denominator(rival: Rival) -> str:
    """On how many a rival's figure rests.

    >>> denominator(Rival("same people", "up", 9.0, 2.0, 16.0, 0.01, 89, 89))
    '89 people, before and after'
    >>> denominator(Rival("mix", "too few responses", 9.0, 2.0, 16.0, 0.01, 1, 89))
    '1 response before, 89 after'
    """
    before, after = count_text(rival.before_responses), count_text(rival.after_responses)
    if rival.name == "same people":
        return f"{before} {'person' if before == '1' else 'people'}, before and after"
    if rival.name == "trend":
        weeks = rival.detail.weeks_before
        return (
            f"{weeks} {'week' if weeks == 1 else 'weeks'} before, {rival.detail.weeks_after} after"
        )
    answered = "response" if before == "1" else "responses"
    if rival.name == "control":
        return f"{before} {answered} of theirs before, {after} after"
    return f"{before} {answered} before, {after} after"
