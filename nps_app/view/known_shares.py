"""The known make-up of the customer base, as a person types or uploads it."""

import csv
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from nps_app.view.tables import UNKNOWN, count_text, figures_text, value_label
from nps_core.language import FRENCH, current_language, tr, tr_plural

SETTING: Final = "known_shares"
SHARE: Final = "share"
_MOST_ROWS: Final = 500
_MOST_BYTES: Final = 200_000

Values = tuple[str | None, ...]


@dataclass(frozen=True)
class KnownShares:
    """The share of customers with each combination of values of `columns`, on any scale."""

    columns: tuple[str, ...]
    shares: tuple[tuple[Values, float], ...]

    @classmethod
    def from_setting(cls, stored: Any) -> "KnownShares | None":
        """Read a stored setting; None for anything that is not one.

        >>> KnownShares.from_setting({"columns": ["plan"], "shares": [[["Pro"], 20], [[None], 1]]})
        KnownShares(columns=('plan',), shares=((('Pro',), 20.0), ((None,), 1.0)))
        >>> KnownShares.from_setting({"columns": []}) is None
        True
        """
        try:
            columns = tuple(str(name) for name in stored["columns"])
            shares = tuple((tuple(values), float(share)) for values, share in stored["shares"])
        except (KeyError, TypeError, ValueError):
            return None
        fits = columns and all(len(values) == len(columns) for values, _ in shares)
        sane = all(share >= 0 for _, share in shares) and sum(share for _, share in shares) > 0
        return cls(columns, shares) if fits and sane else None

    def to_setting(self) -> dict[str, Any]:
        """Give what the store keeps."""
        return {
            "columns": list(self.columns),
            "shares": [[list(values), share] for values, share in self.shares],
        }


@dataclass(frozen=True)
class CheckedShares:
    """What is typed so far: the shares if they can be used, what hinders, and what to know."""

    known: KnownShares | None
    problems: tuple[str, ...]
    remarks: tuple[str, ...]


def check_shares(
    columns: Sequence[str],
    rows: Sequence[tuple[Values, Any]],
    responses: Mapping[Values, int],
) -> CheckedShares:
    """Whether typed shares can be used, in words; `responses` counts each combination of values.

    Shares may be percentages or counts of customers: they are divided by their sum.

    >>> found = check_shares(["plan"], [(("Pro",), "20 %"), (("Free",), 79)], {("Free",): 9})
    >>> found.known.shares
    ((('Pro',), 20.0), (('Free',), 79.0))
    >>> found.remarks[0]
    'The shares add up to 99; they are divided by that sum.'
    """
    problems: list[str] = []
    shares: dict[Values, float] = {}
    for values, given in rows:
        if given is None or str(given).strip() in ("", "nan", "None", "<NA>"):
            continue
        share = _number(given)
        if share is None:
            problems.append(
                tr(
                    "“{given}” for {values} is no number from 0 on.",
                    given=given,
                    values=_name(values),
                )
            )
        elif values in shares:
            problems.append(tr("{values} is named twice.", values=_name(values)))
        else:
            shares[values] = share
    total = sum(shares.values())
    if not problems and not total:
        problems.append(tr("Give at least one value a share above 0."))
    said = figures_text(f"{total:,.6g}")
    if math.isclose(total, 100, abs_tol=0.05) or math.isclose(total, 1, abs_tol=0.0005):
        remarks = [tr("The shares add up to {total}.", total=said)]
    else:
        remarks = [tr("The shares add up to {total}; they are divided by that sum.", total=said)]
    without = sorted(
        (values for values in responses if values not in shares), key=lambda v: -responses[v]
    )
    if without:
        n = sum(responses[values] for values in without)
        remarks.append(
            tr_plural(
                "Without a share: {values}; {n} response is left out of this score.",
                "Without a share: {values}; {n} responses are left out of this score.",
                n,
                values=_listed(without),
                n=count_text(n),
            )
        )
    unknown = [values for values, share in shares.items() if share and not responses.get(values)]
    if unknown:
        remarks.append(
            tr(
                "No responses have {values}: the other shares stand for them as well.",
                values=_listed(unknown),
            )
        )
    known = None if problems else KnownShares(tuple(columns), tuple(shares.items()))
    return CheckedShares(known, tuple(problems), tuple(remarks) if total else ())


def read_shares(data: bytes, columns: Sequence[str]) -> list[tuple[Values, str]]:
    """The rows of a CSV file with the columns' values and a share in its last column.

    A first row whose last cell is no number is a header. "Unknown" and an empty cell stand for a
    missing value. Raises ValueError, in words fit to be shown, for a file of another form.

    >>> read_shares(b"plan,share\\nPro,20\\n,5\\n", ["plan"])
    [(('Pro',), '20'), ((None,), '5')]
    """
    if len(data) > _MOST_BYTES:
        raise ValueError(tr("The file is larger than a small table of shares can be."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(tr("The file is no CSV text in UTF-8.")) from None
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    table = [
        row for row in csv.reader(io.StringIO(text), delimiter=mark) if any(map(str.strip, row))
    ]
    if table and _number(table[0][-1]) is None:
        table = table[1:]
    wide = len(columns) + 1
    if not table or len(table) > _MOST_ROWS or any(len(row) != wide for row in table):
        raise ValueError(
            tr(
                "The file must have 1 to {most} rows of {wide} columns: {columns} and the share.",
                most=_MOST_ROWS,
                wide=wide,
                columns=", ".join(columns),
            )
        )
    return [(tuple(map(_value, row[:-1])), row[-1].strip()) for row in table]


def _value(cell: str) -> str | None:
    text = cell.strip()
    return None if text in ("", UNKNOWN, tr(UNKNOWN)) else text


def _number(given: Any) -> float | None:
    text = re.sub(r"[%\s]", "", str(given))
    # French reads "20,5" as twenty and a half; elsewhere a comma parts thousands.
    text = text.replace(",", "." if current_language() == FRENCH else "")
    try:
        share = float(text)
    except ValueError:
        return None
    return share if math.isfinite(share) and share >= 0 else None


def _name(values: Values) -> str:
    return " / ".join(map(value_label, values))


def _listed(several: Sequence[Values]) -> str:
    named = ", ".join(tr("“{name}”", name=_name(values)) for values in several[:5])
    more = len(several) - 5
    if more <= 0:
        return named
    return tr_plural("{names} and {n} more", "{names} and {n} more", more, names=named, n=more)
