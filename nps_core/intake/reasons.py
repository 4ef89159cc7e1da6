"""Why a row of a file is not among the responses: each reason once, with its sentence."""

from typing import Final

from nps_core.language import mark

SCORE_MISSING: Final = "score_missing"
SCORE_NOT_A_NUMBER: Final = "score_not_a_number"
SCORE_NOT_INTEGER: Final = "score_not_integer"
SCORE_OUT_OF_RANGE: Final = "score_out_of_range"
SCORE_WRONG_SCALE: Final = "score_wrong_scale"
SCORE_IS_DATE: Final = "score_is_date"
SCORE_IS_ERROR: Final = "score_is_error"
DATE_MISSING: Final = "date_missing"
DATE_UNPARSEABLE: Final = "date_unparseable"
DATE_AMBIGUOUS: Final = "date_ambiguous"
DATE_INCONSISTENT: Final = "date_inconsistent"
DATE_FUTURE: Final = "date_future"
DATE_OUT_OF_RANGE: Final = "date_out_of_range"
ID_CONFLICT: Final = "id_conflict"
NOT_A_RESPONSE: Final = "not_a_response"
OTHER_QUESTION: Final = "other_question"

REASONS: Final[dict[str, str]] = {
    SCORE_MISSING: mark("The score is empty or a marker such as N/A; that is never counted as 0."),
    SCORE_NOT_A_NUMBER: mark("The score holds no single readable number."),
    SCORE_NOT_INTEGER: mark("The score is a fraction such as 7.5; scores are never rounded."),
    SCORE_OUT_OF_RANGE: mark("The score lies outside 0 to 10; scores are never clipped."),
    SCORE_WRONG_SCALE: mark(
        "The score is on another scale, such as 3/5; scores are never rescaled."
    ),
    SCORE_IS_DATE: mark("A spreadsheet turned the score (such as 9/10) into a date."),
    SCORE_IS_ERROR: mark("The score is a spreadsheet error or a formula without a stored result."),
    DATE_MISSING: mark("There is no response date."),
    DATE_UNPARSEABLE: mark("The response date is not a date."),
    DATE_AMBIGUOUS: mark("Day and month of the response date cannot be told apart."),
    DATE_INCONSISTENT: mark("The response date contradicts the day and month order of its column."),
    DATE_FUTURE: mark("The response date lies in the future."),
    DATE_OUT_OF_RANGE: mark("The response date lies before 1990."),
    "wrong_field_count": mark("The row has more or fewer fields than the header."),
    "unterminated_quote": mark("The row sits inside a quotation mark that is never closed."),
    "bad_encoding": mark("The row holds bytes that are not valid in the file's encoding."),
    "nul_byte": mark("The row holds a NUL byte."),
    "field_too_long": mark("A field of the row is longer than the limit."),
    ID_CONFLICT: mark("The same response id occurs twice with different content."),
    NOT_A_RESPONSE: mark(
        "The row is no counted response: a second header, a total or footer line, "
        "a preview, test, dismissed or excluded row, or an answer of another kind of survey."
    ),
    OTHER_QUESTION: mark(
        "The row answers another question of the survey (files with one row an answer)."
    ),
}
"""Each reason with the sentence that explains it to a person, in English: shown through `tr`."""

IN_SHORT: Final = {
    "wrong_field_count": mark("wrong field count"),
    "unterminated_quote": mark("unterminated quote"),
    "bad_encoding": mark("bad encoding"),
    "nul_byte": mark("nul byte"),
    "field_too_long": mark("field too long"),
    NOT_A_RESPONSE: mark("not a response"),
}
"""What a reader found wrong with a row, in the two or three words that fit into a sentence."""

CODES: Final = {"": 0} | {reason: code for code, reason in enumerate(REASONS, 1)}
"""A small number for each reason, so that a million verdicts are a million bytes; 0 is none."""

BY_CODE: Final = ("", *REASONS)
