"""The limits of one file, checked before any parser sees it."""

from typing import Final

from nps_core.errors import FileRefused
from nps_core.intake.text import number_text
from nps_core.language import tr

MAX_FILE_BYTES: Final = 50 * 1024 * 1024
MAX_ROWS: Final = 1_000_000
MAX_COLUMNS: Final = 200
MAX_FIELD_CHARS: Final = 100_000
MAX_UNZIPPED_BYTES: Final = 300 * 1024 * 1024
MAX_ZIP_RATIO: Final = 200
MAX_ZIP_MEMBERS: Final = 1000
MAX_REJECTED: Final = 200_000
"""More rows than this that no reader can take are no longer a list a person can act on."""


def too_many_rows() -> FileRefused:
    """The refusal of a file beyond the row limit.

    >>> str(too_many_rows())[:44]
    'The file has more than 1,000,000 rows. Split'
    """
    return FileRefused(
        tr("The file has more than {n} rows.", n=number_text(MAX_ROWS)),
        remedy=tr("Split the export, by year for example, and upload the parts."),
    )


def too_many_columns(columns: int) -> FileRefused:
    """The refusal of a file beyond the column limit.

    >>> str(too_many_columns(201))[:53]
    'The file has 201 columns; at most 200 can be imported'
    """
    return FileRefused(
        tr(
            "The file has {n} columns; at most {most} can be imported.",
            n=number_text(columns),
            most=MAX_COLUMNS,
        ),
        remedy=tr("Leave out the columns you do not need and export again."),
    )


def no_data_rows(header: tuple[str, ...] = ()) -> FileRefused:
    """The refusal of a file that has a header at most.

    >>> str(no_data_rows())[:39]
    'The file has no data rows, only a heade'
    """
    return FileRefused(
        tr("The file has no data rows, only a header."),
        remedy=tr("Check the date range of the export and export again."),
        header=header,
    )
