"""The one door of the reading half: the bytes of any file into a `RawTable`."""

from collections.abc import Callable

from nps_core.intake.container import kind_of
from nps_core.intake.delimited import read_delimited
from nps_core.intake.documents import read_document
from nps_core.intake.parquet import read_parquet
from nps_core.intake.raw import RawTable
from nps_core.intake.workbook import read_workbook


def read_table(
    data: bytes, filename: str, progress: Callable[[float], None] | None = None
) -> RawTable:
    """Read any survey export as a table of text, by what its bytes are.

    Of `filename` only the ending is looked at; `progress` is called now and then with the share
    (0..1) that was read. Raises `FileRefused` for everything that cannot be read, and nothing
    else.

    >>> read_table(b"id,score\\na,9\\n", "answers.csv").header
    ('id', 'score')
    """
    readers = {
        "workbook": read_workbook,
        "parquet": read_parquet,
        "document": read_document,
        "delimited": read_delimited,
    }
    return readers[kind_of(data, filename)](data, progress)
