"""The Planner's tables in words: what each group still needs, and every figure behind a plan."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from nps_app.view.planner_numbers import margin_text, rate_text, until_text
from nps_app.view.planner_words import days_of
from nps_app.view.queries_planner import ENOUGH_SHARES, LEVEL, Now, Plan
from nps_app.view.queries_segments import GROUP
from nps_app.view.segment_words import short_reason
from nps_app.view.tables import count_text
from nps_core import columns as c
from nps_core.language import mark, tr, tr_plural
from nps_core.measure.interval import variance
from nps_core.measure.sample_size import MARGIN_METHODS, sample_size

HELP: Final = {
    mark("Known to"): mark("Half of the 95 % interval of the NPS of these responses, in points."),
    mark("Needed"): mark("Responses for the wanted margin."),
    mark("Still missing"): mark("Needed, less the responses there are."),
    mark("Weeks"): mark("For the missing ones, at the group's own pace."),
    mark("There by"): mark(
        "The day the missing ones are there, if they keep coming as fast from today."
    ),
}
_HOW: Final = {
    "wald": "z^2 V / margin^2",
    "measuringu": "z^2 V / margin^2 - 3",
    "adjusted_wald": mark("fewest whose adjusted Wald margin fits"),
    "score": mark("fewest whose score interval fits: used on the page"),
}


def shown_groups(table: pd.DataFrame, name: str, today: date) -> pd.DataFrame:
    """The table of groups as it reads on the page, under the segment's name."""
    weeks = np.ceil(table["days"] / 7).where(table["missing"] > 0)
    return pd.DataFrame(
        {
            name: table[GROUP],
            tr("Responses"): table[c.RESPONSES].astype("Int64"),
            tr("Known to"): [margin_text(margin) for margin in table["margin"]],
            tr("Needed"): table["needed"].astype("Int64"),
            tr("Still missing"): table["missing"].astype("Int64"),
            tr("Pace"): [rate_text(rate / 7) for rate in table["per_week"]],
            tr("Weeks"): weeks.astype("Int64"),
            tr("There by"): [_there_by(row, today) for row in table.to_dict("records")],
        }
    )


def groups_note(now: Now, *, worst: bool) -> str:
    """What the columns of the groups mean, and which shares were expected."""
    notes = []
    if now.pace:
        notes.append(
            tr_plural(
                "Responses are those of the last day.",
                "Responses are those of the last {n} days.",
                now.pace.days,
                n=count_text(now.pace.days),
            )
        )
    if worst:
        notes.append(tr("Planned for the worst case, half detractors and half promoters."))
    else:
        notes.append(
            tr(
                "Planned with each group's own shares; a group with fewer than {n} "
                "responses, or whose people all answered alike, with those of all chosen.",
                n=ENOUGH_SHARES,
            )
        )
    return " ".join(notes)


def _there_by(row: Mapping[Any, Any], today: date) -> str:
    # No Series: pandas would make a reason in it plain text, in English for good.
    if row["hidden"]:
        return short_reason(row["hidden"])
    if row["missing"] == 0:
        return tr("enough now")
    if pd.isna(row["per_week"]):
        return "–"
    # No days at some pace: too little to foresee them by. No days at none: never.
    unknown = pd.isna(row["days"]) and row["per_week"] > 0
    return tr("too few to say") if unknown else until_text(row["days"], today)


def analyst_table(plan: Plan, margin: float, move: float, power: float) -> pd.DataFrame:
    """Every figure behind the sentences, unrounded: figure, value, how."""
    shares = plan.shares
    expected = {"detractors": shares[0], "promoters": shares[2], "level": LEVEL}
    rows: list[tuple[str, float, str]] = [
        (tr("share of detractors"), shares[0], tr("expected")),
        (tr("share of passives"), shares[1], tr("expected")),
        (tr("share of promoters"), shares[2], tr("expected")),
        (tr("variance of one response"), variance(np.array([shares]))[0], "r + d - (r - d)^2"),
        (tr("level"), LEVEL, tr("two-sided")),
        (tr("margin wanted"), margin, tr("points")),
    ]
    for method in MARGIN_METHODS:
        needed = sample_size(margin=margin, method=method, **expected)
        name = tr("responses for the margin, {method}", method=method)
        rows.append((name, needed, tr(_HOW[method])))
    rows += [
        (tr("move to notice"), move, tr("points, either way")),
        (tr("power"), power, tr("chance to notice it")),
        (tr("responses each side for the move"), plan.each, "(z_a + z_b)^2 (V1 + V2) / move^2"),
        (tr("responses now"), plan.now.recent[c.RESPONSES], tr("recent days")),
        (tr("margin now"), plan.now.margin, tr("half the score interval")),
    ]
    found = plan.now.pace
    if found is not None:
        rows += [
            (tr("responses a day"), found.per_day, days_of(found)),
            (
                tr("dispersion of weekly totals"),
                found.dispersion,
                tr("variance / mean, 1 or more"),
            ),
        ]
    return pd.DataFrame(rows, columns=["figure", "value", "how"])


def shown_analyst_table(table: pd.DataFrame) -> pd.DataFrame:
    """That table under headers in the reader's language."""
    return table.set_axis([tr("figure"), tr("value"), tr("how")], axis=1)
