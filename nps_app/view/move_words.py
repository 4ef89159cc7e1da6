"""What "Why did the NPS move?" says: sentences and tables, no markup."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

from nps_app.view.said import capital
from nps_app.view.tables import (
    arrow,
    count_text,
    date_text,
    dates_text,
    interval_text,
    nps_text,
    number_text,
    responses_text,
    share_text,
)
from nps_core import columns as c
from nps_core.language import mark, tr, tr_plural
from nps_core.measure import Comparison

FOLDED: Final = "folded"
"""How many groups are added up in a row because they are too small; 0 for a row of one group."""

Days = tuple[date, date]
"""The first and the last day of a span."""

_SIDES: Final = ("before", "after")


def points_text(points: float) -> str:
    """Write a part of a change: signed, with one decimal, so that parts add up to the eye.

    >>> points_text(-5.64), points_text(1.25), points_text(-0.01), points_text(float("nan"))
    ('−5.6', '+1.3', '0.0', '–')
    """
    return "–" if pd.isna(points) else number_text(float(points), 1, signed=True)


def folded_name(groups: int) -> str:
    """Name the row in which small groups are added up.

    >>> folded_name(3)
    '3 groups too small to show'
    """
    return tr_plural(
        "1 group too small to show",
        "{n} groups too small to show",
        groups,
        n=count_text(groups),
    )


def named(groups: pd.DataFrame, column: str) -> list[str]:
    """The name of each row of a move's groups; `column` holds those of single groups."""
    return [
        folded_name(int(folded)) if folded else str(name)
        for name, folded in zip(groups[column], groups[FOLDED], strict=True)
    ]


def parts_sentence(rate: float, mix: float) -> str:
    """Say what the groups' own scores brought and what who answered did, and their sum.

    >>> parts_sentence(-5.6, 1.2)
    "−5.6 points come from the groups' own scores and +1.2 from who answered: −4.4 in all."
    """
    return tr(
        "{rate} points come from the groups' own scores and {mix} from who answered: "
        "{whole} in all.",
        rate=points_text(rate),
        mix=points_text(mix),
        whole=points_text(rate + mix),
    )


def both_names(after: str, before: str) -> str:
    """Name the two sides of a move.

    >>> both_names("Oct 2026", "Sep 2026")
    'Oct 2026 against Sep 2026'
    """
    return tr("{after} against {before}", after=after, before=before)


def side_sentence(name: str, days: Days, side: pd.Series, *, against: bool = False) -> str:
    """One side of a move: its name, its days, its NPS with interval and its responses.

    With `against` it goes on from the sentence of the other side.

    >>> from datetime import date
    >>> side_sentence("Oct 2026", (date(2026, 10, 1), date(2026, 10, 31)),
    ...               pd.Series({"responses": 310, "nps": 42.4, "low": 38.0, "high": 46.4}))
    'Oct 2026, 1 Oct to 31 Oct 2026: NPS 42 (38 to 46), 310 responses'
    """
    first, last = days
    when = date_text(first) if first == last else dates_text(first, last)
    span = name if name == when else tr("{name}, {days}", name=name, days=when)
    if not side[c.RESPONSES]:
        if against:
            return tr("against {span}: no responses", span=span)
        return tr("{span}: no responses", span=span)
    sentences = (
        mark("{span}: NPS {nps} ({interval}), {responses}"),
        mark("against {span}: NPS {nps} ({interval}), {responses}"),
    )
    return tr(
        sentences[against],
        span=span,
        nps=nps_text(side[c.NPS]),
        interval=interval_text(side[c.LOW], side[c.HIGH]),
        responses=responses_text(side[c.RESPONSES]),
    )


def sides_words(sides: Sequence[tuple[str, Days, pd.Series]]) -> tuple[str, str]:
    """Both sides of a move, the later one first: a sentence, and how it goes on."""
    later, earlier = sides
    return capital(side_sentence(*later)), side_sentence(*earlier, against=True)


def flow_sentence(flow: pd.DataFrame) -> str:
    """The change by promoters and detractors, and the passives' shares, in words.

    >>> flow_sentence(pd.DataFrame({"category": ["promoters", "passives", "detractors"],
    ...     "before_share": [0.5, 0.3, 0.2], "after_share": [0.45, 0.4, 0.15],
    ...     "points": [-5.0, 0.0, 5.0]}))
    'Promoters 50 → 45 %, passives 30 → 40 %, detractors 20 → 15 %.'
    """
    shares = {
        row["category"]: shares_text(row["before_share"], row["after_share"])
        for _, row in flow.iterrows()
    }
    return tr("Promoters {promoters}, passives {passives}, detractors {detractors}.", **shares)


