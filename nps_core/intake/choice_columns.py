"""One column for each answer 0 to 10, as some exports write a choice, folded into one column."""

from collections import defaultdict
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nps_core.intake.columnar import blank
from nps_core.intake.raw import RawTable
from nps_core.intake.scores import parse_score
from nps_core.intake.text import quote
from nps_core.language import tr

_JOINT: Final = " - "
_ENOUGH: Final = 6
_NOT_CHOSEN: Final = pa.array(["0", "false", "no", "unchecked", "not selected"])


def fold_choices(raw: RawTable) -> RawTable:
    """The table with each question that has a column for every answer as one column of answers.

    Such columns are named "question - answer", with at least six answers of 0 to 10. A row that
    chose one holds that answer, a row that chose several all of them, which is no score.

    >>> from nps_core.intake.raw import line_numbers, table_of
    >>> header = tuple(f"Recommend us? - {n}" for n in range(11))
    >>> cells = [["x" if n == 9 else ""] for n in range(11)]
    >>> folded = fold_choices(RawTable(header, table_of(cells), line_numbers([2])))
    >>> folded.header, folded.column("Recommend us?").to_pylist()
    (('Recommend us?',), ['9'])
    """
    groups = {
        question: answers
        for question, answers in _groups(raw.header).items()
        if len(answers) >= _ENOUGH and question not in raw.header
    }
    if not groups:
        return raw
    first = {min(answers.values()): question for question, answers in groups.items()}
    gone = {at for answers in groups.values() for at in answers.values()}
    header, questions, columns = [], [], []
    for at, name in enumerate(raw.header):
        if at in first:
            header.append(first[at])
            questions.append("")
            columns.append(_chosen(raw, groups[first[at]]))
        elif at not in gone:
            header.append(name)
            questions.append(raw.questions[at])
            columns.append(raw.table.column(at))
    said = tuple(
        tr(
            "The {n} columns with one answer each to {question} were read as one.",
            n=len(answers),
            question=quote(question),
        )
        for question, answers in groups.items()
    )
    return replace(
        raw,
        header=tuple(header),
        questions=tuple(questions),
        table=pa.table(columns, names=[f"c{i}" for i in range(len(columns))]),
        remarks=(*raw.remarks, *said),
    )


def _groups(header: tuple[str, ...]) -> dict[str, dict[int, int]]:
    """For each question the position of the column of each answer; none where one comes twice."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    twice = set()
    for at, name in enumerate(header):
        parts = name.split(_JOINT)
        for cut in range(1, len(parts)):
            score, _ = parse_score(_JOINT.join(parts[cut:]))
            if score is None:
                continue
            question = _JOINT.join(parts[:cut])
            if score in found[question]:
                twice.add(question)
            found[question][score] = at
            break
    return {question: answers for question, answers in found.items() if question not in twice}


def _chosen(raw: RawTable, answers: dict[int, int]) -> pa.ChunkedArray:
    """The answer each row chose, "" where it chose none, all of them where it chose several."""
    order = sorted(answers)
    columns = [raw.table.column(answers[score]) for score in order]
    filled = np.array([~blank(column) for column in columns])
    # Where a row has something in every column, the words for "not chosen" are what counts.
    marked = filled.all(axis=0)
    if marked.any():
        chosen = np.array(
            [
                ~pc.fill_null(pc.is_in(pc.utf8_lower(column), _NOT_CHOSEN), True).to_numpy()
                for column in columns
            ]
        )
        filled = np.where(marked, chosen, filled)
    times = filled.sum(axis=0)
    cells = np.where(times == 1, np.array([str(s) for s in order], object)[filled.argmax(0)], "")
    for row in np.flatnonzero(times > 1).tolist():
        cells[row] = " and ".join(str(order[at]) for at in np.flatnonzero(filled[:, row]))
    return pa.chunked_array([pa.array(cells, pa.string())])
