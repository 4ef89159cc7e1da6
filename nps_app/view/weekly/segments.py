"""Which segments differ in the period, and which moved: corrected for all that were looked at."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd

from nps_app.view import queries, queries_overview
from nps_app.view.charts.intervals import intervals
from nps_app.view.definitions import not_this
from nps_app.view.move_words import own_change_text, scores_text
from nps_app.view.queries_overview import Differences
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.tables import (
    arrow,
    column_label,
    count_text,
    interval_text,
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

_DRAWN: Final = 8
_NAMED: Final = 3
_MOVED: Final = 5
_CLEAR: Final = ("up", "down")
_AGAINST_REST: Final = {"up": mark("above the rest"), "down": mark("below the rest")}


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
    return section if differ.table.empty else _with_chart(section, look, differ)


def differences(look: Look) -> Differences:
    """Every group of the period's responses against the rest, the clear ones first."""
    found = queries_overview.biggest_differences(look.now, minimum_responses(), show=10_000)
    if found.table.empty:
        return found
    table = found.table.assign(
        quiet=~found.table["verdict"].isin(_CLEAR), size=-found.table["difference"].abs()
    ).sort_values(["quiet", "size"], kind="stable")
    return replace(found, table=table.drop(columns=["quiet", "size"]).reset_index(drop=True))


def moved_before(look: Look) -> Moved:
    """Every group of the period against itself in the period before."""
    return moved_groups(look.over(span(look.period.back())), look.now)


def group_words(row: pd.Series | dict[Any, Any]) -> str:
    """A group with its segment: "Small (company size)"."""
    column = visible(column_label(row["segment"]), 40)
    return f"{visible(value_label(row['value']), 40)} ({column.lower()})"


def _differ_words(look: Look, differ: Differences) -> list[str]:
    if not differ.compared:
        return [tr("No segment has two groups with enough responses to compare.")]
    table = differ.table
    clear = table[table["verdict"].isin(_CLEAR)] if len(table) else table
    values = {"n": count_text(differ.compared)}
    if clear.empty:
        return [
            tr_plural(
                "None of {n} group looked at differs beyond chance from the rest.",
                "None of the {n} groups looked at differs beyond chance from the rest.",
                differ.compared,
                **values,
            )
        ]
    named = [_differs(row) for _, row in clear.head(_NAMED).iterrows()]
    said = [
        tr_plural(
            "Of {n} groups compared with the rest, {clear} differs beyond chance: {named}.",
            "Of {n} groups compared with the rest, {clear} differ beyond chance: {named}.",
            len(clear),
            clear=count_text(len(clear)),
            named=_some(named, len(clear)),
            **values,
        )
    ]
    return said


def _differs(row: pd.Series) -> str:
    ends = own_change_text(row["difference"], row["difference_low"], row["difference_high"])
    sentence = {
        "up": mark("{group} above the rest, {difference}, NPS {nps} on {responses}"),
        "down": mark("{group} below the rest, {difference}, NPS {nps} on {responses}"),
    }[row["verdict"]]
    return tr(
        sentence,
        group=group_words(row),
        difference=ends,
        nps=nps_text(row[c.NPS]),
        responses=responses_text(row[c.RESPONSES]),
    )


def _some(named: list[str], total: int) -> str:
    more = total - len(named)
    return "; ".join([*named, tr("{n} more", n=count_text(more))]) if more else "; ".join(named)


def _moved_words(look: Look, moved: Moved) -> list[str]:
    if not moved.compared:
        return []
    clear = moved.table[moved.table["verdict"].isin(_CLEAR)]
    n = count_text(moved.compared)
    if clear.empty:
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
    header = (tr("Group"), tr("NPS"), tr("Difference"), tr("Verdict"), tr("Responses"))
    return Table(title, header, tuple(rows))


def _with_chart(section: Section, look: Look, differ: Differences) -> Section:
    drawn = differ.table.head(_DRAWN).sort_values(c.NPS, ascending=False)
    named = drawn.assign(
        group=drawn["value"].map(value_label),
        named=drawn["segment"].map(column_label).str.lower(),
    )
    overall = queries.headline(look.now)[c.NPS].iloc[0]
    return replace(
        section,
        chart=intervals(named, "group", look.theme, under="named", overall=overall),
        chart_title=tr("Groups against the rest"),
        alt="; ".join(
            f"{group_words(row)}: {nps_text(row[c.NPS])} "
            f"({interval_text(row[c.LOW], row[c.HIGH])}), {responses_text(row[c.RESPONSES])}"
            for _, row in drawn.iterrows()
        ),
        data=drawn,
    )
