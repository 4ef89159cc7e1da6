"""JSON and JSON Lines into a `RawTable`: one object a record, nested objects flattened."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from nps_core.errors import FileRefused
from nps_core.intake import limits
from nps_core.intake.collect import CHUNK, Collector
from nps_core.intake.encoding import decide_encoding
from nps_core.intake.raw import Container, RawTable
from nps_core.intake.text import number_text
from nps_core.language import mark, tr

_WRAPPERS: Final = ("results", "responses", "data", "items", "records", "rows", "surveys", "values")
_SPACE: Final = re.compile(r"[\s\ufeff]*")
_MOST_BRACKETS: Final = 8_000_000
_TWICE: Final = " ({})"
_AGAIN: Final = mark("Export it again, as JSON, CSV or XLSX.")

Progress = Callable[[float], None]


class _Number(str):
    """A number exactly as the file wrote it, NaN and Infinity too."""

    __slots__ = ()


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object with every key kept: a second "score" becomes "score (2)"."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    found = {}
    for key, value in pairs:
        name, number = key, 2
        while name in found:
            name, number = f"{key}{_TWICE.format(number)}", number + 1
        found[name] = value
    return found


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_pairs,
    parse_float=_Number,
    parse_int=_Number,
    parse_constant=_Number,
    strict=False,
)


def read_document(data: bytes, progress: Progress | None = None) -> RawTable:
    """Read a list of objects, one inside an object ("results", "responses", ...), or JSON Lines.

    Nested objects become columns such as "person.email", lists stay JSON text, numbers stay as
    they are written. `lines` are record numbers, for JSON Lines physical lines. Raises
    `FileRefused`.

    >>> raw = read_document(b'[{"score": 9.0, "person": {"email": "a@b.co"}}]')
    >>> raw.header, raw.column("score").to_pylist()
    (('score', 'person.email'), ['9.0'])
    """
    if data.count(b"{") + data.count(b"[") > _MOST_BRACKETS:
        raise FileRefused(
            tr("The JSON has too many small parts to be responses."), remedy=tr(_AGAIN)
        )
    text = decide_encoding(data)
    with text.open() as file:
        content = file.read()
    kind: Container = "json"
    try:
        if _is_lines(content):
            kind = "jsonl"
            records = _each_line(content)
        else:
            records = _each_record(content)
        table = _collect(records, kind, len(content), progress, text.remarks)
    except RecursionError:
        raise FileRefused(tr("The JSON is nested too deeply."), remedy=tr(_AGAIN)) from None
    except ValueError as error:
        if isinstance(error, FileRefused):
            raise
        line = number_text(getattr(error, "lineno", 1))
        at = tr("Reading stopped at line {line}.", line=line)
        raise FileRefused(tr("The JSON is damaged or incomplete."), at, tr(_AGAIN)) from None
    return table


def _is_lines(content: str) -> bool:
    """Whether there is one object a line: a first line that is whole, and something behind it."""
    first, _, rest = content.lstrip("\ufeff \t\r\n").partition("\n")
    if not first.startswith("{") or not rest.strip():
        return False
    try:
        _, end = _DECODER.raw_decode(first)
    except ValueError:
        return False
    return not first[end:].strip()


def _each_line(content: str) -> Iterator[tuple[int, int, Any]]:
    at = 0
    number = 0
    while at < len(content):
        end = content.find("\n", at)
        end = len(content) if end < 0 else end
        line, number = content[at:end].strip("\ufeff \t\r\n"), number + 1
        at = end + 1
        if not line:
            yield number, at, None
            continue
        try:
            value, stop = _DECODER.raw_decode(line)
        except ValueError:
            value, stop = line, len(line)
        yield number, at, value if stop == len(line) else line


def _each_record(content: str) -> Iterator[tuple[int, int, Any]]:
    at = _skip(content, 0)
    if content[at : at + 1] == "[":
        yield from _each_element(content, at)
        return
    if content[at : at + 1] != "{":
        raise FileRefused(tr("The file holds no JSON list or object."), remedy=tr(_AGAIN))
    start = _find_list(content, at, _WRAPPERS)
    if start is None:
        start = _find_list(content, at, None)
    if start is not None:
        yield from _each_element(content, start)
        return
    value, end = _DECODER.raw_decode(content, at)
    if content[end:].strip():
        raise json.JSONDecodeError("Extra data", content, end)
    if not any(not isinstance(cell, list | dict) for cell in value.values()):
        raise FileRefused(
            tr("The JSON holds no list of responses."),
            remedy=tr("Export a list of objects, one for each response."),
        )
    yield 1, end, value


def _skip(content: str, at: int) -> int:
    found = _SPACE.match(content, at)
    return found.end() if found else at


def _find_list(content: str, at: int, wanted: tuple[str, ...] | None) -> int | None:
    """Where the list of objects starts inside an object; any such list when none is wanted."""
    at = _skip(content, at + 1)
    while content[at : at + 1] == '"':
        key, at = _DECODER.raw_decode(content, at)
        at = _skip(content, at)
        if content[at : at + 1] != ":":
            raise json.JSONDecodeError("Expecting ':'", content, at)
        at = _skip(content, at + 1)
        if wanted is None or key.casefold() in wanted:
            if content[at : at + 1] == "[":
                inner = _skip(content, at + 1)
                if content[inner : inner + 1] == "{":
                    return at
            if content[at : at + 1] == "{" and (
                (found := _find_list(content, at, wanted)) is not None
            ):
                return found
        _, at = _DECODER.raw_decode(content, at)
        at = _skip(content, at)
        if content[at : at + 1] == ",":
            at = _skip(content, at + 1)
    return None


def _each_element(content: str, at: int) -> Iterator[tuple[int, int, Any]]:
    """The elements of a list one by one, so that only one is held at a time."""
    at, number = _skip(content, at + 1), 0
    while content[at : at + 1] != "]":
        value, at = _DECODER.raw_decode(content, at)
        number += 1
        yield number, at, value
        at = _skip(content, at)
        if content[at : at + 1] == ",":
            at = _skip(content, at + 1)
        elif content[at : at + 1] != "]":
            raise json.JSONDecodeError("Expecting ','", content, at)


def _collect(
    records: Iterator[tuple[int, int, Any]],
    kind: Container,
    size: int,
    progress: Progress | None,
    remarks: tuple[str, ...],
) -> RawTable:
    collector = Collector(())
    known: dict[str, int] = {}
    rows: list[dict[str, str | None]] = []
    lines: list[int] = []

    def flush(at: int) -> None:
        collector.widen(tuple(known))
        collector.add([row.get(name) for row in rows for name in known], lines)
        rows.clear()
        lines.clear()
        if progress:
            progress(min(at / max(size, 1), 1.0))

    at = 0
    for number, at, value in records:
        if not isinstance(value, dict):
            if value is None or value == []:
                collector.ignored_blank += 1
            else:
                collector.reject(number, "", _json(value), "not_a_response")
            continue
        row: dict[str, str | None] = {}
        _flatten(value, "", row)
        if not any(row.values()):
            collector.ignored_blank += 1
            continue
        for name in row:
            known.setdefault(name, len(known))
        if len(known) > limits.MAX_COLUMNS:
            raise limits.too_many_columns(len(known))
        rows.append(row)
        lines.append(number)
        if len(rows) == CHUNK:
            flush(at)
    if rows:
        flush(at)
    twice = tuple(name[:-4] for name in known if name.endswith(" (2)") and name[:-4] in known)
    return collector.table(kind, duplicate_headers=twice, remarks=remarks)


def _flatten(value: dict[str, Any], prefix: str, row: dict[str, str | None]) -> None:
    for key, cell in value.items():
        name = f"{prefix}{key.strip()}"
        if isinstance(cell, dict):
            _flatten(cell, f"{name}.", row)
            continue
        unique, number = name, 2
        while unique in row:
            unique, number = f"{name}{_TWICE.format(number)}", number + 1
        row[unique] = _cell(cell)


def _cell(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value) if isinstance(value, str) else _json(value)


def _json(value: Any) -> str:
    """JSON text again, with the numbers as they were written."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_json, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{json.dumps(k)}: {_json(v)}' for k, v in value.items())}}}"
    return json.dumps(value, ensure_ascii=False)
