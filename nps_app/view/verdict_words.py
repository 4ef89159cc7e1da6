"""One product change in one plain sentence from its verdict and its rivals; never a cause."""

import math
from collections.abc import Collection, Sequence
from typing import Final

import pandas as pd

from nps_app.view.move_words import own_change_text
from nps_app.view.said import clauses
from nps_app.view.tables import count_text, difference_text, listed, move_decimals, number_text
from nps_app.view.widgets.text import visible
from nps_core.columns import COMPANY_SIZE, INDUSTRY, PERSONA, SURVEY_TYPE
from nps_core.language import mark, tr, tr_plural
from nps_core.measure.compare import DOWN, NO_CLEAR_CHANGE, TOO_FEW, UP
from nps_core.measure.judge import ChangeVerdict
from nps_core.measure.rivals import Rival

_CLEAR: Final = (UP, DOWN)
_MOST_BESIDE: Final = 2
"""Clauses beside the move itself: a sentence of more is a list, which the page has below."""

_SEGMENTS: Final = {
    COMPANY_SIZE: mark("company size"),
    INDUSTRY: mark("industry"),
    PERSONA: mark("persona"),
    SURVEY_TYPE: mark("survey type"),
}


def summary(verdict: ChangeVerdict) -> str:
    """What moved around a change, and what of the rival explanations matters most for it.

    A title is text of people: it stands in the sentence with nothing hidden, and the sentence is
    plain text, to be escaped where Markdown is read.
    """
    row, title = verdict.row, visible(verdict.change.title, 60)
    before, after = (int(row[f"{side}_responses"]) for side in ("before", "after"))
    if not before and not after:
        return tr("No responses before or after {title}.", title=title)
    if row["verdict"] == TOO_FEW:
        head = tr(
            "Too few responses to tell since {title}: {before} before, {after} after",
            title=title,
            before=count_text(before),
            after=count_text(after),
        )
        return _sentence([head, settle_words(row["to_settle"])])
    total = row["total_verdict"]
    if total in _CLEAR:
        head = _moved_since(title, total, row["difference"], row["low"], row["high"])
    else:
        signed = own_change_text(row["difference"], row["low"], row["high"])
        head = tr("No clear change since {title}: {figure}", title=title, figure=signed)
    but = [_at_fixed_mix(told)] if (told := verdict.explained or verdict.masked) else []
    if total not in _CLEAR:
        but += [*_against_control(verdict.control), *_beyond_trend(verdict.trend)]
        but += _people(verdict.same_people, _CLEAR)
    beside = _beside(verdict, total, settled=bool(but))
    further = [*but[1:], *beside][: _MOST_BESIDE - bool(but)]
    opening = tr("{move}, but {objection}", move=head, objection=but[0]) if but else head
    return _sentence([opening, *further])


def _sentence(parts: Sequence[str]) -> str:
    """The clauses that say something, in one sentence."""
    return f"{clauses(part for part in parts if part)}."


def _moved_since(title: str, verdict: str, difference: float, low: float, high: float) -> str:
    decimals = move_decimals(difference, low, high)
    said = {
        "title": title,
        "size": number_text(abs(difference), decimals),
        "low": number_text(low, decimals),
        "high": number_text(high, decimals),
    }
    number = points_number(difference, decimals)
    if verdict == UP:
        return tr_plural(
            "Up {size} point ({low} to {high}) since {title}",
            "Up {size} points ({low} to {high}) since {title}",
            number,
            **said,
        )
    return tr_plural(
        "Down {size} point ({low} to {high}) since {title}",
        "Down {size} points ({low} to {high}) since {title}",
        number,
        **said,
    )


def points_number(points: float, decimals: int = 0) -> int:
    """The number that decides between "point" and "points" for a size that is shown rounded.

    A fraction under 2 counts as none: it is plural in English and singular in French.

    >>> points_number(-1.2), points_number(1.2, 1), points_number(2.4, 1)
    (1, 0, 2)
    """
    size = math.floor(abs(points) * 10**decimals + 0.5) / 10**decimals
    return int(size) if size >= 2 or size == 1 else 0


def _beside(verdict: ChangeVerdict, total: str, settled: bool) -> list[str]:
    """The clauses beside the move: what speaks against it, what is near, what speaks for it."""
    if total not in _CLEAR:
        waiting = "" if settled else settle_words(verdict.row["to_settle"])
        return [*_same_day(verdict), *([waiting] if waiting else []), *_nearby(verdict)]
    return [
        *_same_day(verdict),
        *_mix_against(verdict, total),
        *_control_against(verdict.control, total),
        *_trend_against(verdict.trend, total),
        *_people(verdict.same_people, {UP, DOWN} - {total}),
        *_nearby(verdict),
        *_for(verdict, total),
    ]


def mix_words(columns: Sequence[str]) -> str:
    """The segments held fixed, in words.

    >>> mix_words(["company_size"]), mix_words(["company_size", "persona", "Plan"])
    ('company size', 'company size, persona and Plan')
    """
    return listed(
        tr(_SEGMENTS[name]) if name in _SEGMENTS else visible(name, 40) for name in columns
    )


