"""Which segments differ in the period, and which moved: corrected for all that were looked at."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd

from nps_app.view import queries, queries_overview
from nps_app.view.charts.intervals import intervals
from nps_app.view.definitions import not_this
from nps_app.view.group_words import NO_VALUE, UNKNOWN, survey_label
from nps_app.view.move_words import own_change_text, scores_text
from nps_app.view.queries_overview import Differences
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.tables import (
    arrow,
    column_label,
    count_text,
    interval_text,
    listed,
    nps_text,
    responses_text,
    value_label,
)
from nps_app.view.weekly.content import Section, Table
from nps_app.view.weekly.look import Look, span
from nps_app.view.weekly.moved_groups import Moved, moved_groups
from nps_app.view.widgets.text import visible
from nps_core import columns as c
from nps_core.language import mark, tr, tr_plural
from nps_core.measure.compare import TOO_FEW

_DRAWN: Final = 8
_NAMED: Final = 3
_MOVED: Final = 5
_CLEAR: Final = ("up", "down")


def segments(look: Look) -> Section:
    """The groups against the rest of the period's responses, and against themselves before."""
    differ, moved = differences(look), moved_before(look)
    sentences = [*_differ_words(look, differ), *_moved_words(look, moved)]
    sentences += [_hidden_words(max(differ.hidden, moved.hidden))] if differ.hidden else []
    if note := not_this(look.definition):
        sentences.append(f"{note}.")
    section = Section(
        "segments",
        tr("Which segments"),
        tuple(sentences),
        tables=(_moved_table(look, moved),) if moved.compared and len(moved.table) else (),
    )
    return _with_chart(section, look, differ) if _judged(differ.table) else section


def differences(look: Look) -> Differences:
    """Every group of the period's responses against the rest, the clear ones first."""
    found = queries_overview.biggest_differences(look.now, minimum_responses(), show=10_000)
    if found.table.empty:
        return found
    order = found.table.assign(quiet=~found.table["verdict"].isin(_CLEAR))
    table = order.sort_values(["quiet", "p"], kind="stable").drop(columns="quiet")
    return replace(found, table=table.reset_index(drop=True))


def moved_before(look: Look) -> Moved:
    """Every group of the period against itself in the period before."""
    return moved_groups(look.over(span(look.period.back())), look.now)


def group_words(row: pd.Series | dict[Any, Any]) -> str:
    """A group with its segment: "Small (company size)"."""
    column = visible(column_label(row["segment"]), 40)
    return f"{value_name(row['segment'], row['value'])} ({column.lower()})"


def value_name(column: str, value: Any) -> str:
    """A value by the text it is shown by; a missing one is told apart from "Unknown"."""
    if pd.isna(value) and tr(UNKNOWN) in {known for known, _ in queries.options(column)}:
        return tr(NO_VALUE)
    named = survey_label(value) if column == c.SURVEY_TYPE else value_label(value)
    return visible(named, 40)


def _judged(table: pd.DataFrame) -> bool:
    """Whether any group shown has enough responses to be compared."""
    return not table.empty and bool((table["verdict"] != TOO_FEW).any())


def _differ_words(look: Look, differ: Differences) -> list[str]:
    if not _judged(differ.table):
        return [tr("No segment has two groups with enough responses to compare.")]
    table = differ.table
    clear = table[table["verdict"].isin(_CLEAR)]
    if clear.empty:
        # Of a group with too few responses it is not known whether it differs.
        judged = int((table["verdict"] != TOO_FEW).sum())
        return [
            tr_plural(
                "None of {n} group looked at differs beyond chance from the rest.",
                "None of the {n} groups looked at differs beyond chance from the rest.",
                judged,
                n=count_text(judged),
            )
        ]
    left = len(clear) - _NAMED
    more = [tr_plural("{n} more differs.", "{n} more differ.", left, n=left)] if left > 0 else []
    return [
        tr_plural(
            "Of {n} groups compared with the rest, {clear} differs beyond chance.",
            "Of {n} groups compared with the rest, {clear} differ beyond chance.",
            len(clear),
            clear=count_text(len(clear)),
            n=count_text(differ.compared),
        ),
        *(_differs(row) for _, row in clear.head(_NAMED).iterrows()),
        *more,
    ]


