"""What the page says about a product change: sentences and the table to download, no markup."""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import pandas as pd

from nps_app.view.changes_import import scope_text, segments_cell
from nps_app.view.tables import (
    MINUS,
    NO_RESPONSES,
    count_text,
    difference_text,
    interval_text,
    nps_text,
    responses_text,
)
from nps_app.view.verdict_words import mix_words
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
    return f"{head}{': ' if row['verdict'] == TOO_FEW else ' '}{rest}." if rest else f"{head}."


def result_parts(row: pd.Series, washout: int = 0) -> tuple[str, str]:
    """The two halves of `result_sentence`: what moved, and when and on how many responses."""
    before, after = (int(row[f"{side}_responses"]) for side in ("before", "after"))
    if not before and not after:
        return "No responses before or after", ""
    counts = f"{responses_text(before)} before, {count_text(after)} after"
    if row["verdict"] == TOO_FEW:
        return "Too few responses to tell", f"{counts[:1].lower()}{counts[1:]}"
    word, figures = row["verdict"], (row["difference"], row["low"], row["high"])
    if _explained(row):
        word, figures = f"{word} at a fixed mix", _at_mix(row)
    words, _, ends = difference_text(word, *figures).partition(" (")
    size = words.rsplit(" ", 1)[-1].lstrip(f"+{MINUS}")
    points = "point" if size == "1" else "points"
    days = (row["after_end"] - row["after_start"]).days + 1
    when = f"{days} days after" if days > 1 else "1 day after"
    left_out = f" a washout of {washout}" if washout else ""
    head = f"{words[:1].upper()}{words[1:]} {points} ({ends}"
    return head, f"in the {when}{left_out}; {counts}"


def mix_note(row: pd.Series) -> str:
    """What the mix of respondents does to a change's verdict; "" where it does nothing to it."""
    if _explained(row):
        total = difference_text(row["total_verdict"], row["difference"], row["low"], row["high"])
        return (
            f"In all it is {total}, but with the mix of {mix_words(row['mix_by'])} held fixed "
            "half of that or less is left."
        )
    if row["verdict"] == NO_CLEAR_CHANGE and row.get("mix_verdict") in (UP, DOWN):
        held = difference_text(row["mix_verdict"], *_at_mix(row))
        return f"With the mix of {mix_words(row['mix_by'])} held fixed it is {held}."
    return ""


def _explained(row: pd.Series) -> bool:
    return bool(row.get("total_verdict", row["verdict"]) != row["verdict"])


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
        return NO_RESPONSES
    if pd.isna(row[f"{side}_nps"]):
        return f"{responses_text(responses)}, too few to show"
    ends = interval_text(row[f"{side}_low"], row[f"{side}_high"])
    return f"NPS {nps_text(row[f'{side}_nps'])} ({ends}), {responses_text(responses)}"


def scope_sentence(change: ProductChange) -> str:
    """Within whom a change is compared; "" when it was for everybody.

    >>> from datetime import date
    >>> scope_sentence(ProductChange(date(2026, 8, 12), "B", segments=(("plan", ("Pro",)),)))
    'Compared within plan: Pro, whom it was for.'
    """
    return (
        f"Compared within {scope_text(change.segments)}, whom it was for."
        if (change.segments)
        else ""
    )


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
        sentences.append(f"The filter applies to every comparison ({'; '.join(parts)}).")
    if chosen.start or chosen.end:
        sentences.append(
            "The filter's dates do not apply here: the days around a change are looked at whole."
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
