"""Form builders: Typeform, Google Forms, Tally, Microsoft Forms, Jotform."""

import io
from datetime import datetime
from typing import Final

import xlsxwriter

from samples.layouts.export import (
    QUESTION_EN,
    QUESTION_FR,
    REASON_EN,
    REASON_FR,
    Export,
    Panel,
    before,
    csv_bytes,
    email,
    number,
    plain,
    respondent_id,
    token,
)

MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
WRITTEN: Final = datetime(2026, 11, 1)
"""The date inside the workbook and its zip container: fixed, so that the bytes are."""


def typeform(panel: Panel) -> Export:
    """A token per row, times in UTC, text over several lines; two rows without a score."""
    header = ["#", QUESTION_EN, REASON_EN, "company_size", "plan", "Response Type"]
    header += ["Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags"]
    rows: list[list[object]] = [[*header, "Ending"]]
    for place, answer in enumerate((*panel.answers, *panel.spare[:2]), start=1):
        completed = place <= len(panel.answers)
        account = answer.person.account
        rows.append(
            [
                token(answer, "typeform", 25),
                answer.score if completed else "",
                answer.comment if completed else "",
                account.company_size,
                account.plan,
                "completed" if completed else "started",
                plain(before(answer)),
                "" if completed else plain(answer.at),
                plain(answer.at) if completed else "",
                token(answer, "network", 10),
                "",
                "Thank you!\nSee you soon." if completed else "",
            ]
        )
    return Export("typeform.csv", "Typeform", csv_bytes(rows), left_out=((2, "started, no score"),))


def google_forms_en(panel: Panel) -> Export:
    """A sheet with US dates, the month first and no leading zeros."""
    rows: list[list[object]] = [["Timestamp", QUESTION_EN, REASON_EN, "Company size"]]
    for answer in panel.answers:
        at = answer.at
        stamp = f"{at.month}/{at.day}/{at.year} {at.hour}:{at:%M:%S}"
        rows.append([stamp, answer.score, answer.comment, answer.person.account.company_size])
    return Export("google_forms_en.csv", "Google Forms", csv_bytes(rows))


def google_forms_fr(panel: Panel) -> Export:
    """A French sheet, the day first."""
    rows: list[list[object]] = [["Horodateur", QUESTION_FR, REASON_FR, "Taille de l'entreprise"]]
    for answer in panel.answers:
        size = answer.person.account.company_size
        rows.append([f"{answer.at:%d/%m/%Y %H:%M:%S}", answer.score, answer.comment, size])
    return Export("google_forms_fr.csv", "Google Forms", csv_bytes(rows))


def tally(panel: Panel) -> Export:
    """Submission and respondent ids first, hidden fields, then the questions."""
    header = ["Submission ID", "Respondent ID", "Submitted at", "account_id"]
    rows: list[list[object]] = [[*header, QUESTION_EN, REASON_EN]]
    for answer in panel.answers:
        rows.append(
            [
                token(answer, "tally", 7),
                respondent_id(answer),
                plain(answer.at),
                answer.person.account.account_id,
                answer.score,
                answer.comment,
            ]
        )
    return Export("tally.csv", "Tally", csv_bytes(rows), person="id")


def jotform(panel: Panel) -> Export:
    """Written-out dates first, the submission's id last."""
    header = ["Submission Date", QUESTION_EN, REASON_EN, "E-mail", "IP", "Submission ID"]
    rows: list[list[object]] = [[*header]]
    for answer in panel.answers:
        at = answer.at
        rows.append(
            [
                f"{MONTHS[at.month - 1]} {at.day}, {at.year} {at:%H:%M:%S}",
                answer.score,
                answer.comment,
                email(answer),
                "",
                number(answer, "jotform", 19),
            ]
        )
    return Export("jotform.csv", "Jotform", csv_bytes(rows), person="email")


def microsoft_forms_csv(panel: Panel) -> Export:
    """French, saved from Excel: semicolons, Windows-1252, the day first, anonymous people."""
    names = "ID;Heure de début;Heure de fin;Adresse de messagerie;Nom"
    rows: list[list[object]] = [[*names.split(";"), QUESTION_FR, REASON_FR]]
    for place, answer in enumerate(panel.answers, start=1):
        opened, ended = (f"{moment:%d/%m/%Y %H:%M:%S}" for moment in (before(answer), answer.at))
        rows.append([place, opened, ended, "anonymous", "", answer.score, answer.comment])
    return Export(
        "microsoft_forms_fr.csv",
        "Microsoft Forms",
        csv_bytes(rows, delimiter=";", encoding="cp1252"),
    )


def microsoft_forms_xlsx(panel: Panel) -> Export:
    """The native workbook: real dates, scores as numbers, a second sheet that holds nothing."""
    written = io.BytesIO()
    # Strings are written where they stand and the time of writing is given: the same bytes again.
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        book.set_properties({"created": WRITTEN})
        stamp = book.add_format({"num_format": "m/d/yy h:mm:ss"})
        sheet = book.add_worksheet("Form1")
        header = ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time"]
        sheet.write_row(0, 0, [*header, QUESTION_EN, REASON_EN])
        for place, answer in enumerate(panel.answers, start=1):
            sheet.write_number(place, 0, place)
            sheet.write_datetime(place, 1, before(answer), stamp)
            sheet.write_datetime(place, 2, answer.at, stamp)
            sheet.write_string(place, 3, email(answer))
            sheet.write_number(place, 6, answer.score)
            if answer.comment:
                sheet.write_string(place, 7, answer.comment)
        book.add_worksheet("Sheet2")
    return Export("microsoft_forms.xlsx", "Microsoft Forms", written.getvalue(), person="email")
