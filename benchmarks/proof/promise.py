"""One promise of a method, and what a simulation or an enumeration found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """What was promised, what was found, on what.

    `figure` and `limit` are in the unit the claim names; `kept` says whether the promise holds,
    None where a figure is given for comparison only. `detail` names seeds, repetitions, settings.
    """

    section: str
    claim: str
    figure: float
    limit: str
    kept: bool | None
    detail: str
