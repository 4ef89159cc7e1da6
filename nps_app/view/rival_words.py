"""What is said of each rival explanation of a move: its question and its answer."""

from typing import Final

from nps_app.view.move_words import own_change_text, points_text
from nps_app.view.tables import count_text, difference_text
from nps_app.view.verdict_words import figure_words, mix_words, points_number
from nps_core.language import mark, tr, tr_plural
from nps_core.measure.compare import DOWN, TOO_FEW, UP
from nps_core.measure.interrupted import WEEKS_FOR_LEVEL
from nps_core.measure.judge import ChangeVerdict
from nps_core.measure.rivals import Rival

QUESTIONS: Final = {
    "mix": mark("Did other people answer?"),
    "trend": mark("Was it moving already?"),
    "control": mark("Did those it was not for move as well?"),
    "same people": mark("Did the same people change their minds?"),
    "nearby": mark("Did something else ship?"),
}
_CLEAR: Final = (UP, DOWN)
_FEW_PEOPLE: Final = 200
"""Under these the paired interval is wider than 10 points either way, as people move."""

_MISSING: Final = {
    "made for everybody": mark("it was for everybody, so there is nobody to compare with"),
    "nobody else answered on one side": mark("nobody else answered in one of the windows"),
    "no responses on one side": mark("one of the windows has no responses"),
    "respondents are not named": mark("the data does not say who answered"),
}


def told_mix(verdict: ChangeVerdict) -> Rival | None:
    """The mix to speak of: the one that explains or hides the move, else that differs most."""
    known = _checked(verdict)
    told = verdict.explained or verdict.masked
    difference = verdict.row["difference"]
    return told or max(known, key=lambda rival: abs(rival.difference - difference), default=None)


def mix_sentence(verdict: ChangeVerdict) -> str:
    """What holding the mix fixed does to the move."""
    told, total = told_mix(verdict), verdict.row["total_verdict"]
    if told is None:
        return tr("No segment could be held fixed: too few responses, or none has several values.")
    looked = len(_checked(verdict))
    return tr(
        _mix_template(verdict, told, total),
        segments=mix_words(told.columns),
        figure=figure_words(told),
        looked=count_text(looked),
    )


def _mix_template(verdict: ChangeVerdict, told: Rival, total: str) -> str:
    clear = told.verdict in _CLEAR
    if verdict.explained and clear:
        return mark(
            "Perhaps: it is {figure} with the mix of {segments} held fixed. Who answered can "
            "account for the move."
        )
    if verdict.explained:
        return mark(
            "Perhaps: {figure} is left with the mix of {segments} held fixed. Who answered can "
            "account for the move."
        )
    if verdict.masked:
        return mark(
            "Yes: with the mix of {segments} held fixed it is {figure}. Who answered hides this "
            "in the total."
        )
    if total in _CLEAR and all(rival.verdict == total for rival in _checked(verdict)):
        if total == UP:
            return mark(
                "Not enough to matter: still up with each mix held fixed; with the mix of "
                "{segments} held fixed, {figure}."
            )
        return mark(
            "Not enough to matter: still down with each mix held fixed; with the mix of "
            "{segments} held fixed, {figure}."
        )
    if total in _CLEAR:
        return mark(
            "In part, perhaps: with the mix of {segments} held fixed it is less sure, {figure}."
        )
    if clear:
        return mark(
            "Perhaps: with the mix of {segments} held fixed it is {figure}, but with {looked} "
            "mixes looked at, one like this may come by chance."
        )
    return mark(
        "It makes no difference to the verdict: with the mix of {segments} held fixed, {figure}."
    )


def _checked(verdict: ChangeVerdict) -> list[Rival]:
    return [rival for rival in verdict.mix if rival.verdict != TOO_FEW]


