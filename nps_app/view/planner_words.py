"""What the Planner says: plain sentences, its tables in words. No markup."""

import math
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from nps_app.view.planner_numbers import (
    days_text,
    margin_text,
    points_text,
    rate_text,
    until_text,
    wait_text,
)
from nps_app.view.queries_planner import ENOUGH_SHARES, LEVEL, Now, Plan
from nps_app.view.queries_segments import GROUP
from nps_app.view.queries_what_if import Supposed
from nps_app.view.segment_words import short_reason
from nps_app.view.tables import (
    count_text,
    date_text,
    dates_text,
    interval_text,
    nps_text,
    responses_text,
    share_text,
)
from nps_core import columns as c
from nps_core.measure.interval import variance
from nps_core.measure.pace import Pace, Wait
from nps_core.measure.sample_size import MARGIN_METHODS, sample_size

_STALE_DAYS: Final = 30
IF_NOTE: Final = (
    "Arithmetic, not a forecast: it supposes that everyone left alone answers as before. Whoever "
    "wins people over often moves others too, and those who answer next are not the same people."
)
HELP: Final = {
    "Known to": "Half of the 95 % interval of the NPS of these responses, in points.",
    "Needed": "Responses for the wanted margin.",
    "Still missing": "Needed, less the responses there are.",
    "Weeks": "For the missing ones, at the group's own pace.",
    "There by": "The day the missing ones are there, if they keep coming as fast from today.",
}
METHOD: Final = (
    "Responses for a margin: the fewest, with the shares expected, whose 95 % score interval "
    "(Tango) is no longer than twice the margin; the other methods stand beside it. "
    "Responses for a move: the normal formula for two independent groups, two-sided at the 5 % "
    "level; the move is taken to come half from detractors and half from promoters, in the "
    "direction that needs more. Its power is simulated with the test this dashboard uses. "
    "A wait: the responses over those a day of the recent days. Its range, at 90 %, takes in that "
    "the pace is estimated, that the days to come vary, and that weeks are more restless than "
    "chance (dispersion). Responses count as independent: several of one account tell less."
)
_HOW: Final = {
    "wald": "z^2 V / margin^2",
    "measuringu": "z^2 V / margin^2 - 3",
    "adjusted_wald": "fewest whose adjusted Wald margin fits",
    "score": "fewest whose score interval fits: used on the page",
}


def now_sentence(now: Now) -> str:
    """What the recent responses say already, and how fast they come."""
    n = int(now.recent[c.RESPONSES])
    known = f"their NPS is {nps_text(now.recent[c.NPS])}, known to {_points(now.margin)}"
    if now.pace is None:
        return f"There are {responses_text(n)}: {known}." if n else "There are no responses."
    found = now.pace
    days = f"{_span(found)} ({_days(found.start, found.end)})"
    if not n:
        return f"The last {days} brought no responses."
    return f"The last {days} brought {responses_text(n)}, {rate_text(found.per_day)}: {known}."


def _span(found: Pace) -> str:
    return "day" if found.days == 1 else f"{found.days} days"


def _days(start: date | None, end: date | None) -> str:
    if start is None or end is None or start == end:
        return date_text(start)
    return dates_text(start, end)


def margin_sentence(plan: Plan, margin: float, today: date) -> str:
    """How many responses the margin takes, how many are missing, and until when."""
    n = int(plan.now.recent[c.RESPONSES])
    asked = (
        f"To know the NPS to {margin_text(margin)} points, {responses_text(plan.needed)} "
        f"{'are' if plan.needed != 1 else 'is'} needed."
    )
    if not plan.missing:
        return f"{asked} The {count_text(n)} at hand are enough."
    more = f"{count_text(plan.missing)} {'is' if plan.missing == 1 else 'are'} still missing"
    return f"{asked} {more}{_at_this_pace(plan.now, plan.missing_wait, today)}"


def full_sentence(plan: Plan) -> str:
    """How often a score as sure as that can be had; "" without dates."""
    if plan.needed_wait is None or plan.needed_wait.days is None:
        return ""
    return (
        f"A new score as sure as this takes {days_text(plan.needed_wait.days)} of responses: "
        "a shorter period cannot be known as well."
    )


def move_sentence(plan: Plan, move: float, times: str, today: date) -> str:
    """How many responses each side of a comparison takes to notice a move, and until when."""
    return (
        f"To notice a move of {points_text(move)}, up or down, {times}, "
        f"{responses_text(plan.each)} are needed before it and as many after it"
        f"{_at_this_pace(plan.now, plan.each_wait, today, 'Those after it come in')}"
    )


def visible_sentence(plan: Plan) -> str:
    """The smallest move that the recent responses could notice."""
    n = int(plan.now.recent[c.RESPONSES])
    if not n:
        return ""
    both = f"With {responses_text(n)} before and as many after"
    if plan.visible_move == math.inf:
        return f"{both}, no move could be noticed."
    recent = f", as the last {_span(plan.now.pace)} brought," if plan.now.pace else ""
    return f"{both}{recent} moves from {points_text(plan.visible_move)} on could be noticed."


def _at_this_pace(
    now: Now, found: Wait | None, today: date, lead: str = "At this pace that takes"
) -> str:
    if found is None and now.pace is not None:
        return ". So few days or responses do not say how long that takes."
    if found is None:
        return ". The responses have no dates, so how long that takes is not known."
    if found.days is None:
        return ". At the present pace, that many never come in."
    return f". {lead} {wait_text(found, today)}."


