"""Bytes of any survey export to trusted responses, with an account of every other row."""

from nps_core.errors import FileRefused, NpsError
from nps_core.intake.intake import Intake, read_responses
from nps_core.intake.mapping import ROLES, Mapping, Question, header_key
from nps_core.intake.reasons import REASONS

__all__ = [
    "REASONS",
    "ROLES",
    "FileRefused",
    "Intake",
    "Mapping",
    "NpsError",
    "Question",
    "header_key",
    "read_responses",
]