def trend_sentence(verdict: ChangeVerdict) -> str:
    """What the trend the NPS was on leaves of the move."""
    trend, series = verdict.trend, verdict.trend.detail
    if trend.verdict == TOO_FEW:
        return tr(
            "Too few weeks to tell: {before} before and {after} after have responses, and each "
            "side needs {needed}.",
            before=count_text(series.weeks_before),
            after=count_text(series.weeks_after),
            needed=WEEKS_FOR_LEVEL,
        )
    if abs(series.slope_before) < 0.05:
        slope = tr("Before, the NPS was level.")
    else:
        slope = tr_plural(
            "Before, the NPS changed by about {slope} points a week.",
            "Before, the NPS changed by about {slope} points a week.",
            points_number(series.slope_before, 1),
            slope=points_text(series.slope_before),
        )
    if trend.verdict in _CLEAR:
        step = tr("Beyond that trend it is {figure}.", figure=figure_words(trend))
    else:
        step = tr("Beyond that trend there is no clear step: {figure}.", figure=figure_words(trend))
    return f"{slope} {step}"


def control_sentence(verdict: ChangeVerdict) -> str:
    """How those the change was not for moved meanwhile."""
    control = verdict.control
    if control.missing:
        return tr("Not checked: {why}.", why=_why(control))
    others = control.detail.control
    if control.verdict == TOO_FEW:
        return tr("Too few responses of theirs to tell.")
    between = figure_words(control)
    if others.verdict in _CLEAR:
        return tr(
            "Yes: {theirs}. The difference between the two moves: {between}.",
            theirs=difference_text(others.verdict, others.difference, others.low, others.high),
            between=between,
        )
    return tr(
        "Not clearly: {theirs}. The difference between the two moves: {between}.",
        theirs=own_change_text(others.difference, others.low, others.high),
        between=between,
    )


def people_sentence(verdict: ChangeVerdict) -> str:
    """How those who answered in both windows moved."""
    same = verdict.same_people
    if same.missing:
        return tr("Not checked: {why}.", why=_why(same))
    people = same.detail.respondents
    if not people:
        return tr("Nobody answered in both windows.")
    if same.verdict == TOO_FEW:
        return tr_plural(
            "Too few to tell: {n} person answered in both.",
            "Too few to tell: {n} people answered in both.",
            people,
            n=count_text(people),
        )
    told = {"n": count_text(people), "figure": figure_words(same)}
    if same.verdict in _CLEAR:
        return tr("Yes. {n} people answered in both: {figure}.", **told)
    if people < _FEW_PEOPLE:
        return tr(
            "Not clearly. {n} people answered in both: {figure}. Of so few people only a large "
            "move would show.",
            **told,
        )
    return tr("Not clearly. {n} people answered in both: {figure}.", **told)


def _why(rival: Rival) -> str:
    return tr(_MISSING.get(rival.missing, rival.missing))


def shipped_words(shipped: str, days: int) -> str:
    """When another change shipped: its date, and how many `days` after this one (negative: before).

    >>> shipped_words("7 Mar 2026", 5), shipped_words("1 Mar 2026", -1)
    ('7 Mar 2026, 5 days later', '1 Mar 2026, 1 day earlier')
    """
    said = {"date": shipped, "days": count_text(abs(days))}
    if not days:
        return tr("{date}, the same day", **said)
    if days > 0:
        return tr_plural("{date}, {days} day later", "{date}, {days} days later", days, **said)
    return tr_plural("{date}, {days} day earlier", "{date}, {days} days earlier", days, **said)


def denominator(rival: Rival) -> str:
    """On how many a rival's figure rests.

    >>> denominator(Rival("same people", "up", 9.0, 2.0, 16.0, 0.01, 89, 89))
    '89 people, before and after'
    >>> denominator(Rival("mix", "too few responses", 9.0, 2.0, 16.0, 0.01, 1, 89))
    '1 response before, 89 after'
    """
    n = rival.before_responses
    said = {"before": count_text(n), "after": count_text(rival.after_responses)}
    if rival.name == "same people":
        return tr_plural(
            "{before} person, before and after", "{before} people, before and after", n, **said
        )
    if rival.name == "trend":
        weeks = rival.detail.weeks_before
        return tr_plural(
            "{before} week before, {after} after",
            "{before} weeks before, {after} after",
            weeks,
            before=count_text(weeks),
            after=count_text(rival.detail.weeks_after),
        )
    if rival.name == "control":
        return tr_plural(
            "{before} response of theirs before, {after} after",
            "{before} responses of theirs before, {after} after",
            n,
            **said,
        )
    return tr_plural(
        "{before} response before, {after} after",
        "{before} responses before, {after} after",
        n,
        **said,
    )