def _differs(row: pd.Series) -> str:
    sentence = {
        "up": mark("{group}: NPS {nps} on {responses}, above the rest by {difference}."),
        "down": mark("{group}: NPS {nps} on {responses}, below the rest by {difference}."),
    }[row["verdict"]]
    return tr(
        sentence,
        group=group_words(row),
        difference=_size(row),
        nps=nps_text(row[c.NPS]),
        responses=responses_text(row[c.RESPONSES]),
    )


def _size(row: pd.Series) -> str:
    """How far a group lies above or below the rest, without the sign that the word says."""
    size, ends = row["difference"], (row["difference_low"], row["difference_high"])
    low, high = ends if size > 0 else (-ends[1], -ends[0])
    return f"{nps_text(abs(size))} ({interval_text(low, high)})"


def _some(named: list[str], total: int) -> str:
    left = total - len(named)
    more = tr("{n} more", n=count_text(left))
    return listed([*named, more] if left else named)


def _moved_words(look: Look, moved: Moved) -> list[str]:
    if not _judged(moved.table):
        return []
    clear = moved.table[moved.table["verdict"].isin(_CLEAR)]
    n = count_text(moved.compared)
    if clear.empty:
        if moved.compared == 1:
            return [
                look.said(
                    mark("Against the week before, the one group compared has not clearly moved."),
                    mark("Against the month before, the one group compared has not clearly moved."),
                )
            ]
        return [
            look.said(
                mark("Against the week before, none of {n} groups moved beyond noise."),
                mark("Against the month before, none of {n} groups moved beyond noise."),
                n=n,
            )
        ]
    named = [
        f"{group_words(row)} {own_change_text(row['difference'], row['low'], row['high'])}"
        for _, row in clear.head(_NAMED).iterrows()
    ]
    return [
        look.said(
            mark("Against the week before, of {n} groups these moved: {named}."),
            mark("Against the month before, of {n} groups these moved: {named}."),
            n=n,
            named=_some(named, len(clear)),
        )
    ]


def _hidden_words(hidden: int) -> str:
    return tr_plural(
        "{n} group is not shown: under {least} responses, or kept back to protect such a one.",
        "{n} groups are not shown: under {least} responses, or kept back to protect such a one.",
        hidden,
        n=count_text(hidden),
        least=count_text(minimum_responses()),
    )


def _moved_table(look: Look, moved: Moved) -> Table:
    rows = [
        (
            group_words(row),
            scores_text(row["before_nps"], row["after_nps"]),
            own_change_text(row["difference"], row["low"], row["high"]),
            f"{arrow(row['verdict'])} {tr(row['verdict'])}",
            " → ".join(count_text(row[f"{side}_{c.RESPONSES}"]) for side in ("before", "after")),
        )
        for _, row in moved.table.head(_MOVED).iterrows()
    ]
    title = look.said(
        mark("Strongest moves since the week before"),
        mark("Strongest moves since the month before"),
    )
    header = (tr("Group"), tr("NPS"), tr("Difference"), tr("Verdict, corrected"), tr("Responses"))
    return Table(title, header, tuple(rows))


def _with_chart(section: Section, look: Look, differ: Differences) -> Section:
    enough = differ.table[differ.table["verdict"] != TOO_FEW]
    drawn = enough.head(_DRAWN).sort_values(c.NPS, ascending=False)
    named = drawn.assign(
        group=list(map(value_name, drawn["segment"], drawn["value"])),
        named=drawn["segment"].map(column_label).str.lower(),
    )
    overall = queries.headline(look.now)[c.NPS].iloc[0]
    return replace(
        section,
        chart=intervals(named, "group", look.theme, under="named", overall=overall),
        chart_title=tr("Groups against the rest"),
        alt=", ".join(
            tr(
                "{group}: NPS {nps} ({interval}), {responses}",
                group=group_words(row),
                nps=nps_text(row[c.NPS]),
                interval=interval_text(row[c.LOW], row[c.HIGH]),
                responses=responses_text(row[c.RESPONSES]),
            )
            for _, row in drawn.iterrows()
        ),
        data=drawn,
    )
