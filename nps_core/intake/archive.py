"""The zip container of a workbook, checked and searched before a workbook parser opens it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from nps_core.errors import FileRefused
from nps_core.intake import limits
from nps_core.intake.text import number_text, quote
from nps_core.language import mark, tr

_STEP: Final = 1 << 20
_DECLARED: Final = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']""", re.IGNORECASE)
_UTF8: Final = frozenset((b"utf-8", b"utf8", b"us-ascii", b"ascii"))
_AGAIN: Final = mark("Download or export it again and upload that.")


def open_workbook_archive(data: bytes) -> zipfile.ZipFile:
    """The zip of a workbook, every part of it read once and found harmless.

    Raises `FileRefused` for a damaged or encrypted zip, one that is no workbook, doubled members,
    sizes and ratios beyond the limits, macros, and document types (DTDs) in any part.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        raise damaged() from None
    members = archive.infolist()
    _check_listing(members, len(data))
    names = {member.filename for member in members}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused(
            tr("The workbook contains macros."),
            remedy=tr("Save it as .xlsx, without macros, or as CSV."),
        )
    if "xl/workbook.bin" in names:
        raise FileRefused(
            tr("This is a binary workbook (.xlsb)."), remedy=tr("Save it as .xlsx or CSV.")
        )
    if "xl/workbook.xml" not in {name.lower() for name in names}:
        raise FileRefused(
            tr("This is a ZIP archive, not an Excel workbook."),
            remedy=tr("Unpack it and upload the files inside, as CSV, XLSX, JSON or Parquet."),
        )
    for member in members:
        _check_part(archive, member)
    return archive


def damaged() -> FileRefused:
    """The refusal of a workbook that cannot be read to its end.

    >>> str(damaged())
    'The workbook is damaged or incomplete. Download or export it again and upload that.'
    """
    return FileRefused(tr("The workbook is damaged or incomplete."), remedy=tr(_AGAIN))


def _check_listing(members: list[zipfile.ZipInfo], size: int) -> None:
    if len(members) > limits.MAX_ZIP_MEMBERS:
        raise FileRefused(
            tr(
                "The workbook has {n} parts; at most {most} are read.",
                n=number_text(len(members)),
                most=number_text(limits.MAX_ZIP_MEMBERS),
            )
        )
    names = [member.filename.replace("\\", "/").lower().lstrip("/") for member in members]
    if len(set(names)) < len(names):
        raise FileRefused(
            tr("The workbook is damaged: it holds one of its parts twice."), remedy=tr(_AGAIN)
        )
    if any(member.flag_bits & 0x1 for member in members):
        raise FileRefused(
            tr("The workbook is protected by a password."),
            remedy=tr("Save it without the password, or as CSV, and upload that."),
        )
    total = sum(member.file_size for member in members)
    ratio = max(
        [total / max(size, 1)]
        + [m.file_size / max(m.compress_size, 1) for m in members if m.file_size > _STEP]
    )
    if total > limits.MAX_UNZIPPED_BYTES or ratio > limits.MAX_ZIP_RATIO:
        raise FileRefused(
            tr(
                "The workbook would unpack to {size} MB, too much for its size.",
                size=number_text(round(total / 1024**2)),
            ),
            tr(
                "At most {size} MB and {times} times its own size are read.",
                size=limits.MAX_UNZIPPED_BYTES // 1024**2,
                times=limits.MAX_ZIP_RATIO,
            ),
            tr("Save the sheet as CSV and upload that."),
        )


def pieces_of(archive: zipfile.ZipFile, member: zipfile.ZipInfo | str) -> Iterator[bytes]:
    """A part in pieces of a megabyte; raises `FileRefused` where it is damaged."""
    try:
        with archive.open(member) as part:
            while piece := part.read(_STEP):
                yield piece
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        KeyError,
        MemoryError,
    ):
        raise damaged() from None


def _check_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    tail = b""
    for piece in pieces_of(archive, member):
        if not tail and member.filename.lower().endswith((".xml", ".rels", ".vml")):
            declared = _DECLARED.match(piece.lstrip(b"\xef\xbb\xbf \t\r\n")[:200])
            if b"\0" in piece[:200] or (declared and declared[1].lower() not in _UTF8):
                raise FileRefused(
                    tr("A part of the workbook is not in UTF-8."),
                    tr("It is {part}.", part=quote(member.filename)),
                    tr("Save it as CSV, or as .xlsx with another program."),
                )
        seen = tail + piece
        if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
            raise FileRefused(
                tr("XML document types are not allowed in a workbook."),
                tr("There is one in {part}.", part=member.filename[:80]),
                tr("Save the sheet as CSV and upload that."),
            )
        tail = piece[-16:]
