"""Which rows of a file are its header: titles above it, and one, two or three rows of it."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from nps_core.errors import FileRefused
from nps_core.intake.text import number_text, quote
from nps_core.language import tr, tr_plural

Row = Sequence[str]

_LOOK_AHEAD: Final = 20
_NUMBER: Final = re.compile(r"[+-]?\d+([.,]\d+)?%?")
_DATE: Final = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([T ].*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}([T ,].*)?"
)
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]+")
_LEGACY_CODE: Final = re.compile(r"V\d+")
_IMPORT_ID: Final = re.compile(r'^\s*\{\s*"ImportId"')
_OWN_LABELS: Final = re.compile(
    "response|open-ended response|réponse|réponse ouverte|respuesta|respuesta abierta|antwort"
    "|offene antwort|resposta|resposta aberta|antwoord",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Layout:
    """The header found in the first rows of a file.

    `first` is the position of the first data row among the rows given; `header` has unique names,
    `questions` the text of the second header row or "", `duplicate_headers` the names that stood
    there more than once.
    """

    first: int
    header: tuple[str, ...]
    questions: tuple[str, ...]
    duplicate_headers: tuple[str, ...] = ()
    timezone: str | None = None
    remarks: tuple[str, ...] = ()


def find_header(rows: Sequence[Row]) -> Layout:
    """Find the header in the first rows (60 are plenty) of a file.

    Rows above it with fewer cells are titles and left out with a remark. A file that starts with
    data gets the names "Column 1", "Column 2", ... and keeps every row. Raises `FileRefused` when
    all the rows are blank.

    >>> find_header([["NPS 2025", ""], ["id", "score"], ["a", "9"]]).header
    ('id', 'score')
    """
    if not any(map(_filled, rows)):
        raise FileRefused(tr("The file is empty."), remedy=tr("Export it again and upload that."))
    at = _header_position(rows)
    if at is None:
        width = _width(rows)
        header = tuple(f"Column {i + 1}" for i in range(width))
        remark = tr(
            "The first row looks like data, not like column names: the columns were numbered."
        )
        return Layout(0, header, ("",) * width, remarks=(remark,))
    remarks: tuple[str, ...] = ()
    above = [row for row in rows[:at] if _filled(row)]
    if above:
        title = next(cell for cell in above[0] if cell.strip())
        remarks = (
            tr_plural(
                "1 row above the header left out, from {title} on.",
                "{n} rows above the header left out, from {title} on.",
                len(above),
                n=number_text(len(above)),
                title=quote(title),
            ),
        )
    return replace(_trimmed(_layout_at(rows, at), rows), remarks=remarks)


def _trimmed(layout: Layout, rows: Sequence[Row]) -> Layout:
    """Without the columns that only a delimiter at the end of each line, or a format, made."""
    width = len(layout.header)
    data = rows[layout.first :]
    while (
        width > 1
        and layout.header[width - 1] == f"Column {width}"
        and not any(row[width - 1].strip() for row in data if len(row) >= width)
    ):
        width -= 1
    return replace(layout, header=layout.header[:width], questions=layout.questions[:width])


def _layout_at(rows: Sequence[Row], at: int) -> Layout:
    top = [cell.strip("\ufeff \t\r\n\xa0") for cell in rows[at]]
    below = [list(row) + [""] * (len(top) - len(row)) for row in rows[at + 1 : at + 3]]
    for depth, row in enumerate(below):
        cells = [cell for cell in row if cell.strip()]
        if cells and all(_IMPORT_ID.match(cell) for cell in cells):
            questions = below[0] if depth else [""] * len(top)
            return _named(top, questions, at + depth + 2, _zone(cells))
    second = below[0] if below else []
    if second and sum(map(bool, map(_LEGACY_CODE.fullmatch, top))) >= 3 and _is_text(second):
        return _named(top, second, at + 2)
    if second and _is_label_row(top, second):
        return _named(_joined(top, second), second, at + 2)
    if second and _is_question_row(top, second, rows[at + 2 :]):
        return _named(top, second, at + 2)
    return _named(top, [], at + 1)


def _header_position(rows: Sequence[Row]) -> int | None:
    """The row of the header, or None when the file starts with data."""
    width = _width(rows)
    near = [row for row in rows if abs(len(row) - width) <= 1]
    fullest = max((_filled(row) for row in near), default=0)
    enough = max(min(2, width), fullest / 2)
    found: int | None = None
    least = enough
    for i, row in enumerate(rows[:_LOOK_AHEAD]):
        if abs(len(row) - width) > 1 or _filled(row) < least:
            continue
        # A title block may hold a few cells a row; only a much fuller row is the header below it.
        least = 1.5 * _filled(row)
        if _is_text(row):
            found = i
    if found is not None:
        return found
    for i, row in enumerate(rows[:_LOOK_AHEAD]):
        if abs(len(row) - width) <= 1 and _filled(row) >= enough:
            return i if _names_numbers(row, rows[i + 1 :]) else None
    return next(i for i, row in enumerate(rows) if _filled(row))


def _width(rows: Sequence[Row]) -> int:
    """The commonest width; rows of one cell are titles or broken wherever there are others."""
    lengths = Counter(len(row) for row in rows if _filled(row))
    return max(lengths, key=lambda n: (n > 1, lengths[n], n))


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell.strip())


def _is_data(cell: str) -> bool:
    cell = cell.strip()[:100]
    return any(pattern.fullmatch(cell) for pattern in (_NUMBER, _DATE, _EMAIL))


def _is_text(row: Row) -> bool:
    return not any(_is_data(cell) for cell in row)


def _names_numbers(row: Row, rest: Sequence[Row]) -> bool:
    """Whether a row with names such as "2024" still names columns: no date, text over numbers."""
    cells = [cell.strip()[:100] for cell in row]
    if any(_DATE.fullmatch(cell) or _EMAIL.fullmatch(cell) for cell in cells):
        return False
    typed = _typed(len(row), rest)
    return bool(typed) and 2 * sum(not _is_data(cells[i]) for i in typed) >= len(typed)


def _typed(width: int, rest: Sequence[Row]) -> list[int]:
    """The columns with a number, a date or an address in four of five rows."""
    rest = [row for row in rest if len(row) == width]
    return [
        i for i in range(width) if rest and sum(_is_data(row[i]) for row in rest) >= 0.8 * len(rest)
    ]


def _is_label_row(top: Row, second: Row) -> bool:
    """SurveyMonkey's second row: blank under the fixed columns, an answer's label under others."""
    cells = [cell.strip() for cell in second if cell.strip()]
    if not cells or not all(second[i].strip() for i, name in enumerate(top) if not name):
        return False
    if len(cells) == len(second) or second[0].strip() or not top[0]:
        return False
    own = any(_OWN_LABELS.fullmatch(cell) for cell in cells)
    return own or ("" in top and not any(_DATE.fullmatch(cell[:100]) for cell in cells))


def _is_question_row(top: Row, second: Row, rest: Sequence[Row]) -> bool:
    """A second row of texts, where every later row has numbers or dates in the same columns."""
    if not rest or not _is_text(second) or _filled(second) < _filled(top):
        return False
    asks = any(cell.strip().endswith("?") or len(cell) > 25 for cell in second)
    return asks and len(_typed(len(top), rest)) >= 2


def _joined(top: Row, second: Row) -> list[str]:
    """The question carried on over its empty cells, with the label where it is needed."""
    carried: list[str] = []
    for name in top:
        carried.append(name or (carried[-1] if carried else ""))
    times = Counter(carried)
    return [
        f"{name} - {label.strip()}" if times[name] > 1 and label.strip() else name
        for name, label in zip(carried, second, strict=False)
    ]


def _zone(cells: Sequence[str]) -> str | None:
    for cell in cells:
        try:
            zone = json.loads(cell).get("timeZone")
        except (ValueError, AttributeError, RecursionError):
            continue
        if isinstance(zone, str) and zone:
            return "UTC" if zone == "Z" else zone[:64]
    return None


def _named(names: Row, questions: Row, first: int, timezone: str | None = None) -> Layout:
    header, repeated = unique_names(names)
    texts = [question.strip() for question in questions] + [""] * len(names)
    return Layout(first, header, tuple(texts[: len(names)]), repeated, timezone)


def unique_names(names: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names made unique, and those that were not; a missing name becomes its position.

    >>> unique_names(["score", "", "score"])
    (('score', 'Column 2', 'score (2)'), ('score',))
    """
    taken: set[str] = set(names)
    seen: set[str] = set()
    repeated: dict[str, None] = {}
    header = []
    for i, name in enumerate(names):
        base, unique, number = name or f"Column {i + 1}", name or f"Column {i + 1}", 2
        if name in seen:
            repeated[name] = None
        while unique in seen or (unique != name and unique in taken):
            unique, number = f"{base} ({number})", number + 1
        seen.add(unique)
        header.append(unique)
    return tuple(header), tuple(name for name in repeated if name)
