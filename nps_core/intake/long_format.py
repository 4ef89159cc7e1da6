"""Files with one row an answer: the recommendation's rows, each joined with its comment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from nps_core import columns as c
from nps_core.errors import FileRefused
from nps_core.intake.columnar import blank
from nps_core.intake.join_answers import join_answers, response_key
from nps_core.intake.mapping import ANSWER, IGNORE, QUESTION, Mapping
from nps_core.intake.questions import Questions, question_columns
from nps_core.intake.raw import SHOWN_CHARS, RawTable
from nps_core.intake.reasons import OTHER_QUESTION
from nps_core.intake.rejections import COLUMN, LINE, REASON, VALUE
from nps_core.intake.text import number_text, quote
from nps_core.language import tr, tr_plural


@dataclass(frozen=True, eq=False)
class LongTable:
    """The rows that answer the recommendation question as a table of one row a response.

    `table` has the joined comments as its last column where the file asks for one; `mapping` says
    what is known of its columns. `others` are the positions of all other rows of the file, and
    `joined_to` the position of the response each belongs to, -1 for none.
    """

    raw: RawTable
    asked: Questions
    table: RawTable
    mapping: Mapping
    others: npt.NDArray[np.intp]
    joined_to: npt.NDArray[np.intp]

    def account(
        self, mapping: Mapping, rejected: pd.DataFrame
    ) -> tuple[Mapping, pd.DataFrame, int, tuple[str, ...]]:
        """What the whole file comes to, once its responses are cleaned.

        Returns the mapping in the file's own columns, all rejected rows, how many rows were
        merged into an accepted response, and the sentences that say so.
        """
        lost = np.isin(self.raw.lines, rejected[LINE].to_numpy())
        merged = (self.joined_to >= 0) & ~lost[self.joined_to]
        loose = self.others[~merged]
        question = self.raw.table.column(self.raw.header.index(self.asked.column))
        more = pd.DataFrame(
            {
                LINE: self.raw.lines[loose],
                COLUMN: self.asked.column,
                VALUE: [(text or "")[:SHOWN_CHARS] for text in question.take(loose).to_pylist()],
                REASON: OTHER_QUESTION,
            }
        ).astype(rejected.dtypes.to_dict())
        if len(more):
            rejected = pd.concat([rejected, more]).sort_values(
                LINE, kind="stable", ignore_index=True
            )
        said = [
            tr(
                "The file has one row an answer: the responses are the rows with {question} in "
                "{name}.",
                question=quote(self.asked.recommend),
                name=quote(self.asked.column),
            )
        ]
        if merged.any():
            said.append(_merged_words(int(merged.sum()), self.asked.comment))
        if len(loose):
            said.append(
                tr_plural(
                    "1 row with answers to other questions: left out, since they belong to no "
                    "response.",
                    "{n} rows with answers to other questions: left out, since they belong to no "
                    "response.",
                    len(loose),
                    n=number_text(len(loose)),
                )
            )
        return self._own(mapping), rejected, int(merged.sum()), tuple(said)

    def _own(self, mapping: Mapping) -> Mapping:
        own = {self.asked.column: QUESTION, self.asked.answer: ANSWER}
        roles = ((h, own.get(h, role)) for h, role in mapping.roles if h in self.raw.header)
        return replace(
            mapping,
            roles=tuple(roles),
            recommend_question=self.asked.recommend,
            comment_question=self.asked.comment,
        )


def _merged_words(rows: int, comment: str | None) -> str:
    if not comment:
        return tr_plural(
            "1 row with other answers of the same responses: merged into them, and only the "
            "comment kept.",
            "{n} rows with other answers of the same responses: merged into them, and only the "
            "comment kept.",
            rows,
            n=number_text(rows),
        )
    return tr_plural(
        "1 row with other answers of the same responses: merged into them (comments: {question}), "
        "and only the comment kept.",
        "{n} rows with other answers of the same responses: merged into them (comments: "
        "{question}), and only the comment kept.",
        rows,
        n=number_text(rows),
        question=quote(comment),
    )


def fold_long(raw: RawTable, given: Mapping) -> LongTable | None:
    """The file as one row a response when it has one row an answer, else None.

    Which question asks for the recommendation is told by its text or category, else by its being
    the only one answered from 0 to 10. Raises `FileRefused`, with the header, when several could
    be it and `given.recommend_question` does not say.
    """
    asked = question_columns(raw, given)
    if asked is None:
        return None
    if not asked.recommend:
        raise FileRefused(
            tr(
                "The file has one row an answer, and several of its questions are answered from "
                "0 to 10."
            ),
            tr(
                "In {name} these look alike: {questions}.",
                name=quote(asked.column),
                questions=_listed(asked.alike),
            ),
            tr("Say which one asks for the recommendation."),
            header=raw.header,
        )
    question = raw.column(asked.column)
    recommends = np.array([text == asked.recommend for text in question.to_pylist()], bool)
    rows, others = np.flatnonzero(recommends), np.flatnonzero(~recommends)
    no_keys = {asked.column, asked.answer, *asked.beside}
    joined_to = join_answers(raw, rows, others, no_keys)
    columns = [column.take(rows) for column in raw.table.columns]
    header = raw.header
    roles = {h: role for h, role in given.roles if role not in (QUESTION, ANSWER)}
    roles |= dict.fromkeys((asked.column, *asked.beside), IGNORE) | {asked.answer: c.SCORE}
    key = response_key(raw, rows, others, no_keys)
    if key is not None and key not in roles and c.RESPONSE_ID not in roles.values():
        roles[key] = c.RESPONSE_ID
    if asked.comment:
        name = _free("comment", header)
        header = (*header, name)
        columns.append(_comments(raw, asked, rows, others, joined_to))
        roles = {h: role for h, role in roles.items() if role != c.COMMENT} | {name: c.COMMENT}
    table = replace(
        raw,
        header=header,
        table=pa.table(columns, names=[f"c{i}" for i in range(len(header))]),
        lines=raw.lines[rows],
        questions=(*raw.questions, *[""] * (len(header) - len(raw.header))),
    )
    return LongTable(
        raw, asked, table, replace(given, roles=tuple(roles.items())), others, joined_to
    )


def _comments(
    raw: RawTable,
    asked: Questions,
    rows: npt.NDArray[np.intp],
    others: npt.NDArray[np.intp],
    joined_to: npt.NDArray[np.intp],
) -> pa.ChunkedArray:
    """The first answer to the comment question of each response, null where there is none."""
    question = raw.column(asked.column).take(others).to_pylist()
    answers = raw.column(asked.answer).take(others)
    empty = blank(answers)
    place = {row: i for i, row in enumerate(rows.tolist())}
    comments: list[str | None] = [None] * len(rows)
    cells = zip(question, answers.to_pylist(), joined_to.tolist(), empty.tolist(), strict=True)
    for text, answer, row, nothing in cells:
        if text == asked.comment and row >= 0 and not nothing and comments[place[row]] is None:
            comments[place[row]] = answer
    return pa.chunked_array([pa.array(comments, pa.string())])


def _free(name: str, header: Sequence[str]) -> str:
    taken = {given.casefold() for given in header}
    return name if name not in taken else _free(f"joined {name}", header)


def _listed(values: Sequence[str]) -> str:
    return ", ".join(quote(value) for value in values[:8])
