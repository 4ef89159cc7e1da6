"""How the verdict of a product change was reached, in sentences with its own numbers."""

import math
from typing import Any, Final

import pandas as pd

from nps_app.view.move_words import own_change_text, points_text
from nps_app.view.said import capital
from nps_app.view.tables import (
    count_text,
    difference_text,
    figures_text,
    interval_text,
    number_text,
    p_text,
)
from nps_app.view.verdict_words import mix_words, settle_words
from nps_core.columns import DETRACTORS, PASSIVES, PROMOTERS
from nps_core.language import mark, tr, tr_in, tr_plural
from nps_core.measure.compare import DOWN, ENOUGH, NO_CLEAR_CHANGE, TOO_FEW, UP

NOT_BY_IT: Final = mark("What moved around a change was not necessarily moved by it.")
_CLEAR: Final = (UP, DOWN)
_READ: Final = {
    UP: mark("Up: the {level} % interval of the difference, {interval}, lies wholly above 0."),
    DOWN: mark("Down: the {level} % interval of the difference, {interval}, lies wholly below 0."),
    NO_CLEAR_CHANGE: mark(
        "No clear change: the {level} % interval of the difference, {interval}, holds 0."
    ),
}
_PLAIN: Final = ("plain_low", "plain_high")
_ONE_SIDED: Final = {
    UP: mark("With {level} % confidence it is at least {least}."),
    DOWN: mark("With {level} % confidence it is at most {most}."),
    NO_CLEAR_CHANGE: mark("With {level} % confidence it is at least {least}, or at most {most}."),
}


def reached(row: pd.Series, level: float = 0.95) -> list[str]:
    """How a change's verdict was reached, in sentences with its own numbers.

    `row` is one row of the measured `change_verdicts` table.
    """
    before, after = (int(row[f"{side}_responses"]) for side in ("before", "after"))
    if row["verdict"] == TOO_FEW and min(before, after) >= ENOUGH:
        return [tr("Too few responses: a window has fewer than a group needs to be shown here.")]
    if row["verdict"] == TOO_FEW:
        return [
            tr(
                "Too few responses: a verdict needs {needed} on each side, and there are {before} "
                "before and {after} after.",
                needed=ENOUGH,
                before=count_text(before),
                after=count_text(after),
            )
        ]
    total = row["total_verdict"]
    sentences = [
        tr(_READ[total], level=percent(level), interval=interval_text(row["low"], row["high"]))
    ]
    if row["verdict"] != total:
        sentences.append(
            tr(
                "It counts as no clear change all the same: with the mix of {segments} held fixed, "
                "{figure} is left, half of the difference or less.",
                segments=mix_words(row["mix_by"]),
                figure=own_change_text(row["mix_difference"], row["mix_low"], row["mix_high"]),
            )
        )
    sentences.append(_basis(row))
    sentences.append(
        tr(
            _ONE_SIDED[total],
            level=percent(level),
            least=_signed(row["at_least"]),
            most=_signed(row["at_most"]),
        )
    )
    settle = settle_words(row["to_settle"])
    if total == NO_CLEAR_CHANGE and row["mix_verdict"] in _CLEAR:
        sentences.append(
            tr(
                "With the mix of {segments} held fixed it is {move}.",
                segments=mix_words(row["mix_by"]),
                move=difference_text(
                    row["mix_verdict"], row["mix_difference"], row["mix_low"], row["mix_high"]
                ),
            )
        )
    elif settle:
        sentences.append(f"{capital(settle)}.")
    return [*sentences, tr(NOT_BY_IT)]


