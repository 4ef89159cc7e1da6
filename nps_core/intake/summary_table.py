"""Tables of counts: one row for each score with how many gave it is no list of responses."""

from typing import Final

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from nps_core import columns as c
from nps_core.errors import FileRefused
from nps_core.intake.columnar import blank
from nps_core.intake.mapping import IGNORE, SEGMENT, Mapping
from nps_core.intake.raw import RawTable
from nps_core.intake.text import fold_header, phrases, quote
from nps_core.language import tr

_COUNTS: Final = phrases("""
    count | counts | n | responses | number of responses | response count | frequency | freq
    total | total responses | answers | number of answers | respondents | nombre
    nombre de reponses | reponses | anzahl | anzahl antworten | antworten | haufigkeit
    cantidad | respuestas | numero de respuestas | frecuencia | quantidade | respostas
    numero de respostas | frequencia | aantal | aantal antwoorden | antwoorden
""")
_MOST_ROWS: Final = 10_000
_SINGLE: Final = (c.RESPONSE_ID, c.RESPONDENT_ID, c.COMMENT)


def refuse_counts(raw: RawTable, mapping: Mapping) -> None:
    """Raise `FileRefused` for a table that says how often each score was given.

    It has a column of whole numbers named like a count, no ids, people or comments, and never
    the same values twice beside that count.

    >>> from nps_core.intake.raw import line_numbers, table_of
    >>> table = table_of([["9", "10"], ["31", "40"]])
    >>> raw = RawTable(("score", "count"), table, line_numbers([2, 3]))
    >>> refuse_counts(raw, Mapping((("score", "score"),)))
    Traceback (most recent call last):
        ...
    nps_core.errors.FileRefused: The file looks like a table of counts, not like single responses. \
The column “count” seems to say how often each score was given. Export the single responses.
    """
    if any(map(mapping.header_of, _SINGLE)) or not 2 <= raw.table.num_rows <= _MOST_ROWS:
        return
    for header in raw.header:
        if mapping.role_of(header) not in (None, SEGMENT, IGNORE):
            continue
        if fold_header(header) not in _COUNTS or not _whole(raw, header):
            continue
        beside = [
            column
            for name, column in zip(raw.header, raw.table.columns, strict=True)
            if name != header
        ]
        frame = pd.DataFrame({i: column.to_pandas() for i, column in enumerate(beside)})
        if not frame.duplicated().any():
            raise FileRefused(
                tr("The file looks like a table of counts, not like single responses."),
                tr(
                    "The column {name} seems to say how often each score was given.",
                    name=quote(header),
                ),
                tr("Export the single responses."),
                header=raw.header,
            )


def _whole(raw: RawTable, header: str) -> bool:
    """Whether a column holds whole numbers only, most of them above 1."""
    cells = raw.column(header).filter(~blank(raw.column(header)))
    if not len(cells) or not pc.all(pc.match_substring_regex(cells, r"^\s*\d{1,9}\s*$")).as_py():
        return False
    numbers = pc.utf8_trim_whitespace(cells).cast("int64").to_numpy()
    return bool(np.median(numbers) > 1)
