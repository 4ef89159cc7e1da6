"""How many answered, against the plan or what is usual; a running period is never a whole one."""

from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from nps_app.view import queries
from nps_app.view.charts.weekly_volume import weekly_volume
from nps_app.view.tables import count_text, number_text, period_text, responses_text, share_text
from nps_app.view.weekly.caveats import cut_short
from nps_app.view.weekly.content import Number, Section
from nps_app.view.weekly.look import Look, span
from nps_app.view.weekly.plan import weekly_plan
from nps_core import columns as c
from nps_core.language import mark, tr
from nps_core.measure import Filter

BEFORE: Final = 12
"""Earlier weeks or months that say what is usual."""

PLANNED: Final = "planned"
_ENOUGH: Final = 4


@dataclass(frozen=True)
class Usual:
    """The mean, the fewest and the most of earlier whole periods; `periods` is how many."""

    mean: float
    fewest: int
    most: int
    periods: int


def volume(look: Look) -> Section:
    """The responses of the period, and what they are held against."""
    n, usual, plan = look.responses(span(look.period)), usual_volume(look), weekly_plan()
    numbers = [Number(tr("Responses"), count_text(n), "")]
    sentences = [
        look.said(
            mark("{responses} this week."),
            mark("{responses} this month."),
            responses=responses_text(n),
        )
    ]
    sentences += cut_short(look)
    if look.running:
        sentences.append(tr("It is compared with nothing before it is over."))
    sentences += _plan_words(look, plan, numbers)
    sentences += _usual_words(look, n, usual, numbers)
    section = Section("volume", tr("Response volume"), tuple(sentences), tuple(numbers))
    table = by_period(look)
    if not table[c.RESPONSES].any():
        return section
    target = None if plan is None or look.chosen != Filter() else planned(look, plan)
    title = look.said(mark("Responses by week"), mark("Responses by month"))
    return replace(
        section,
        chart=weekly_volume(table, look.theme, every=look.period.every, target=target),
        chart_title=title,
        alt=tr("{name}: {what}", name=title, what=", ".join(_counted(table, look.period.every))),
        data=table if target is None else table.assign(**{PLANNED: target}),
    )


def _counted(table: pd.DataFrame, every: str) -> list[str]:
    return [
        f"{count_text(row[c.RESPONSES])} ({period_text(row[c.PERIOD], every)})"
        for row in table.to_dict("records")
    ]


def by_period(look: Look, periods: int = BEFORE) -> pd.DataFrame:
    """The period and those before it: key, period, responses, complete, whole (all in the data)."""
    known = look.dates()
    rows = []
    for step in range(periods, -1, -1):
        period = look.period.back(step)
        if known is None or period.last < known[0]:
            continue
        rows.append(
            {
                "key": period.key,
                c.PERIOD: pd.Timestamp(period.first),
                c.RESPONSES: look.responses(span(period)),
                "complete": period.last < look.today,
                "whole": known[0] <= period.first <= known[1] and period.last < look.today,
            }
        )
    names = ["key", c.PERIOD, c.RESPONSES, "complete", "whole"]
    return pd.DataFrame(rows, columns=names)


def usual_volume(look: Look) -> Usual | None:
    """What is usual, from the whole periods before this one; None with fewer than four."""
    table = by_period(look)
    counts = table.loc[table["whole"] & (table["key"] != look.period.key), c.RESPONSES]
    if len(counts) < _ENOUGH:
        return None
    return Usual(float(counts.mean()), int(counts.min()), int(counts.max()), len(counts))


def planned(look: Look, weekly: int) -> float:
    """What a plan by the week makes for the period."""
    return weekly * look.period.days / 7


def _plan_words(look: Look, plan: int | None, numbers: list[Number]) -> list[str]:
    if plan is None:
        return [tr("No plan was set: the responses are held against what is usual.")]
    everybody = int(
        queries.counts(Filter(start=look.period.first, end=look.period.last))[c.COUNT].sum()
    )
    target = planned(look, plan)
    goal = count_text(round(target))
    numbers.append(Number(tr("Plan"), goal, tr("{n} a week, all responses", n=count_text(plan))))
    values = {"n": count_text(everybody), "plan": goal, "share": share_text(everybody, target)}
    if look.running:
        return [
            tr(
                "The plan for the whole of it is {plan}; {n} are in so far.",
                n=values["n"],
                plan=goal,
            )
        ]
    if look.chosen != Filter():
        return [
            tr(
                "Over all responses, whatever is chosen above: {n} of {plan} planned, {share}.",
                **values,
            )
        ]
    return [tr("That is {share} of the plan: {n} of {plan} planned.", **values)]


def _usual_words(look: Look, n: int, usual: Usual | None, numbers: list[Number]) -> list[str]:
    if usual is None:
        return [
            look.said(
                mark("What is usual is not known yet: it takes {n} whole weeks before this one."),
                mark("What is usual is not known yet: it takes {n} whole months before this one."),
                n=_ENOUGH,
            )
        ]
    values: dict[str, str] = {
        "n": count_text(usual.periods),
        "mean": number_text(usual.mean),
        "fewest": count_text(usual.fewest),
        "most": count_text(usual.most),
    }
    said = look.said(
        mark("The {n} weeks before had {mean} on average, between {fewest} and {most}."),
        mark("The {n} months before had {mean} on average, between {fewest} and {most}."),
        **values,
    )
    beside = tr("mean of {n}, from {fewest} to {most}", **values)
    numbers.append(Number(tr("Usual volume"), values["mean"], beside))
    if look.running or usual.fewest <= n <= usual.most:
        return [said]
    if n < usual.fewest:
        return [said, tr("Fewer than in any of them.")]
    return [said, tr("More than in any of them.")]
