"""What the page says about a product change: sentences and the table to download, no markup."""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import pandas as pd

from nps_app.view.changes_import import scope_text, segments_cell
from nps_app.view.said import clauses
from nps_app.view.tables import (
    NO_RESPONSES,
    count_text,
    difference_text,
    interval_text,
    move_decimals,
    nps_text,
    number_text,
    responses_text,
)
from nps_app.view.verdict_words import mix_words, points_number
from nps_core.language import mark, tr, tr_plural
from nps_core.measure import Filter, ProductChange
from nps_core.measure.compare import DOWN, NO_CLEAR_CHANGE, TOO_FEW, UP

_FIGURES: Final = (
    "before_start",
    "before_end",
    "before_responses",
    "before_nps",
    "before_low",
    "before_high",
    "after_start",
    "after_end",
    "after_responses",
    "after_nps",
    "after_low",
    "after_high",
    "difference",
    "low",
    "high",
    "p",
    "verdict",
    "total_verdict",
    "mix_verdict",
    "mix_difference",
    "mix_low",
    "mix_high",
    "at_least",
    "at_most",
    "basis",
    "to_settle",
)


def result_sentence(row: pd.Series, washout: int = 0) -> str:
    """What moved around a change, with how sure that is and on how many responses; never why.

    `row` is one row of the measured `before_after` table; `washout` the days left out after the
    change. The days named are those of the window as it was cut.

    >>> row = pd.Series({"verdict": "down", "difference": -6.2, "low": -11.0, "high": -1.3,
    ...                  "before_responses": 310, "after_responses": 287,
    ...                  "after_start": pd.Timestamp(2026, 8, 12),
    ...                  "after_end": pd.Timestamp(2026, 9, 8)})
    >>> result_sentence(row)
    'Down 6 points (−11 to −1) in the 28 days after; 310 responses before, 287 after.'
    """
    head, rest = result_parts(row, washout)
    if not rest:
        return f"{head}."
    if row["verdict"] == TOO_FEW:
        return tr("{head}: {rest}.", head=head, rest=rest)
    return f"{head} {rest}."


def result_parts(row: pd.Series, washout: int = 0) -> tuple[str, str]:
    """The two halves of `result_sentence`: what moved, and when and on how many responses."""
    before, after = (int(row[f"{side}_responses"]) for side in ("before", "after"))
    if not before and not after:
        return tr("No responses before or after"), ""
    counts = _counts(before, after)
    if row["verdict"] == TOO_FEW:
        return tr("Too few responses to tell"), counts
    return _moved(row), _when(row, washout, counts)


def _moved(row: pd.Series) -> str:
    verdict, explained = row["verdict"], _explained(row)
    difference, low, high = _at_mix(row) if explained else (row["difference"], *_ends(row))
    clear = verdict in (UP, DOWN)
    decimals = move_decimals(difference, low, high) if clear else 0
    said = {
        "size": number_text(abs(difference) if clear else difference, decimals, signed=not clear),
        "low": number_text(low, decimals),
        "high": number_text(high, decimals),
    }
    number = points_number(difference, decimals)
    if verdict == UP:
        return tr_plural(
            "Up {size} point ({low} to {high})",
            "Up {size} points ({low} to {high})",
            number,
            **said,
        )
    if verdict == DOWN:
        return tr_plural(
            "Down {size} point ({low} to {high})",
            "Down {size} points ({low} to {high})",
            number,
            **said,
        )
    if explained:
        return tr_plural(
            "No clear change at a fixed mix, {size} point ({low} to {high})",
            "No clear change at a fixed mix, {size} points ({low} to {high})",
            number,
            **said,
        )
    return tr_plural(
        "No clear change, {size} point ({low} to {high})",
        "No clear change, {size} points ({low} to {high})",
        number,
        **said,
    )


def _when(row: pd.Series, washout: int, counts: str) -> str:
    days = (row["after_end"] - row["after_start"]).days + 1
    said = {"days": count_text(days), "counts": counts}
    if washout:
        return tr_plural(
            "in the {days} day after a washout of {washout}; {counts}",
            "in the {days} days after a washout of {washout}; {counts}",
            days,
            washout=washout,
            **said,
        )
    return tr_plural(
        "in the {days} day after; {counts}", "in the {days} days after; {counts}", days, **said
    )


def _counts(before: int, after: int) -> str:
    if not before:
        return tr("no responses before, {after} after", after=count_text(after))
    return tr_plural(
        "{before} response before, {after} after",
        "{before} responses before, {after} after",
        before,
        before=count_text(before),
        after=count_text(after),
    )


