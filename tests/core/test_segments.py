"""Groups against the rest, and hiding small groups so that they stay hidden."""

import numpy as np
import pandas as pd
import pytest

from nps_core import NpsError, against_rest, compare, score, suppress


def counts_of(groups: dict) -> pd.DataFrame:
    rows = [
        (plan, given, n)
        for plan, triple in groups.items()
        for given, n in zip((0, 7, 10), triple, strict=True)
    ]
    return pd.DataFrame(rows, columns=["plan", "score", "n"])


GROUPS = {"Free": (60, 10, 30), "Pro": (30, 10, 60), "Team": (20, 8, 22), None: (1, 0, 2)}


def test_each_group_is_compared_with_all_others_added():
    found = against_rest(counts_of(GROUPS), "plan")
    assert found["plan"].tolist() == ["Free", "Pro", "Team", None]
    rest = pd.DataFrame({"score": [0, 7, 10], "n": [51, 18, 84]})
    alone = pd.DataFrame({"score": [0, 7, 10], "n": [60, 10, 30]})
    expected = compare(rest, alone)
    row = found.iloc[0]
    assert row["difference"] == pytest.approx(-30 - 100 * 33 / 153, abs=1e-9)
    assert [row["difference_low"], row["difference_high"], row["p"]] == pytest.approx(
        [expected.low, expected.high, expected.p], abs=1e-9
    )
    assert found["verdict"].tolist() == ["down", "up", "no clear change", "too few responses"]


def test_every_comparison_counts_in_the_adjustment_small_groups_too():
    found = against_rest(counts_of(GROUPS), "plan").sort_values("p")
    scaled = found["p"].to_numpy() * 4 / np.arange(1, 5)
    by_hand = np.minimum.accumulate(scaled[::-1])[::-1]
    assert found["p_adjusted"].to_numpy() == pytest.approx(by_hand, abs=1e-12)


def test_many_groups_of_one_population_are_not_called_different():
    chance = np.random.default_rng(3)
    called = 0
    for _ in range(40):
        groups = {f"g{k}": chance.multinomial(80, [0.3, 0.3, 0.4]) for k in range(12)}
        called += against_rest(counts_of(groups), "plan")["verdict"].isin(["up", "down"]).any()
    # Unadjusted at 5 %, about 18 of 40 tables of twelve would hold a false find.
    assert called <= 8


def test_a_group_without_a_rest_is_too_few():
    row = against_rest(counts_of({"Pro": (5, 5, 50)}), "plan").iloc[0]
    assert row["verdict"] == "too few responses"
    assert row["nps"] == 75
    assert np.isnan(row["difference"])
    assert np.isnan(row["p_adjusted"])
    assert against_rest(counts_of({"Pro": (1, 1, 1)}).iloc[:0], "plan").empty


def test_segments_side_by_side_are_each_compared_within_and_corrected_together():
    plans = counts_of(GROUPS)
    sizes = counts_of({"Small": (50, 20, 40), "Large": (61, 10, 74)})
    both = pd.concat([plans.assign(kind="plan"), sizes.assign(kind="size")])
    found = against_rest(both, ("kind", "plan"), within="kind")
    apart = pd.concat([against_rest(plans, "plan"), against_rest(sizes, "plan")])
    assert found["plan"].tolist() == ["Free", "Pro", "Team", None, "Large", "Small"]
    for name in ("nps", "difference", "difference_low", "p"):
        assert found[name].to_numpy() == pytest.approx(apart[name].to_numpy(), abs=1e-9)
    smallest = found["p"].idxmin()
    assert found["p_adjusted"][smallest] == pytest.approx(found["p"][smallest] * 6, rel=1e-6)
    with pytest.raises(NpsError, match=r'within holds "size", which is not in by'):
        against_rest(both, "plan", within="size")


def test_wrong_arguments_are_named():
    with pytest.raises(NpsError, match="by is empty"):
        against_rest(counts_of(GROUPS), ())
    with pytest.raises(NpsError, match="q is 10"):
        against_rest(counts_of(GROUPS), "plan", q=10)
    with pytest.raises(NpsError, match=r'no column "plam".*Did you mean "plan"'):
        suppress(score(counts_of(GROUPS), by="plan"), "plam")
    with pytest.raises(NpsError, match='no column "responses"'):
        suppress(counts_of(GROUPS), "plan")


def sized(**responses: int) -> pd.DataFrame:
    return score(counts_of({name: (0, 0, n) for name, n in responses.items()}), by="plan")


def hidden_of(frame: pd.DataFrame) -> set:
    return set(frame.loc[frame["hidden"] != "", "plan"])


def test_nothing_small_hides_nothing():
    result = suppress(sized(a=5, b=6), "plan")
    assert result["hidden"].tolist() == ["", ""]
    assert result["responses"].tolist() == [5, 6]


def test_one_small_group_takes_the_next_smallest_with_it():
    scored = sized(a=4, b=40, c=30, d=50)
    result = suppress(scored, "plan")
    assert result["hidden"].tolist() == [
        "fewer than 5 responses",
        "",
        "hidden so that a smaller group cannot be worked out by subtraction",
        "",
    ]
    figures = ["detractors", "passives", "promoters", "responses", "nps", "low", "high"]
    assert result.loc[[0, 2], figures].isna().all(axis=None)
    assert result.loc[[1, 3], figures].notna().all(axis=None)
    assert scored["responses"].tolist() == [4, 40, 30, 50]


