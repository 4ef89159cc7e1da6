"""What scale a column of answers is on, when it is not 0 to 10."""

from dataclasses import dataclass
from typing import Final

from nps_core.columns import HIGHEST_SCORE
from nps_core.intake.scores import parse_score
from nps_core.intake.text import quote
from nps_core.language import tr

_FLAG_ROWS: Final = 4
_STAR_ROWS: Final = 10
_SEVEN_ROWS: Final = 20
_REMARK_ROWS: Final = 10


@dataclass(frozen=True)
class Scale:
    """A suspicion about a whole column.

    `kind` is "" for nothing to say, "no_zero" for a remark, "stars" for a question, else a reason
    to refuse the column. `looks` completes "The column looks like ...".
    """

    kind: str = ""
    looks: str = ""


def scale_of(counts: dict[str, int]) -> Scale:
    """What the distinct texts of a score column, with how many rows hold each, look like.

    >>> scale_of({"0": 30, "1": 50}).looks
    'a yes/no flag: it holds only 0 and 1'
    >>> scale_of({str(n): 5 for n in range(11)})
    Scale(kind='', looks='')
    """
    numbers: dict[float, int] = {}
    labels: dict[str, int] = {}
    for text, rows in counts.items():
        score, reason = parse_score(text)
        value = float(score) if score is not None else _number(text)
        if value is not None:
            numbers[value] = numbers.get(value, 0) + rows
        elif reason == "score_not_a_number":
            labels[text.strip()] = labels.get(text.strip(), 0) + rows
    rows = sum(numbers.values())
    if sum(labels.values()) > rows:
        common = sorted(labels, key=lambda label: (-labels[label], label))[:4]
        shown = ", ".join(quote(label, 40) for label in common)
        return (
            Scale("labels", tr("labels without numbers ({labels})", labels=shown))
            if not rows
            else Scale()
        )
    if not rows:
        return Scale()
    low, high, found = min(numbers), max(numbers), set(numbers)
    if found <= {-100.0, 0.0, 100.0} and found & {-100.0, 100.0} and rows >= 3:
        return Scale(
            "weights", tr("the weights -100, 0 and 100 of the NPS classes, not the answers")
        )
    over = sum(n for value, n in numbers.items() if value > HIGHEST_SCORE)
    if low >= 0 and HIGHEST_SCORE < high <= 100 and over * 2 > rows and rows >= 3:
        return Scale(
            "hundred", tr("a scale of 0 to 100: it holds values up to {high}", high=f"{high:g}")
        )
    if found == {0.0, 1.0} and rows >= _FLAG_ROWS:
        return Scale("flag", tr("a yes/no flag: it holds only 0 and 1"))
    if low >= 0 and 2 <= high <= 5 and rows >= _STAR_ROWS and len(found) >= 2:
        first = "1" if low >= 1 else "0"
        looks = tr("a scale of {first} to 5, such as stars: it holds nothing above 5", first=first)
        return Scale("stars", looks)
    if low >= 1 and 6 <= high <= 7 and rows >= _SEVEN_ROWS and len(found) >= 4:
        return Scale("seven", tr("a scale of 1 to 7: it holds no 0 and nothing above 7"))
    if low == 1 and high == HIGHEST_SCORE and rows >= _REMARK_ROWS:
        return Scale("no_zero", tr("a scale of 1 to 10: it holds no 0"))
    return Scale()


def _number(text: str) -> float | None:
    try:
        return float(text.strip().replace(",", ".").removesuffix("%"))
    except ValueError:
        return None
