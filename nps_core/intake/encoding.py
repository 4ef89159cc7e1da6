"""Which encoding a whole text file is in, and its lines, without ever holding all of it decoded."""

import codecs
import io
import re
from dataclasses import dataclass
from itertools import islice
from typing import Final, TextIO

from nps_core.errors import FileRefused
from nps_core.intake.text import number_text
from nps_core.language import tr, tr_plural

_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STEP: Final = 1 << 20
_NON_ASCII: Final = re.compile(rb"[^\x00-\x7f]+")
_WORD: Final = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_BROKEN: Final = re.compile("[\udc80-\udcff]")
_DOUBLE_ENCODED: Final = re.compile(rb"\xc3[\x82\x83]\xc2[\x80-\xbf]")

_LATIN: Final[tuple[tuple[str, str], ...]] = (
    ("cp1252", "éèêëàâäáãåçîïíìôöóòõøûüúùñœæßÿÉÈÊÀÂÄÁÇÎÍÔÖÓØÛÜÚÑ"),
    ("cp1250", "ąćęłńóśźżáčďéěíňřšťúůýžőűöüäôľĺŕĄĆĘŁŃÓŚŹŻČŘŠŽÝÁÍÉŐŰÖÜ"),
    ("cp1254", "çğıöşüÇĞİÖŞÜâîû"),
    ("mac_roman", "éèêëàâäáãåçîïíìôöóòûüúùñœæßÉÈÊÀÂÄÁÇÎÍÔÖÓÛÜÚÑ"),
    ("cp850", "éèêëàâäáãåçîïíìôöóòøûüúùñæßÉÈÊÀÂÄÁÇÎÍÔÖÓØÛÜÚÑ"),
)
_SCRIPTS: Final[tuple[tuple[str, str], ...]] = (
    ("cp1251", "оеаинтсрвлкмдпуяОЕАИНТСРВЛ"),
    ("koi8_r", "оеаинтсрвлкмдпуяОЕАИНТСРВЛ"),
    ("cp1253", "αοιετσνηυρπκμλςόάίέΑΟΙΕΤΣΝΗ"),
    ("cp1255", "יוהלאתרבשמנםדח"),
    ("cp1256", "اليمنوترهبدعةسفكق"),
)
"""For each single-byte encoding the letters, beside A-Z, that make up most of a text in it."""

_WIDE: Final = ("cp932", "gb18030", "cp949", "big5", "euc_jp")
_PUNCTUATION: Final = frozenset("‘’“”„«»‹›…–—€£°§©®™·•¿¡ªº\xa0′″´`№¼½¾²³±×")
_COMMON_HAN: Final = frozenset(
    "的一是不了在人有我他这個们們中来上大为和国地到以说时要就出会可也你对好這來為國說時會對"
)


@dataclass(frozen=True)
class Text:
    """A text file: its bytes, the encoding of all of it, and what a person should know of that.

    The bytes are those of the file, except that UTF-16 and UTF-32 have become UTF-8.
    """

    data: bytes
    encoding: str
    remarks: tuple[str, ...] = ()

    def open(self) -> TextIO:
        r"""Open the file from its start; CR, LF or CRLF end a line and nothing else does.

        A byte that is not valid becomes a lone surrogate, so that its row can be told apart.

        >>> list(decide_encoding("a\rb\u2028c".encode()).open())
        ['a\r', 'b\u2028c']
        """
        return io.TextIOWrapper(
            io.BytesIO(self.data), self.encoding, errors="surrogateescape", newline=""
        )