def analyst_sentences(row: pd.Series, level: float = 0.95) -> list[str]:
    """The figures behind a change's verdict, for those who read statistics.

    `row` is one row of the measured `change_verdicts` table.
    """
    if pd.isna(row["difference"]):
        return [tr("There are no figures to show: a window has no responses, or too few.")]
    size, low, high, least, most, plain_low, plain_high = (
        points_text(row[name])
        for name in (*("difference", "low", "high", "at_least", "at_most"), *_PLAIN)
    )
    return [
        tr(
            "Difference {size} points, {level} % interval {low} to {high}, {p} (of chance alone: "
            "{plain_low} to {plain_high}, {plain_p}).",
            size=size,
            level=percent(level),
            low=low,
            high=high,
            p=p_text(row["p"]),
            plain_low=plain_low,
            plain_high=plain_high,
            plain_p=p_text(row["plain_p"]),
        ),
        tr(
            "One-sided: with {level} % confidence at least {least}; with {level} % confidence at "
            "most {most}.",
            level=percent(level),
            least=least,
            most=most,
        ),
        _widest(row),
        tr(
            "Before: {before}. After: {after}.",
            before=_categories(row, "before"),
            after=_categories(row, "after"),
        ),
        tr(
            "Method: MOVER on the score limits of both windows (Zou and Donner 2008), widened by "
            "Student's t and the variance found in ordinary weeks or between accounts."
        ),
    ]


def _widest(row: pd.Series) -> str:
    readings = {
        "chance": tr_in("reading", "chance"),
        "accounts": tr_in("reading", "accounts"),
        "weeks": tr_in("reading", "weeks"),
    }
    said = {"reading": readings[row["basis"]], "factor": number_text(row["factor"], 2)}
    if math.isinf(row["df"]):
        return tr(
            "Of the readings by chance, accounts and ordinary weeks the widest is taken: "
            "{reading}, with {factor} times the variance of chance.",
            **said,
        )
    return tr(
        "Of the readings by chance, accounts and ordinary weeks the widest is taken: {reading}, "
        "with {factor} times the variance of chance on {df} degrees of freedom.",
        df=number_text(row["df"]),
        **said,
    )


def _basis(row: pd.Series) -> str:
    said: dict[str, Any] = {
        "factor": number_text(row["factor"], 2),
        "interval": interval_text(row["plain_low"], row["plain_high"]),
        "pairs": count_text(row["placebos"]),
        "accounts": "" if pd.isna(row["accounts"]) else count_text(row["accounts"]),
    }
    if row["basis"] == "weeks" and row["shortened"]:
        return tr(
            "It is widened because ordinary weeks differ by more than chance: on {pairs} pairs of "
            "ordinary windows, shorter ones than here as the history is short, the variance of "
            "differences is {factor} times that of chance, which alone would give {interval}.",
            **said,
        )
    if row["basis"] == "weeks":
        return tr(
            "It is widened because ordinary weeks differ by more than chance: on {pairs} pairs of "
            "ordinary windows, the variance of differences is {factor} times that of chance, "
            "which alone would give {interval}.",
            **said,
        )
    if row["basis"] == "accounts":
        return tr(
            "It is widened because answers of one account are alike: {accounts} accounts "
            "answered, and the variance is {factor} times that of chance, which alone would give "
            "{interval}.",
            **said,
        )
    if row["placebos"] and said["accounts"]:
        return tr(
            "It is that of chance alone: {pairs} pairs of ordinary windows, on which nothing "
            "shipped, and the {accounts} accounts that answered gave no reason to widen it.",
            **said,
        )
    if row["placebos"]:
        return tr(
            "It is that of chance alone: {pairs} pairs of ordinary windows, on which nothing "
            "shipped, gave no reason to widen it.",
            **said,
        )
    if said["accounts"]:
        return tr(
            "It is that of chance alone: the {accounts} accounts that answered gave no reason to "
            "widen it.",
            **said,
        )
    return tr("It is that of chance alone: the history is too short to look at ordinary weeks.")


def percent(level: float) -> str:
    """A level as the number that stands before its sign.

    >>> percent(0.95)
    '95'
    """
    return figures_text(f"{100 * level:g}")


def _signed(points: float) -> str:
    return "–" if pd.isna(points) else number_text(points, signed=True)


def _categories(row: pd.Series, side: str) -> str:
    detractors, passives, promoters = (
        int(row[f"{side}_{name}"]) for name in (DETRACTORS, PASSIVES, PROMOTERS)
    )
    return ", ".join(
        (
            tr_plural("{n} detractor", "{n} detractors", detractors, n=count_text(detractors)),
            tr_plural("{n} passive", "{n} passives", passives, n=count_text(passives)),
            tr_plural("{n} promoter", "{n} promoters", promoters, n=count_text(promoters)),
        )
    )
