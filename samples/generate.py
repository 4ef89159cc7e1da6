"""Write every sample file from one seed: ``python -m samples.generate``."""

from collections.abc import Iterable
from pathlib import Path

from samples.chance import SEED, Chance
from samples.customers import make_accounts, make_respondents
from samples.effects import CHANGES
from samples.layouts import forms, nps_tools, product_tools, surveys
from samples.layouts.export import csv_bytes, expected_answers, iso, json_bytes
from samples.panel import choose_panel
from samples.responses import Response, make_responses

FOLDER = Path(__file__).parent
LAYOUTS = (
    surveys.qualtrics,
    surveys.qualtrics_legacy,
    surveys.surveymonkey,
    surveys.alchemer,
    surveys.limesurvey,
    surveys.formbricks,
    forms.typeform,
    forms.google_forms_en,
    forms.google_forms_fr,
    forms.tally,
    forms.jotform,
    forms.microsoft_forms_csv,
    forms.microsoft_forms_xlsx,
    nps_tools.delighted_json,
    nps_tools.delighted_csv,
    nps_tools.asknicely,
    nps_tools.retently,
    nps_tools.wootric,
    nps_tools.satismeter,
    nps_tools.refiner,
    nps_tools.survicate,
    product_tools.hubspot,
    product_tools.zendesk,
    product_tools.simplesat,
    product_tools.intercom,
    product_tools.pendo,
    product_tools.posthog,
)
RESPONSES_HEADER = (
    "response_id",
    "responded_at",
    "score",
    "comment",
    "respondent_id",
    "account_id",
    "survey_type",
    "company_size",
    "industry",
    "persona",
    "plan",
    "country",
    "language",
    "mrr",
    "csat",
    "ces",
)


def sample_files() -> dict[str, bytes]:
    """Every sample file by its name under samples/; the same bytes on each call."""
    people = make_respondents(Chance(2), make_accounts(Chance(1)))
    responses = make_responses(Chance(3), people)
    panel = choose_panel(responses)
    exports = [layout(panel) for layout in LAYOUTS]
    return {
        "responses.csv": responses_csv(responses),
        "product_changes.csv": changes_csv(),
        **{f"exports/{export.file}": export.data for export in exports},
        "exports/expected.json": json_bytes(
            {
                "answers": expected_answers(panel),
                "files": {export.file: export.expected(panel) for export in exports},
            }
        ),
    }


def responses_csv(responses: Iterable[Response]) -> bytes:
    """All responses, in the app's own columns."""
    rows: list[list[object]] = [[*RESPONSES_HEADER]]
    for answer in responses:
        account = answer.person.account
        rows.append(
            [
                answer.response_id,
                iso(answer.at),
                answer.score,
                answer.comment,
                answer.person.respondent_id,
                account.account_id,
                answer.survey_type,
                account.company_size,
                account.industry,
                answer.person.persona,
                account.plan,
                account.country,
                "French" if answer.person.language == "fr" else "English",
                account.mrr,
                answer.csat or "",
                answer.ces or "",
            ]
        )
    return csv_bytes(rows)


def changes_csv() -> bytes:
    """The four product changes with their planted effects as notes."""
    rows: list[list[object]] = [["date", "title", "note", "link", "segments"]]
    for change in CHANGES:
        segments = f"company_size={change.only}" if change.only else ""
        rows.append([change.day.isoformat(), change.title, change.note, change.link, segments])
    return csv_bytes(rows)


def main() -> None:
    """Write the files beside this module and say what was written."""
    files = sample_files()
    (FOLDER / "exports").mkdir(exist_ok=True)
    for name, content in files.items():
        (FOLDER / name).write_bytes(content)
    size = len(files["responses.csv"]) / 1e6
    print(f"seed {SEED}: {len(files)} files, responses.csv {size:.2f} MB")


if __name__ == "__main__":
    main()