def spread_sentence(now: Now, *, worst: bool) -> str:
    """Which shares the plan expects."""
    if worst:
        return "Planned for the worst case: half detractors, half promoters."
    if now.reason:
        return f"Planned for the worst case, half detractors and half promoters: {now.reason}."
    detractors, passives, promoters = now.shares
    return (
        f"Planned with how the {count_text(now.chosen)} chosen responses differ: "
        f"{share_text(promoters, 1)} promoters, {share_text(passives, 1)} passives, "
        f"{share_text(detractors, 1)} detractors."
    )


def stale_sentence(now: Now, today: date) -> str:
    """A warning where the pace is one of long ago; "" otherwise."""
    if now.pace is None or now.pace.end is None:
        return ""
    if (today - now.pace.end).days <= _STALE_DAYS:
        return ""
    return (
        f"The pace is that of the days up to {date_text(now.pace.end)}; "
        f"the dates suppose that it is the same again from today, {date_text(today)}."
    )


def what_if_sentence(
    supposed: Supposed, turn: tuple[str, str], percent: int, group: str = ""
) -> str:
    """What the score would be, and how many people that is."""
    found = supposed.found
    where = f" of {group}" if group else ""
    people = f"{count_text(found.people)} of {count_text(found.of)}"
    begin = f"If {percent} % of the {turn[0]}{where} ({people}) became {turn[1]}"
    if not found.of:
        return f"There are no {turn[0]}{where} to win over."
    if not found.difference:
        return f"{begin}, the NPS would stay at {nps_text(found.before_nps)}."
    return (
        f"{begin} and everyone else answered as they did, the NPS "
        f"of the {count_text(found.responses)} chosen responses would "
        f"rise by {points_text(found.difference)}, "
        f"from {nps_text(found.before_nps)} to {nps_text(found.after_nps)}."
    )


def group_sentence(supposed: Supposed, group: str) -> str:
    """What the score of the group alone would be."""
    found = supposed.found
    return (
        f"For {group} alone it would go from {nps_text(found.group_before_nps)} "
        f"to {nps_text(found.group_after_nps)}."
    )


def uncertainty_sentence(supposed: Supposed) -> str:
    """How the move compares with how well the score is known."""
    margin = (supposed.high - supposed.low) / 2
    beside = (
        f"The score itself is known to {_points(margin)} "
        f"(95 % interval {interval_text(supposed.low, supposed.high)})"
    )
    size = abs(supposed.found.difference)
    if not size:
        return f"{beside}."
    if size < margin:
        return f"{beside}: a move of this size is smaller than that."
    return f"{beside}: a move of this size is larger than that."


def _points(margin: float) -> str:
    written = margin_text(margin)
    return f"{written} {'point' if written == '±1' else 'points'}"


def shown_groups(table: pd.DataFrame, name: str, today: date) -> pd.DataFrame:
    """The table of groups as it reads on the page, under the segment's name."""
    weeks = np.ceil(table["days"] / 7).where(table["missing"] > 0)
    return pd.DataFrame(
        {
            name: table[GROUP],
            "Responses": table[c.RESPONSES].astype("Int64"),
            "Known to": [margin_text(margin) for margin in table["margin"]],
            "Needed": table["needed"].astype("Int64"),
            "Still missing": table["missing"].astype("Int64"),
            "Pace": [rate_text(rate / 7) for rate in table["per_week"]],
            "Weeks": weeks.astype("Int64"),
            "There by": [_there_by(row, today) for _, row in table.iterrows()],
        }
    )


def groups_note(now: Now, *, worst: bool) -> str:
    """What the columns of the groups mean, and which shares were expected."""
    recent = f"Responses are those of the last {_span(now.pace)}. " if now.pace else ""
    if worst:
        return f"{recent}Planned for the worst case, half detractors and half promoters."
    return (
        f"{recent}Planned with each group's own shares; a group with fewer than {ENOUGH_SHARES} "
        "responses, or whose people all answered alike, with those of all chosen."
    )


def _there_by(row: pd.Series, today: date) -> str:
    if row["hidden"]:
        return short_reason(row["hidden"])
    if row["missing"] == 0:
        return "enough now"
    if pd.isna(row["per_week"]):
        return "–"
    # No days at some pace: too little to foresee them by. No days at none: never.
    unknown = pd.isna(row["days"]) and row["per_week"] > 0
    return "too few to say" if unknown else until_text(row["days"], today)


def analyst_table(plan: Plan, margin: float, move: float, power: float) -> pd.DataFrame:
    """Every figure behind the sentences, unrounded: figure, value, how."""
    shares = plan.shares
    expected = {"detractors": shares[0], "promoters": shares[2], "level": LEVEL}
    rows: list[tuple[str, float, str]] = [
        ("share of detractors", shares[0], "expected"),
        ("share of passives", shares[1], "expected"),
        ("share of promoters", shares[2], "expected"),
        ("variance of one response", variance(np.array([shares]))[0], "r + d - (r - d)^2"),
        ("level", LEVEL, "two-sided"),
        ("margin wanted", margin, "points"),
    ]
    for method in MARGIN_METHODS:
        needed = sample_size(margin=margin, method=method, **expected)
        rows.append((f"responses for the margin, {method}", needed, _HOW[method]))
    rows += [
        ("move to notice", move, "points, either way"),
        ("power", power, "chance to notice it"),
        ("responses each side for the move", plan.each, "(z_a + z_b)^2 (V1 + V2) / move^2"),
        ("responses now", plan.now.recent[c.RESPONSES], "recent days"),
        ("margin now", plan.now.margin, "half the score interval"),
    ]
    found = plan.now.pace
    if found is not None:
        rows += [
            ("responses a day", found.per_day, _days(found.start, found.end)),
            ("dispersion of weekly totals", found.dispersion, "variance / mean, 1 or more"),
        ]
    return pd.DataFrame(rows, columns=["figure", "value", "how"])