def settle_words(to_settle: float) -> str:
    """How many more responses would make this difference clear; "" when it is clear already.

    >>> settle_words(1234.0), settle_words(0.0)
    ('about 1,200 more responses would settle a difference of this size', '')
    >>> settle_words(float("inf"))
    'a difference this small is not settled by waiting'
    """
    if pd.isna(to_settle) or not to_settle:
        return ""
    if math.isinf(to_settle):
        return tr("a difference this small is not settled by waiting")
    places = max(0, len(str(int(to_settle))) - 2)
    about = max(1, round(to_settle / 10**places)) * 10**places
    return tr_plural(
        "about {n} more response would settle a difference of this size",
        "about {n} more responses would settle a difference of this size",
        about,
        n=count_text(about),
    )


def figure_words(rival: Rival) -> str:
    """A rival's figure: "up 14 (4 to 23)", or signed where it is not clear."""
    if rival.verdict in _CLEAR:
        return difference_text(rival.verdict, rival.difference, rival.low, rival.high)
    return own_change_text(rival.difference, rival.low, rival.high)


def _at_fixed_mix(rival: Rival) -> str:
    told = {"segments": mix_words(rival.columns), "figure": figure_words(rival)}
    if rival.verdict in _CLEAR:
        return tr("{figure} when the mix of {segments} is held fixed", **told)
    return tr("no longer clear when the mix of {segments} is held fixed: {figure}", **told)


def _mix_against(verdict: ChangeVerdict, total: str) -> list[str]:
    if verdict.explained:
        return []
    unlike = [rival for rival in verdict.mix if rival.verdict not in (total, TOO_FEW)]
    if not unlike:
        return []
    least = min(unlike, key=lambda rival: abs(rival.difference))
    return [
        tr(
            "less sure when the mix of {segments} is held fixed: {figure}",
            segments=mix_words(least.columns),
            figure=figure_words(least),
        )
    ]


def _control_against(control: Rival, total: str) -> list[str]:
    if control.verdict == TOO_FEW:
        return []
    others = control.detail.control
    if others.verdict == total:
        moved = difference_text(total, others.difference, others.low, others.high)
        if control.verdict == total:
            return [tr("those it was not for moved less: {figure}", figure=moved)]
        return [tr("those it was not for moved as well: {figure}", figure=moved)]
    if control.verdict != total:
        unclear = mark("not clearly more than those it was not for: {figure}")
        return [tr(unclear, figure=figure_words(control))]
    return []


def _against_control(control: Rival) -> list[str]:
    clear = control.verdict in _CLEAR
    against = mark("{figure} against those it was not for")
    return [tr(against, figure=figure_words(control))] if clear else []


def _trend_against(trend: Rival, total: str) -> list[str]:
    if trend.verdict in (total, TOO_FEW):
        return []
    if trend.verdict == NO_CLEAR_CHANGE:
        return [tr("not clear beyond the trend it was on: {figure}", figure=figure_words(trend))]
    return _beyond_trend(trend)


def _beyond_trend(trend: Rival) -> list[str]:
    clear = trend.verdict in _CLEAR
    return [tr("{figure} beyond the trend it was on", figure=figure_words(trend))] if clear else []


def _people(same: Rival, words: Collection[str]) -> list[str]:
    if same.verdict not in words:
        return []
    return [
        tr(
            "the {n} people who answered before and after went {figure}",
            n=count_text(same.before_responses),
            figure=figure_words(same),
        )
    ]


def _for(verdict: ChangeVerdict, total: str) -> list[str]:
    found, rose = [], total == UP
    if {rival.verdict for rival in verdict.mix} - {TOO_FEW} == {total}:
        still = mark("still up when the mix is held fixed")
        found.append(tr(still if rose else mark("still down when the mix is held fixed")))
    control = verdict.control
    if control.verdict == total and control.detail.control.verdict == NO_CLEAR_CHANGE:
        found.append(tr("those it was not for did not clearly move"))
    if verdict.trend.verdict == total:
        also = mark("also up beyond the trend it was on")
        found.append(tr(also if rose else mark("also down beyond the trend it was on")))
    return [*found, *_people(verdict.same_people, {total})]


def _same_day(verdict: ChangeVerdict) -> list[str]:
    same = [other for other in verdict.nearby if other.date == verdict.change.date]
    said = mark("“{title}” shipped on the same day")
    return [tr(said, title=visible(other.title, 40)) for other in same[:1]]


def _nearby(verdict: ChangeVerdict) -> list[str]:
    others = [other for other in verdict.nearby if other.date != verdict.change.date]
    if not others:
        return []
    apart = {other: (other.date - verdict.change.date).days for other in others}
    nearest = min(others, key=lambda other: (abs(apart[other]), other.title))
    days = abs(apart[nearest])
    told = {"title": visible(nearest.title, 40), "days": count_text(days)}
    if apart[nearest] > 0:
        return [
            tr_plural(
                "“{title}” shipped {days} day later",
                "“{title}” shipped {days} days later",
                days,
                **told,
            )
        ]
    return [
        tr_plural(
            "“{title}” shipped {days} day earlier",
            "“{title}” shipped {days} days earlier",
            days,
            **told,
        )
    ]