def decide_encoding(data: bytes) -> Text:
    """Decide one encoding for a whole file: by its mark, its NULs, UTF-8 itself, then letters.

    Raises `FileRefused` for bytes that are no text.

    >>> decide_encoding("dé;çu".encode("cp1252")).encoding
    'cp1252'
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            if encoding == "utf-8-sig":
                return Text(data, encoding, _damage(data))
            return Text(_to_utf8(data, len(mark), encoding), "utf-8")
    wide = _wide_without_mark(data[:4096])
    if wide:
        remark = tr("Read as {name}: the file does not name its encoding.", name=wide.upper())
        return Text(_to_utf8(data, 0, wide), "utf-8", (remark,))
    remarks: tuple[str, ...] = ()
    if data.endswith(b"\0"):
        kept = data.rstrip(b"\0")
        bytes_lost = len(data) - len(kept)
        remarks = (
            tr_plural(
                "The file ends in 1 NUL byte, as after an interrupted copy: rows may be missing "
                "at its end.",
                "The file ends in {n} NUL bytes, as after an interrupted copy: rows may be "
                "missing at its end.",
                bytes_lost,
                n=number_text(bytes_lost),
            ),
        )
        data = kept
    _refuse_binary(data)
    if data.isascii() or _mostly_utf8(data):
        return Text(data, "utf-8", remarks + _damage(data))
    best = _legacy(data)
    if best != "utf-8":
        name = f"Windows-{best[2:]}" if best.startswith("cp125") else best.upper()
        remarks += (tr("Read as {name}: the file is not UTF-8.", name=name),)
    return Text(data, best, remarks)


def _damage(data: bytes) -> tuple[str, ...]:
    if not _DOUBLE_ENCODED.search(data):
        return ()
    return (
        tr(
            "Some accents look like “Ã©”: they were damaged before the file came here. "
            "The text was kept as it is."
        ),
    )


def _wide_without_mark(head: bytes) -> str | None:
    """UTF-16 or UTF-32 by where the NULs of mostly Latin text stand."""
    size = len(head) - len(head) % 4
    if size < 8:
        return None
    zero = [head[i:size:4].count(0) / (size / 4) for i in range(4)]
    if min(zero[1:]) > 0.6 and zero[0] < 0.2:
        return "utf-32-le"
    if min(zero[:3]) > 0.6 and zero[3] < 0.2:
        return "utf-32-be"
    if min(zero[1], zero[3]) > 0.6 and max(zero[0], zero[2]) < 0.2:
        return "utf-16-le"
    if min(zero[0], zero[2]) > 0.6 and max(zero[1], zero[3]) < 0.2:
        return "utf-16-be"
    return None


def _to_utf8(data: bytes, start: int, encoding: str) -> bytes:
    unit = 4 if encoding.startswith("utf-32") else 2
    whole = len(data) - (len(data) - start) % unit
    # What cannot be decoded must stay invalid, so that the row around it is rejected later.
    tail = b"\xff" if whole < len(data) else b""
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    view = memoryview(data)
    pieces = []
    try:
        for at in range(start, whole, _STEP):
            end = min(at + _STEP, whole)
            piece = decoder.decode(view[at:end], final=end == whole)
            pieces.append(piece.encode("utf-8", "surrogatepass"))
    except UnicodeDecodeError:
        raise FileRefused(
            tr(
                "The file starts like {name} text but is damaged further on.",
                name=encoding.upper(),
            ),
            remedy=tr("Save it as CSV in UTF-8 and upload that."),
        ) from None
    return (b"".join(pieces) + tail).rstrip(b"\0")


def _refuse_binary(data: bytes) -> None:
    head = data[: 1 << 16]
    odd = [head.count(bytes([c])) for c in (*range(0, 9), *range(14, 27), 127)]
    # A control character may serve as the delimiter of a whole file: then it is one, not many.
    strange = sum(odd) - max(odd) > max(8, len(head) // 200)
    if (strange and not _is_utf8(head)) or odd[0] > max(64, len(head) // 10):
        raise FileRefused(
            tr("This is not a text file."),
            remedy=tr("Export the survey as CSV or XLSX and upload that file."),
        )


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(data: bytes) -> bool:
    """Whether the file is UTF-8, a few damaged bytes apart."""
    good = bad = 0
    view = memoryview(data)
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    for at in range(0, len(data), _STEP):
        text = decoder.decode(view[at : at + _STEP], final=at + _STEP >= len(data))
        if text.isascii():
            continue
        broken = len(_BROKEN.findall(text))
        bad += broken
        good += len(text) - len(text.encode("ascii", "ignore")) - broken
    return good >= bad


def _legacy(data: bytes) -> str:
    """The encoding in which the letters of the file are the likeliest, or "utf-8" for none."""
    words = b" ".join(m.group() for m in islice(_WORD.finditer(data), 4000))
    runs = [len(run) for run in _NON_ASCII.findall(words)]
    # One odd byte proves no code page: it is taken for the commonest one or for damage.
    alphabets = _LATIN if sum(runs) > 3 else _LATIN[:1]
    if sum(runs) > max(2.4 * len(runs), 12):
        head = data[: 1 << 18]
        head = head[: head.rfind(b"\n") + 1] or head
        for encoding in _WIDE:
            try:
                if _usual_wide(head.decode(encoding), encoding):
                    return encoding
            except UnicodeDecodeError:
                continue
        alphabets += _SCRIPTS
    scores = [_likelihood(words, encoding, usual) for encoding, usual in alphabets]
    best = max(range(len(scores)), key=scores.__getitem__)
    return alphabets[best][0] if scores[best] > 0.3 else "utf-8"


def _usual_wide(text: str, encoding: str) -> bool:
    wide = [c for c in text if c > "\x7f"]
    if encoding in ("cp932", "euc_jp"):
        return sum("\u3040" <= c <= "\u30ff" for c in wide) > 0.25 * len(wide)
    if encoding == "cp949":
        return sum("\uac00" <= c <= "\ud7a3" for c in wide) > 0.8 * len(wide)
    # The commonest forty Chinese characters stand for about a fifth of any text.
    han = sum("\u4e00" <= c <= "\u9fff" for c in wide)
    return han > 0.8 * len(wide) and sum(c in _COMMON_HAN for c in wide) > 0.05 * len(wide)


def _likelihood(words: bytes, encoding: str, usual: str) -> float:
    """The mean of 1 for a usual letter or sign, 0 for a rare one, less for what fits no word."""
    text = words.decode(encoding, "replace")
    latin = any(encoding == name for name, _ in _LATIN)
    points = total = 0.0
    for before, c, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if c <= "\x7f":
            continue
        total += 1
        inside = before.isalpha() and after.isalpha()
        if c == "\ufffd" or c <= "\x9f" or (inside and not c.isalpha() and c != "’"):
            points -= 2
        elif (c.isupper() and before.islower()) or (latin and inside and min(before, after) > "~"):
            # A capital after a small letter, or a Latin word of accents alone: a wrong alphabet.
            points -= 1
        elif c in usual or c in _PUNCTUATION:
            points += 1
        elif not latin and c.isalpha():
            points += 0.3
    return points / total if total else 0.0
