"""How the verdict of a product change was reached, in sentences with its own numbers."""

import math
from typing import Final

import pandas as pd

from nps_app.view.move_words import own_change_text, points_text
from nps_app.view.tables import count_text, difference_text, interval_text, p_text
from nps_app.view.verdict_words import mix_words, settle_words
from nps_core.measure.compare import DOWN, ENOUGH, NO_CLEAR_CHANGE, TOO_FEW, UP

_CLEAR: Final = (UP, DOWN)


def reached(row: pd.Series, level: float = 0.95) -> list[str]:
    """How a change's verdict was reached, in sentences with its own numbers.

    `row` is one row of the measured `change_verdicts` table.
    """
    before, after = (int(row[f"{side}_responses"]) for side in ("before", "after"))
    if row["verdict"] == TOO_FEW and min(before, after) >= ENOUGH:
        return ["Too few responses: a window has fewer than a group needs to be shown here."]
    if row["verdict"] == TOO_FEW:
        return [
            f"Too few responses: a verdict needs {ENOUGH} on each side, and there are "
            f"{count_text(before)} before and {count_text(after)} after."
        ]
    ends, total = interval_text(row["low"], row["high"]), row["total_verdict"]
    place = {UP: "lies wholly above 0", DOWN: "lies wholly below 0"}.get(total, "holds 0")
    sentences = [
        f"{total[:1].upper()}{total[1:]}: the {100 * level:g} % interval of the difference, "
        f"{ends}, {place}."
    ]
    if row["verdict"] != total:
        held = own_change_text(row["mix_difference"], row["mix_low"], row["mix_high"])
        sentences.append(
            f"It counts as no clear change all the same: with the mix of "
            f"{mix_words(row['mix_by'])} held fixed, {held} is left, half of the difference or "
            "less."
        )
    sentences.append(_basis(row))
    sentences.append(f"With {100 * level:g} % confidence it is {_one_sided(row, total)}.")
    settle = settle_words(row["to_settle"])
    if total == NO_CLEAR_CHANGE and row["mix_verdict"] in _CLEAR:
        held = difference_text(
            row["mix_verdict"], row["mix_difference"], row["mix_low"], row["mix_high"]
        )
        sentences.append(f"With the mix of {mix_words(row['mix_by'])} held fixed it is {held}.")
    elif settle:
        sentences.append(f"{settle[:1].upper()}{settle[1:]}.")
    sentences.append("What moved around a change was not necessarily moved by it.")
    return sentences


def analyst_sentences(row: pd.Series, level: float = 0.95) -> list[str]:
    """The figures behind a change's verdict, for those who read statistics.

    `row` is one row of the measured `change_verdicts` table.
    """
    if pd.isna(row["difference"]):
        return ["There are no figures to show: a window has no responses, or too few."]
    size, low, high, least, most = (
        points_text(row[name]) for name in ("difference", "low", "high", "at_least", "at_most")
    )
    of_level = f"{100 * level:g} %"
    categories = ("detractors", "passives", "promoters")
    before, after = (
        ", ".join(_counted(row[f"{side}_{name}"], name) for name in categories)
        for side in ("before", "after")
    )
    known = "" if math.isinf(row["df"]) else f" on {row['df']:.0f} degrees of freedom"
    return [
        f"Difference {size} points, {of_level} interval {low} to {high}, {p_text(row['p'])} "
        f"(of chance alone: {points_text(row['plain_low'])} to {points_text(row['plain_high'])}, "
        f"{p_text(row['plain_p'])}).",
        f"One-sided: with {of_level} confidence at least {least}; with {of_level} confidence at "
        f"most {most}.",
        f"Of the readings by chance, accounts and ordinary weeks the widest is taken: "
        f"{row['basis']}, with {row['factor']:.2f} times the variance of chance{known}.",
        f"Before: {before}. After: {after}.",
        "Method: MOVER on the score limits of both windows (Zou and Donner 2008), widened by "
        "Student's t and the variance found in ordinary weeks or between accounts.",
    ]


def _basis(row: pd.Series) -> str:
    plain = interval_text(row["plain_low"], row["plain_high"])
    pairs = f"{count_text(row['placebos'])} pairs of ordinary windows"
    if row["basis"] == "weeks":
        shorter = ", shorter ones than here as the history is short" if row["shortened"] else ""
        return (
            f"It is widened because ordinary weeks differ by more than chance: on {pairs}"
            f"{shorter}, the variance of differences is {row['factor']:.2f} times that of chance, "
            f"which alone would give {plain}."
        )
    if row["basis"] == "accounts":
        return (
            f"It is widened because answers of one account are alike: {count_text(row['accounts'])}"
            f" accounts answered, and the variance is {row['factor']:.2f} times that of chance, "
            f"which alone would give {plain}."
        )
    looked = []
    if row["placebos"]:
        looked.append(f"{pairs}, on which nothing shipped,")
    if not pd.isna(row["accounts"]):
        looked.append(f"the {count_text(row['accounts'])} accounts that answered")
    if not looked:
        return "It is that of chance alone: the history is too short to look at ordinary weeks."
    return f"It is that of chance alone: {' and '.join(looked)} gave no reason to widen it."


def _one_sided(row: pd.Series, total: str) -> str:
    at_least, at_most = (
        own_change_text(row[name], row[name], row[name]).partition(" (")[0]
        for name in ("at_least", "at_most")
    )
    if total == UP:
        return f"at least {at_least}"
    return f"at most {at_most}" if total == DOWN else f"at least {at_least}, or at most {at_most}"


def _counted(n: float, people: str) -> str:
    return f"{count_text(n)} {people[:-1] if n == 1 else people}"
