"""Which cells of a two-way table stay hidden when its totals are shown as well.

The unknowns of such a table are the edges of a graph: a hidden cell joins its row to its column,
a hidden total joins its row or column to the total of all. Every node is an equation a reader
knows. An edge follows from the equations exactly when it is a bridge, the only way between the
two parts it joins; so small figures are safe when none of them is one.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from nps_core.measure.arguments import whole_number

Cells = NDArray[np.bool_]
Edge = tuple[int, int]


def hidden_pairs(
    responses: NDArray[np.int64],
    hidden_rows: NDArray[np.bool_],
    hidden_columns: NDArray[np.bool_],
    drawn: Cells,
    minimum: int = 5,
) -> Cells:
    """The cells to hide so that no figure under `minimum` can be worked out.

    `responses` has the shape (rows, columns) and holds every response once. `hidden_rows` and
    `hidden_columns` mark the values whose own total is hidden elsewhere: their cells are hidden
    whole. `drawn` marks the cells that would be shown. All other totals are taken as known.
    Hidden are cells with 1 to `minimum` - 1 responses and then, the smallest first, cells that
    would betray them, empty ones only where no other is left. Raises NpsError when `minimum` is
    no whole number.

    >>> n = np.array([[3, 20, 30], [9, 40, 50], [60, 70, 8]])
    >>> no = np.zeros(3, dtype=bool)
    >>> hidden_pairs(n, no, no, np.ones((3, 3), dtype=bool)).astype(int).tolist()
    [[1, 1, 0], [1, 1, 0], [0, 0, 0]]
    """
    whole_number("minimum", minimum, 0)
    small = (responses > 0) & (responses < minimum) & drawn
    hidden = small | ~drawn | hidden_rows[:, None] | hidden_columns[None, :]
    while True:
        more = _too_small_together(responses, hidden, small, hidden_rows, hidden_columns, minimum)
        if more is None:
            more = _cover(responses, hidden, small, hidden_rows, hidden_columns, minimum)
        if more is None:
            return hidden
        hidden[more] = True


def _too_small_together(
    responses: NDArray[np.int64],
    hidden: Cells,
    small: Cells,
    hidden_rows: NDArray[np.bool_],
    hidden_columns: NDArray[np.bool_],
    minimum: int,
) -> Edge | None:
    """A cell to hide in a line whose hidden cells hold fewer than `minimum` responses together."""
    for axis, unknown in ((1, hidden_rows), (0, hidden_columns)):
        together = np.where(hidden, responses, 0).sum(axis=axis)
        for line in np.flatnonzero(small.any(axis=axis) & ~unknown & (together < minimum)):
            here = np.zeros_like(hidden)
            here[(line, slice(None)) if axis else (slice(None), line)] = True
            if (cell := _smallest(responses, here & ~hidden & (responses > 0))) is not None:
                return cell
    return None


def _cover(
    responses: NDArray[np.int64],
    hidden: Cells,
    small: Cells,
    hidden_rows: NDArray[np.bool_],
    hidden_columns: NDArray[np.bool_],
    minimum: int,
) -> Edge | None:
    """A cell to hide so that a small figure that follows from the totals no longer does."""
    count = len(hidden)
    edges: dict[Edge, bool] = {
        (int(r), count + int(c)): bool(small[r, c]) for r, c in np.argwhere(hidden)
    }
    root = count + hidden.shape[1]
    rows, columns = responses.sum(axis=1), responses.sum(axis=0)
    edges |= {(int(r), root): 0 < rows[r] < minimum for r in np.flatnonzero(hidden_rows)}
    edges |= {
        (count + int(c), root + 1): 0 < columns[c] < minimum for c in np.flatnonzero(hidden_columns)
    }
    for edge, side in _bridges(root + 2, list(edges)):
        if edges[edge]:
            inside = np.isin(np.arange(root), list(side))
            crossing = inside[:count, None] != inside[None, count:]
            joined = _reached(root + 2, edges, edge[0])
            known = np.isin(np.arange(root), list(joined))
            near = crossing & known[:count, None] & known[None, count:]
            for where in (near, crossing):
                for worth in (responses > 0, responses == 0):
                    if (cell := _smallest(responses, where & worth & ~hidden)) is not None:
                        return cell
    return None


def _smallest(responses: NDArray[np.int64], where: Cells) -> Edge | None:
    if not where.any():
        return None
    flat = int(np.argmin(np.where(where, responses, np.iinfo("int64").max)))
    row, column = divmod(flat, responses.shape[1])
    return row, column


def _neighbours(nodes: int, edges: Iterator[Edge] | list[Edge]) -> list[list[int]]:
    beside: list[list[int]] = [[] for _ in range(nodes)]
    for one, other in edges:
        beside[one].append(other)
        beside[other].append(one)
    return beside


def _reached(nodes: int, edges: dict[Edge, bool], start: int) -> set[int]:
    beside = _neighbours(nodes, list(edges))
    seen, ahead = {start}, [start]
    while ahead:
        for other in beside[ahead.pop()]:
            if other not in seen:
                seen.add(other)
                ahead.append(other)
    return seen


def _bridges(nodes: int, edges: list[Edge]) -> Iterator[tuple[Edge, set[int]]]:
    """Each bridge with the nodes on one side of it (Tarjan 1974, without recursion)."""
    beside = _neighbours(nodes, edges)
    order = [-1] * nodes
    lowest = [0] * nodes
    visited: list[int] = []
    for start in range(nodes):
        if order[start] >= 0:
            continue
        order[start] = lowest[start] = len(visited)
        visited.append(start)
        path = [(start, -1, iter(beside[start]))]
        while path:
            node, parent, rest = path[-1]
            other = next(rest, None)
            if other is None:
                path.pop()
                if path:
                    lowest[parent] = min(lowest[parent], lowest[node])
                    if lowest[node] > order[parent]:
                        edge = (min(node, parent), max(node, parent))
                        yield edge, set(visited[order[node] :])
            elif order[other] < 0:
                order[other] = lowest[other] = len(visited)
                visited.append(other)
                path.append((other, node, iter(beside[other])))
            elif other != parent:
                lowest[node] = min(lowest[node], order[other])
