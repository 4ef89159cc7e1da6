"""What the Planner says: plain sentences. No markup."""

import math
from datetime import date
from typing import Final

from nps_app.view.planner_numbers import (
    POWERS,
    days_text,
    margin_points_text,
    points_text,
    rate_text,
    wait_text,
)
from nps_app.view.queries_planner import ALIKE, ENOUGH_SHARES, FEW, Now, Plan
from nps_app.view.tables import (
    count_text,
    date_text,
    dates_text,
    nps_text,
    responses_text,
    share_text,
)
from nps_core import columns as c
from nps_core.language import mark, tr, tr_plural
from nps_core.measure.pace import Pace, Wait

_STALE_DAYS: Final = 30
METHOD: Final = mark(
    "Responses for a margin: the fewest, with the shares expected, whose 95 % score interval "
    "(Tango) is no longer than twice the margin; the other methods stand beside it. "
    "Responses for a move: the normal formula for two independent groups, two-sided at the 5 % "
    "level; the move is taken to come half from detractors and half from promoters, in the "
    "direction that needs more. Its power is simulated with the test this dashboard uses. "
    "A wait: the responses over those a day of the recent days. Its range, at 90 %, takes in that "
    "the pace is estimated, that the days to come vary, and that weeks are more restless than "
    "chance (dispersion). Responses count as independent: several of one account tell less."
)
_WORST_BECAUSE: Final = {
    FEW: mark(
        "Planned for the worst case, half detractors and half promoters: "
        "fewer than {n} responses say too little of how people differ."
    ),
    ALIKE: mark(
        "Planned for the worst case, half detractors and half promoters: "
        "everyone answered alike, which need not stay so."
    ),
}


def now_sentence(now: Now) -> str:
    """What the recent responses say already, and how fast they come."""
    n = int(now.recent[c.RESPONSES])
    known = {"nps": nps_text(now.recent[c.NPS]), "margin": margin_points_text(now.margin)}
    if now.pace is None:
        if not n:
            return tr("There are no responses.")
        return tr(
            "There are {responses}: their NPS is {nps}, known to {margin}.",
            responses=responses_text(n),
            **known,
        )
    found = now.pace
    span = {"n": count_text(found.days), "dates": days_of(found)}
    if not n:
        return tr_plural(
            "The last day ({dates}) brought no responses.",
            "The last {n} days ({dates}) brought no responses.",
            found.days,
            **span,
        )
    return tr_plural(
        "The last day ({dates}) brought {responses}, {rate}: "
        "their NPS is {nps}, known to {margin}.",
        "The last {n} days ({dates}) brought {responses}, {rate}: "
        "their NPS is {nps}, known to {margin}.",
        found.days,
        responses=responses_text(n),
        rate=rate_text(found.per_day),
        **span,
        **known,
    )


def days_of(found: Pace) -> str:
    """The days a pace is taken from."""
    if found.start is None or found.end is None or found.start == found.end:
        return date_text(found.start)
    return dates_text(found.start, found.end)


def margin_sentence(plan: Plan, margin: float, today: date) -> str:
    """How many responses the margin takes, how many are missing, and until when."""
    n = int(plan.now.recent[c.RESPONSES])
    asked = tr_plural(
        "To know the NPS to {margin}, 1 response is needed.",
        "To know the NPS to {margin}, {n} responses are needed.",
        plan.needed,
        margin=margin_points_text(margin),
        n=count_text(plan.needed),
    )
    if not plan.missing:
        enough = tr_plural(
            "The 1 at hand is enough.", "The {n} at hand are enough.", n, n=count_text(n)
        )
        return f"{asked} {enough}"
    more = tr_plural(
        "1 is still missing.",
        "{n} are still missing.",
        plan.missing,
        n=count_text(plan.missing),
    )
    lead = mark("At this pace that takes {wait}.")
    return f"{asked} {more} {_at_this_pace(plan.now, plan.missing_wait, today, lead)}"


def full_sentence(plan: Plan) -> str:
    """How often a score as sure as that can be had; "" without dates."""
    if plan.needed_wait is None or plan.needed_wait.days is None:
        return ""
    return tr(
        "A new score as sure as this takes {days} of responses: "
        "a shorter period cannot be known as well.",
        days=days_text(plan.needed_wait.days),
    )


def move_sentence(plan: Plan, move: float, power: float, today: date) -> str:
    """How many responses each side of a comparison takes to notice a move, and until when.

    `power` is one of `POWERS`.
    """
    asked = tr(
        "To notice a move of {points}, up or down, {times}, "
        "{responses} are needed before it and as many after it.",
        points=points_text(move),
        times=tr(POWERS[power]),
        responses=responses_text(plan.each),
    )
    lead = mark("Those after it come in {wait}.")
    return f"{asked} {_at_this_pace(plan.now, plan.each_wait, today, lead)}"


def visible_sentence(plan: Plan) -> str:
    """The smallest move that the recent responses could notice."""
    n = int(plan.now.recent[c.RESPONSES])
    if not n:
        return ""
    responses = responses_text(n)
    if plan.visible_move == math.inf:
        return tr(
            "With {responses} before and as many after, no move could be noticed.",
            responses=responses,
        )
    points = points_text(plan.visible_move)
    if plan.now.pace is None:
        return tr(
            "With {responses} before and as many after moves from {points} on could be noticed.",
            responses=responses,
            points=points,
        )
    return tr_plural(
        "With {responses} before and as many after, as the last day brought, "
        "moves from {points} on could be noticed.",
        "With {responses} before and as many after, as the last {n} days brought, "
        "moves from {points} on could be noticed.",
        plan.now.pace.days,
        responses=responses,
        n=count_text(plan.now.pace.days),
        points=points,
    )


def _at_this_pace(now: Now, found: Wait | None, today: date, lead: str) -> str:
    if found is None and now.pace is not None:
        return tr("So few days or responses do not say how long that takes.")
    if found is None:
        return tr("The responses have no dates, so how long that takes is not known.")
    if found.days is None:
        return tr("At the present pace, that many never come in.")
    return tr(lead, wait=wait_text(found, today))


def spread_sentence(now: Now, *, worst: bool) -> str:
    """Which shares the plan expects."""
    if worst:
        return tr("Planned for the worst case: half detractors, half promoters.")
    if now.reason:
        return tr(_WORST_BECAUSE[now.reason], n=ENOUGH_SHARES)
    detractors, passives, promoters = now.shares
    return tr(
        "Planned with how the {n} chosen responses differ: "
        "{promoters} promoters, {passives} passives, {detractors} detractors.",
        n=count_text(now.chosen),
        promoters=share_text(promoters, 1),
        passives=share_text(passives, 1),
        detractors=share_text(detractors, 1),
    )


def stale_sentence(now: Now, today: date) -> str:
    """A warning where the pace is one of long ago; "" otherwise."""
    if now.pace is None or now.pace.end is None:
        return ""
    if (today - now.pace.end).days <= _STALE_DAYS:
        return ""
    return tr(
        "The pace is that of the days up to {end}; "
        "the dates suppose that it is the same again from today, {today}.",
        end=date_text(now.pace.end),
        today=date_text(today),
    )
