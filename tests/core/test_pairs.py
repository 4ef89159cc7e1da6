"""A reader who knows every figure shown, totals included, cannot work out a hidden small one."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nps_core.measure.pairs import hidden_pairs

MINIMUM = 5


def worked_out(
    responses: NDArray[np.int64],
    hidden: NDArray[np.bool_],
    hidden_rows: NDArray[np.bool_],
    hidden_columns: NDArray[np.bool_],
) -> list[str]:
    """The small figures that linear algebra finds from all that is shown: the attack itself.

    Unknowns are all cells; equations are the shown cells, the shown totals and the total of all.
    A figure is known when it adds no rank to them.
    """
    rows, columns = responses.shape
    cells = np.eye(rows * columns).reshape(rows, columns, -1)
    known = [cells[~hidden], cells.sum(axis=(0, 1))[None]]
    known += [cells.sum(axis=1)[~hidden_rows], cells.sum(axis=0)[~hidden_columns]]
    shown = np.vstack(known)
    rank = np.linalg.matrix_rank(shown)
    figures = {f"cell {r},{c}": (cells[r, c], responses[r, c]) for r, c in np.argwhere(hidden)}
    for r in np.flatnonzero(hidden_rows):
        figures[f"row {r}"] = (cells[r].sum(axis=0), responses[r].sum())
    for c in np.flatnonzero(hidden_columns):
        figures[f"column {c}"] = (cells[:, c].sum(axis=0), responses[:, c].sum())
    return [
        name
        for name, (figure, n) in figures.items()
        if 0 < n < MINIMUM and np.linalg.matrix_rank(np.vstack([shown, figure])) == rank
    ]


def hidden_totals(totals: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Small totals with the next larger ones, as the one-way tables hide them."""
    hidden = (totals > 0) & (totals < MINIMUM)
    order = [i for i in np.argsort(totals, kind="stable") if totals[i] >= MINIMUM]
    while hidden.any() and (hidden.sum() < 2 or totals[hidden].sum() < MINIMUM) and order:
        hidden[order.pop(0)] = True
    return hidden


def hide(responses: NDArray[np.int64]) -> tuple[NDArray[np.bool_], ...]:
    rows, columns = hidden_totals(responses.sum(axis=1)), hidden_totals(responses.sum(axis=0))
    drawn = np.ones(responses.shape, dtype=bool)
    return hidden_pairs(responses, rows, columns, drawn, MINIMUM), rows, columns


tables = st.tuples(st.integers(2, 6), st.integers(2, 5)).flatmap(
    lambda shape: st.lists(
        st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 6, 8, 12, 40]),
        min_size=shape[0] * shape[1],
        max_size=shape[0] * shape[1],
    ).map(lambda cells: np.array(cells).reshape(shape))
)


@settings(max_examples=150, deadline=None)
@given(tables)
def test_no_small_figure_follows_from_what_is_shown(responses: NDArray[np.int64]) -> None:
    hidden, rows, columns = hide(responses)
    # One value alone is its total: what that says is not this table's to hide.
    assume(min((responses.sum(axis=axis) > 0).sum() for axis in (0, 1)) > 1)
    assume(responses.sum() >= MINIMUM)
    assert worked_out(responses, hidden, rows, columns) == []


def test_the_attack_finds_what_hiding_small_cells_alone_would_betray() -> None:
    responses = np.array([[3, 20, 30], [9, 40, 50], [60, 70, 8]])
    no = np.zeros(3, dtype=bool)
    assert worked_out(responses, responses < MINIMUM, no, no) == ["cell 0,0"]


def test_a_total_hidden_elsewhere_cannot_be_added_up_from_its_cells() -> None:
    # Row 0 has 3 responses; row 1 (8) is hidden in the one-way table so that 3 stays unknown.
    # Were row 1's only cell shown here, the total less all that is known would be 3 again.
    responses = np.array([[3, 0, 0], [0, 8, 0], [20, 30, 40], [50, 60, 70]])
    hidden, rows, columns = hide(responses)
    assert rows.tolist() == [True, True, False, False]
    assert hidden[:2].all()
    assert worked_out(responses, hidden, rows, columns) == []


def test_nothing_is_hidden_when_nothing_is_small() -> None:
    hidden, _, _ = hide(np.array([[0, 5], [7, 9]]))
    assert not hidden.any()


def test_hidden_cells_of_a_line_are_together_as_many_as_the_minimum() -> None:
    hidden, _, _ = hide(np.array([[1, 1, 6, 50], [1, 1, 60, 70], [90, 80, 70, 60]]))
    assert hidden[0].tolist() == [True, True, True, False]
    assert hidden[1].sum() >= 3


@pytest.mark.parametrize("minimum", [0, 1])
def test_a_minimum_of_one_hides_nothing(minimum: int) -> None:
    no = np.zeros(2, dtype=bool)
    table = np.array([[1, 2], [3, 4]])
    assert not hidden_pairs(table, no, no, np.ones((2, 2), dtype=bool), minimum).any()