def test_two_small_groups_hide_each_other_when_together_they_are_not_small():
    assert hidden_of(suppress(sized(a=4, b=3, c=30, d=50), "plan")) == {"a", "b"}
    assert hidden_of(suppress(sized(a=1, b=2, c=30, d=50), "plan")) == {"a", "b", "c"}


def test_a_group_without_responses_hides_nobody():
    scored = sized(a=0, b=4, c=30, d=50)
    assert hidden_of(suppress(scored, "plan")) == {"b", "c"}


def test_when_all_are_small_there_is_nobody_left_to_hide():
    assert hidden_of(suppress(sized(a=4, b=4), "plan")) == {"a", "b"}
    assert hidden_of(suppress(sized(a=2), "plan")) == {"a"}


def test_the_verdict_of_a_hidden_group_is_hidden_too():
    result = suppress(against_rest(counts_of(GROUPS), "plan"), "plan")
    gone = result["hidden"] != ""
    assert result.loc[gone, "verdict"].tolist() == ["", ""]
    numbers = ["p", "p_adjusted", "difference", "difference_low", "difference_high", "nps"]
    assert result.loc[gone, numbers].isna().all(axis=None)


def test_the_minimum_can_be_set_and_an_index_is_kept():
    scored = sized(a=4, b=40, c=30).set_index(pd.Index([7, 8, 9]))
    assert hidden_of(suppress(scored, "plan", minimum=31)) == {"a", "c"}
    assert hidden_of(suppress(scored, "plan", minimum=0)) == set()
    assert suppress(scored, "plan").index.tolist() == [7, 8, 9]


def crossed(table: list[list[int]]) -> pd.DataFrame:
    rows = [
        (f"row{i}", f"column{j}", 10, n) for i, line in enumerate(table) for j, n in enumerate(line)
    ]
    frame = pd.DataFrame(rows, columns=["size", "plan", "score", "n"])
    return score(frame[frame["n"] > 0], by=["size", "plan"])


def is_computable(table: np.ndarray, hidden: np.ndarray, cell: tuple[int, int]) -> bool:
    """Whether the shown totals (5 or more) of rows and columns fix a hidden cell.

    They do when asking for the cell itself adds nothing to what the totals already ask.
    """
    unknown = list(map(tuple, np.argwhere(hidden)))
    totals = [
        [at[axis] == line for at in unknown]
        for axis in (0, 1)
        for line in range(table.shape[axis])
        if table.sum(axis=1 - axis)[line] >= 5
    ]
    known = np.array(totals, dtype=float).reshape(len(totals), len(unknown))
    asked = np.array([[at == cell for at in unknown]], dtype=float)
    rank = np.linalg.matrix_rank
    return bool(rank(np.vstack([known, asked])) == rank(known))


def hidden_cells(result: pd.DataFrame, shape: tuple[int, int]) -> np.ndarray:
    hidden = np.zeros(shape, dtype=bool)
    for size, plan, reason in zip(result["size"], result["plan"], result["hidden"], strict=True):
        hidden[int(size[3:]), int(plan[6:])] = bool(reason)
    return hidden


@pytest.mark.parametrize("seed", range(40))
def test_no_small_cell_of_a_two_way_table_can_be_subtracted(seed):
    chance = np.random.default_rng(seed)
    shape = tuple(chance.integers(2, 6, size=2))
    table = chance.choice([0, 2, 4, 7, 12, 30], size=shape, p=[0.1, 0.1, 0.1, 0.2, 0.3, 0.2])
    result = suppress(crossed(table.tolist()), ["size", "plan"])
    hidden = hidden_cells(result, shape)
    assert hidden[(table > 0) & (table < 5)].all()
    for cell in map(tuple, np.argwhere((table > 0) & (table < 5))):
        # A cell that the totals fix with the whole table hidden cannot be kept by hiding cells.
        if not is_computable(table, table > 0, cell):
            assert not is_computable(table, hidden, cell), table


def test_a_two_way_table_hides_a_whole_rectangle():
    result = suppress(crossed([[3, 20, 30], [40, 50, 60], [70, 80, 90]]), ["size", "plan"])
    gone = result.loc[result["hidden"] != "", ["size", "plan"]]
    assert sorted(map(tuple, gone.values.tolist())) == [
        ("row0", "column0"),
        ("row0", "column1"),
        ("row1", "column0"),
        ("row1", "column1"),
    ]


def test_two_rectangles_joined_by_one_cell_still_give_that_cell_away():
    # Each line of these hidden cells holds two or more, yet the joining cell (row 2, column 2) is
    # the sum of two row totals less two column totals: counting the cells of a line is not enough.
    big = 100
    table = [
        [4, 4, big, big, big],
        [4, 4, big, big, big],
        [big, big, 4, big, big],
        [big, big, big, 4, 4],
        [big, big, big, 4, 4],
    ]
    hidden = hidden_cells(suppress(crossed(table), ["size", "plan"]), (5, 5))
    assert is_computable(np.array(table), np.array(table) == 4, (2, 2))
    for cell in map(tuple, np.argwhere(np.array(table) == 4)):
        assert not is_computable(np.array(table), hidden, cell)
