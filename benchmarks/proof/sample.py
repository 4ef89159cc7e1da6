"""The four product changes planted in the sample, read as what they are."""

from pathlib import Path

from benchmarks.proof.promise import Promise
from nps_core import read_responses
from nps_core.intake.changes_file import read_changes
from nps_core.measure import ProductChange, judge

_SECTION = "The four changes planted in the sample"
_SAMPLES = Path(__file__).parents[2] / "samples"
PLANTED = {
    "Single sign-on and audit log": ("up", "+22 for Enterprise, nothing for the others"),
    "New price list": ("down", "-14 for everybody"),
    "New navigation": ("no clear change", "nothing"),
    "Report engine 2": ("no clear change", "+12 within each company size, hidden by the mix"),
}


def promises() -> list[Promise]:
    """The verdict of each with its rivals, against what the generator did."""
    responses = read_responses((_SAMPLES / "responses.csv").read_bytes(), "responses.csv").accepted
    rows = read_changes(
        (_SAMPLES / "product_changes.csv").read_bytes(), "product_changes.csv"
    ).changes
    changes = [ProductChange(row.date, row.title, segments=row.segments) for row in rows]
    found = []
    for change in changes:
        told = judge(responses, change, [other for other in changes if other is not change])
        expected, truth = PLANTED[change.title]
        kept = told.row["verdict"] == expected
        said = f"{told.row['verdict']} ({told.row['low']:.1f} to {told.row['high']:.1f})"
        if change.segments:
            kept &= told.control.verdict == "up" and told.control.detail.control.verdict != "up"
            said += f"; beyond the others {told.control.difference:+.1f}"
        masked = told.masked
        if "mix" in truth:
            kept &= masked is not None and masked.columns == ("company_size",)
        if masked is not None:
            kept &= "mix" in truth
            said += f"; {masked.verdict} {masked.difference:+.1f} at a fixed {masked.columns[0]}"
        claim = f"{change.title}: {truth}; read as {said}"
        found.append(Promise(_SECTION, claim, told.row["difference"], expected, kept, "points"))
    return found
