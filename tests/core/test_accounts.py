"""Accounts that answer together count for less than as many strangers, and no more than they do."""

import numpy as np
import pandas as pd
import pytest

from nps_core.measure.accounts import clustering

POINTS = {0: -1, 6: -1, 7: 0, 8: 0, 9: 1, 10: 1}


def tallied(rows: list[tuple[str | None, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["account", "score"])
    return frame.groupby(["account", "score"], dropna=False).size().rename("n").reset_index()


def by_hand(before, after) -> float:
    """The variance of the difference with accounts kept whole, response by response."""
    shifts: list[dict] = []
    robust = plain = 0.0
    for side, rows in enumerate((before, after)):
        named = [
            (f"lone {side} {place}" if account is None else account, POINTS[score])
            for place, (account, score) in enumerate(rows)
        ]
        n = len(named)
        theta = sum(s for _, s in named) / n
        sums: dict[str, float] = {}
        sizes: dict[str, int] = {}
        for account, s in named:
            sums[account] = sums.get(account, 0.0) + (s - theta) / n
            sizes[account] = sizes.get(account, 0) + 1
        effective = n**2 / sum(size**2 for size in sizes.values())
        robust += effective / (effective - 1) * sum(value**2 for value in sums.values())
        plain += sum((s - theta) ** 2 for _, s in named) / n**2
        shifts.append(sums)
    both = sum(2 * shifts[0][a] * shifts[1][a] for a in shifts[0] if a in shifts[1])
    return (robust - both) / plain


BEFORE = [("A", 10), ("A", 9), ("A", 10), ("B", 0), ("B", 6), ("C", 8), (None, 9), (None, 0)]
AFTER = [("A", 10), ("A", 10), ("D", 0), ("D", 0), ("D", 7), ("C", 9), (None, 8)]


def test_the_design_effect_is_that_of_the_formula_response_by_response():
    found = clustering(tallied(BEFORE), tallied(AFTER), "account")
    assert found.factor == pytest.approx(by_hand(BEFORE, AFTER), abs=1e-12)
    assert found.accounts == 4 + 2 + 1


def test_one_answer_an_account_is_independent():
    rows = [(f"A{n}", score) for n, score in enumerate([0, 10, 8, 9, 6, 10])]
    found = clustering(tallied(rows), tallied(rows), "account")
    assert (found.factor, found.df) == (1.0, float("inf"))


def test_doubling_every_answer_doubles_the_variance():
    alone = [(f"A{n}", [0, 10, 8, 9][n % 4]) for n in range(400)]
    other = [(f"B{n}", [0, 10, 8, 9][n % 4]) for n in range(400)]
    found = clustering(tallied(alone * 2), tallied(other * 2), "account")
    assert found.factor == pytest.approx(2, rel=0.01)


def test_one_account_with_most_answers_leaves_few_degrees_of_freedom():
    rows = [("Giant", 10)] * 90 + [(f"A{n}", [0, 8][n % 2]) for n in range(10)]
    found = clustering(tallied(rows), tallied(rows[:60] + rows[-10:]), "account")
    assert found.df < 5


@pytest.mark.parametrize("score", [0, 8, 10])
def test_answers_all_alike_and_empty_sides_make_no_factor(score):
    rows = [("A", score)] * 5
    assert clustering(tallied(rows), tallied(rows), "account").factor == 1.0
    nobody = tallied(rows).iloc[:0]
    assert clustering(tallied(rows), nobody, "account").factor == 1.0


def test_accounts_on_both_sides_bring_their_own_level_along():
    chance = np.random.default_rng(3)
    scores = [0, 8, 10]
    loyal = [(f"A{n}", scores[chance.integers(3)]) for n in range(200)]
    pairs = [answer for answer in loyal for _ in range(3)]
    same = clustering(tallied(pairs), tallied(pairs), "account").factor
    strangers = [(f"B{account}", score) for account, score in pairs]
    apart = clustering(tallied(pairs), tallied(strangers), "account").factor
    assert apart == pytest.approx(3, rel=0.02)
    assert same < 0.1