def mix_note(row: pd.Series) -> str:
    """What the mix of respondents does to a change's verdict; "" where it does nothing to it."""
    if _explained(row):
        return tr(
            "In all it is {move}, but with the mix of {segments} held fixed half of that or less "
            "is left.",
            move=difference_text(row["total_verdict"], row["difference"], *_ends(row)),
            segments=mix_words(row["mix_by"]),
        )
    if row["verdict"] == NO_CLEAR_CHANGE and row.get("mix_verdict") in (UP, DOWN):
        return tr(
            "With the mix of {segments} held fixed it is {move}.",
            segments=mix_words(row["mix_by"]),
            move=difference_text(row["mix_verdict"], *_at_mix(row)),
        )
    return ""


def _explained(row: pd.Series) -> bool:
    return bool(row.get("total_verdict", row["verdict"]) != row["verdict"])


def _ends(row: pd.Series) -> tuple[float, float]:
    return row["low"], row["high"]


def _at_mix(row: pd.Series) -> tuple[float, float, float]:
    return row["mix_difference"], row["mix_low"], row["mix_high"]


def side_text(row: pd.Series, side: str) -> str:
    """One window's NPS, interval and responses in words; `side` is "before" or "after".

    >>> side_text(pd.Series({"before_nps": 42.4, "before_low": 38.0, "before_high": 46.4,
    ...                      "before_responses": 310}), "before")
    'NPS 42 (38 to 46), 310 responses'
    """
    responses = row[f"{side}_responses"]
    if not responses:
        return tr(NO_RESPONSES)
    if pd.isna(row[f"{side}_nps"]):
        return tr("{responses}, too few to show", responses=responses_text(responses))
    return tr(
        "NPS {nps} ({interval}), {responses}",
        nps=nps_text(row[f"{side}_nps"]),
        interval=interval_text(row[f"{side}_low"], row[f"{side}_high"]),
        responses=responses_text(responses),
    )


def sides_text(row: pd.Series) -> str:
    """Both windows of a change in words."""
    return tr(
        "Before: {before}. After: {after}.",
        before=side_text(row, "before"),
        after=side_text(row, "after"),
    )


def scope_sentence(change: ProductChange) -> str:
    """Within whom a change is compared; "" when it was for everybody.

    >>> from datetime import date
    >>> scope_sentence(ProductChange(date(2026, 8, 12), "B", segments=(("plan", ("Pro",)),)))
    'Compared within plan: Pro, whom it was for.'
    """
    if not change.segments:
        return ""
    return tr("Compared within {scope}, whom it was for.", scope=scope_text(change.segments))


def filter_sentence(chosen: Filter) -> str:
    """What the shared filter does to the comparisons of product changes; "" without a filter.

    >>> filter_sentence(Filter(segments={"industry": ["Fintech"]}))
    'The filter applies to every comparison (Industry: Fintech).'
    """
    parts = [scope_text(chosen.segments)] if chosen.segments else []
    if chosen.survey_types:
        parts.append(scope_text((("survey_type", chosen.survey_types),)))
    sentences = []
    if parts:
        said = mark("The filter applies to every comparison ({filter}).")
        sentences.append(tr(said, filter=clauses(parts)))
    if chosen.start or chosen.end:
        sentences.append(
            tr(
                "The filter's dates do not apply here: the days around a change are looked at "
                "whole."
            )
        )
    return " ".join(sentences)


def web_address(link: str) -> str:
    """The link when a browser may be sent to it (http or https, with a host), else "".

    >>> web_address(" https://example.org/v2 "), web_address("javascript:alert(1)")
    ('https://example.org/v2', '')
    """
    link = link.strip()
    try:
        parts = urlsplit(link)
        named = bool(parts.hostname)
    except ValueError:
        return ""
    whole = named and parts.scheme in ("http", "https") and not any(c.isspace() for c in link)
    return link if whole else ""


def changes_table(measured: Sequence[tuple[ProductChange, pd.Series]]) -> pd.DataFrame:
    """Every change with its figures, unrounded: the first five columns can be imported again."""
    rows: list[dict[str, Any]] = [
        {
            "date": change.date.isoformat(),
            "title": change.title,
            "note": change.note,
            "link": change.link,
            "segments": segments_cell(change.segments),
            **{name: row[name] for name in _FIGURES},
            "mix_by": " and ".join(row["mix_by"]),
            "cut": " ".join(row["cut"]),
        }
        for change, row in measured
    ]
    return pd.DataFrame(rows)