def shares_text(before: float, after: float) -> str:
    """Write how a share changed.

    >>> shares_text(0.5, 0.45)
    '50 → 45 %'
    """
    later = "–" if pd.isna(after) else share_text(after, 1)
    if pd.isna(before):
        return f"– → {later}"
    earlier = "<1" if 0 < before < 0.005 else nps_text(100 * before)
    return f"{earlier} → {later}"


def scores_text(before: float, after: float) -> str:
    """Write how a group's own NPS changed.

    >>> scores_text(41.2, float("nan"))
    '41 → –'
    """
    return f"{nps_text(before)} → {nps_text(after)}"


def own_change_text(difference: float, low: float, high: float) -> str:
    """A change with its interval, signed; "–" where a group is on one side only.

    >>> own_change_text(-9.2, -13.0, -5.4)
    '−9 (−13 to −5)'
    """
    if pd.isna(difference):
        return "–"
    return f"{number_text(float(difference), signed=True)} ({interval_text(low, high)})"


def shown_table(groups: pd.DataFrame, whole: Comparison, column: str, header: str) -> pd.DataFrame:
    """The groups as a table reads on the page, all together in the last row."""
    rows: list[Any] = groups.assign(**{column: named(groups, column)}).to_dict("records")
    last = {
        **vars(whole),
        column: tr("All together"),
        "rate": groups["rate"].sum(),
        "mix": groups["mix"].sum(),
        "before_share": 1.0,
        "after_share": 1.0,
    }
    return pd.DataFrame([_shown_row(row, column, header) for row in [*rows, last]])


def _shown_row(row: Mapping[str, Any], column: str, header: str) -> dict[str, str]:
    return {
        header: row[column],
        tr("Own scores"): points_text(row["rate"]),
        tr("Who answered"): points_text(row["mix"]),
        tr("Together"): points_text(row["rate"] + row["mix"]),
        tr("NPS"): scores_text(row["before_nps"], row["after_nps"]),
        tr("Own change"): own_change_text(row["difference"], row["low"], row["high"]),
        tr("Verdict"): f"{arrow(row['verdict'])} {tr(row['verdict'])}",
        tr("Share"): shares_text(row["before_share"], row["after_share"]),
        tr("Responses"): " → ".join(count_text(row[f"{side}_{c.RESPONSES}"]) for side in _SIDES),
    }


def download_table(groups: pd.DataFrame, column: str, header: str) -> pd.DataFrame:
    """The groups as they are downloaded: unrounded, small ones added up as on the page."""
    return groups.assign(**{column: named(groups, column)}).rename(columns={column: header})


def sides_table(sides: pd.DataFrame, whole: Comparison, days: Sequence[Days]) -> pd.DataFrame:
    """Both sides as they are downloaded: days, counts, NPS and interval, then the difference."""
    table = sides.copy()
    table.insert(1, "start", [first.isoformat() for first, _ in days])
    table.insert(2, "end", [last.isoformat() for _, last in days])
    found = {"difference": whole.difference, "difference_low": whole.low}
    found |= {"difference_high": whole.high, "p": whole.p}
    for name, value in found.items():
        table[name] = [float("nan"), value]
    return table.assign(verdict=["", whole.verdict])


def correction_sentence(groups: pd.DataFrame) -> str:
    """How many comparisons the verdicts of the groups are corrected for.

    >>> correction_sentence(pd.DataFrame({"p": [0.1, 0.2, float("nan")]}))
    'Verdicts are corrected for 2 comparisons (Benjamini-Hochberg, 10 %).'
    """
    n = int(groups["p"].notna().sum())
    return tr_plural(
        "Verdicts are corrected for 1 comparison (Benjamini-Hochberg, 10 %).",
        "Verdicts are corrected for {n} comparisons (Benjamini-Hochberg, 10 %).",
        n,
        n=count_text(n),
    )


def too_small(before: int, after: int, minimum: int) -> str:
    """Why nothing is shown of two spans, one of which holds too few responses.

    >>> too_small(3, 40, 5)
    'Too few responses to show: 3 before, 40 after, and fewer than 5 are kept back.'
    """
    return tr(
        "Too few responses to show: {before} before, {after} after, "
        "and fewer than {minimum} are kept back.",
        before=count_text(before),
        after=count_text(after),
        minimum=count_text(minimum),
    )
