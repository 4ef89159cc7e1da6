"""One product change in one plain sentence from its verdict and its rivals; never a cause."""

import math
from collections.abc import Collection, Sequence
from typing import Final

import pandas as pd

from nps_app.view.move_words import own_change_text
from nps_app.view.tables import column_label, count_text, difference_text
from nps_app.view.widgets.text import visible
from nps_core.columns import NAMED_SEGMENTS, SURVEY_TYPE
from nps_core.measure.compare import DOWN, NO_CLEAR_CHANGE, TOO_FEW, UP
from nps_core.measure.judge import ChangeVerdict
from nps_core.measure.rivals import Rival

_CLEAR: Final = (UP, DOWN)
_MOST_BESIDE: Final = 2
"""Clauses beside the move itself: a sentence of more is a list, which the page has below."""


def summary(verdict: ChangeVerdict) -> str:
    """What moved around a change, and what of the rival explanations matters most for it.

    A title is text of people: it stands in the sentence with nothing hidden, and the sentence is
    plain text, to be escaped where Markdown is read.
    """
    row, title = verdict.row, visible(verdict.change.title, 60)
    before, after = (int(row[f"{side}_responses"]) for side in ("before", "after"))
    if not before and not after:
        return f"No responses before or after {title}."
    if row["verdict"] == TOO_FEW:
        clauses = [f"Too few responses to tell since {title}: {before:,} before, {after:,} after"]
        clauses += [settle] if (settle := settle_words(row["to_settle"])) else []
        return "; ".join(clauses) + "."
    total = row["total_verdict"]
    if total in _CLEAR:
        said = _points(difference_text(total, row["difference"], row["low"], row["high"]))
        head = f"{said[:1].upper()}{said[1:]} since {title}"
    else:
        signed = own_change_text(row["difference"], row["low"], row["high"])
        head = f"No clear change since {title}: {signed}"
    but = [_at_fixed_mix(told)] if (told := verdict.explained or verdict.masked) else []
    if total not in _CLEAR:
        but += [*_against_control(verdict.control), *_beyond_trend(verdict.trend)]
        but += _people(verdict.same_people, _CLEAR)
    beside = _beside(verdict, total, settled=bool(but))
    clauses = [*but[1:], *beside][: _MOST_BESIDE - bool(but)]
    return "; ".join([f"{head}, but {but[0]}" if but else head, *clauses]) + "."


def _beside(verdict: ChangeVerdict, total: str, settled: bool) -> list[str]:
    """The clauses beside the move: what speaks against it, what is near, what speaks for it."""
    if total not in _CLEAR:
        waiting = "" if settled else settle_words(verdict.row["to_settle"])
        clauses = [*_same_day(verdict), waiting, *_nearby(verdict)]
        return [clause for clause in clauses if clause]
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
    own = (*NAMED_SEGMENTS, SURVEY_TYPE)
    names = [column_label(name).lower() if name in own else visible(name, 40) for name in columns]
    return " and ".join([*([", ".join(names[:-1])] if names[1:] else []), *names[-1:]])


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
        return "a difference this small is not settled by waiting"
    places = max(0, len(str(int(to_settle))) - 2)
    about = max(1, round(to_settle / 10**places)) * 10**places
    more = "1 more response" if about == 1 else f"{about:,} more responses"
    return f"about {more} would settle a difference of this size"


def figure_words(rival: Rival) -> str:
    """A rival's figure: "up 14 (4 to 23)", or signed where it is not clear."""
    if rival.verdict in _CLEAR:
        return difference_text(rival.verdict, rival.difference, rival.low, rival.high)
    return own_change_text(rival.difference, rival.low, rival.high)


def _points(words: str) -> str:
    """Put "points" behind the size of a move: "up 6 (1 to 11)" reads "up 6 points (1 to 11)"."""
    size, _, ends = words.partition(" (")
    return f"{size} {'point' if size.endswith(' 1') else 'points'} ({ends}"


def _at_fixed_mix(rival: Rival) -> str:
    held = f"when the mix of {mix_words(rival.columns)} is held fixed"
    if rival.verdict in _CLEAR:
        return f"{figure_words(rival)} {held}"
    return f"no longer clear {held}: {figure_words(rival)}"


def _mix_against(verdict: ChangeVerdict, total: str) -> list[str]:
    if verdict.explained:
        return []
    unlike = [rival for rival in verdict.mix if rival.verdict not in (total, TOO_FEW)]
    if not unlike:
        return []
    least = min(unlike, key=lambda rival: abs(rival.difference))
    held = f"when the mix of {mix_words(least.columns)} is held fixed"
    return [f"less sure {held}: {figure_words(least)}"]


def _control_against(control: Rival, total: str) -> list[str]:
    if control.verdict == TOO_FEW:
        return []
    others = control.detail.control
    if others.verdict == total:
        moved = difference_text(total, others.difference, others.low, others.high)
        less = "less" if control.verdict == total else "as well"
        return [f"those it was not for moved {less}: {moved}"]
    if control.verdict != total:
        return [f"not clearly more than those it was not for: {figure_words(control)}"]
    return []


def _against_control(control: Rival) -> list[str]:
    clear = control.verdict in _CLEAR
    return [f"{figure_words(control)} against those it was not for"] if clear else []


def _trend_against(trend: Rival, total: str) -> list[str]:
    if trend.verdict in (total, TOO_FEW):
        return []
    if trend.verdict == NO_CLEAR_CHANGE:
        return [f"not clear beyond the trend it was on: {figure_words(trend)}"]
    return _beyond_trend(trend)


def _beyond_trend(trend: Rival) -> list[str]:
    clear = trend.verdict in _CLEAR
    return [f"{figure_words(trend)} beyond the trend it was on"] if clear else []


def _people(same: Rival, words: Collection[str]) -> list[str]:
    if same.verdict not in words:
        return []
    return [
        f"the {count_text(same.before_responses)} people who answered before and after went "
        f"{figure_words(same)}"
    ]


def _for(verdict: ChangeVerdict, total: str) -> list[str]:
    clauses = []
    checked = {rival.verdict for rival in verdict.mix} - {TOO_FEW}
    if checked == {total}:
        clauses.append(f"still {total} when the mix is held fixed")
    control = verdict.control
    if control.verdict == total and control.detail.control.verdict == NO_CLEAR_CHANGE:
        clauses.append("those it was not for did not clearly move")
    if verdict.trend.verdict == total:
        clauses.append(f"also {total} beyond the trend it was on")
    clauses += _people(verdict.same_people, {total})
    return clauses


def _same_day(verdict: ChangeVerdict) -> list[str]:
    same = [other for other in verdict.nearby if other.date == verdict.change.date]
    return [f"“{visible(other.title, 40)}” shipped on the same day" for other in same[:1]]


def _nearby(verdict: ChangeVerdict) -> list[str]:
    others = [other for other in verdict.nearby if other.date != verdict.change.date]
    if not others:
        return []
    apart = {other: (other.date - verdict.change.date).days for other in others}
    nearest = min(others, key=lambda other: (abs(apart[other]), other.title))
    days = abs(apart[nearest])
    when = f"{days} {'day' if days == 1 else 'days'} {'later' if apart[nearest] > 0 else 'earlier'}"
    return [f"“{visible(nearest.title, 40)}” shipped {when}"]
