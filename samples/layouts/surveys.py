"""Survey platforms: Qualtrics, SurveyMonkey, Alchemer, LimeSurvey, Formbricks."""

import json
from typing import Final

from samples.comments import category
from samples.layouts.export import (
    DENVER,
    NEW_YORK,
    QUESTION_EN,
    REASON_EN,
    Export,
    Panel,
    address,
    before,
    csv_bytes,
    email,
    local,
    number,
    plain,
    token,
    uuid,
    with_labels,
)
from samples.responses import Response

GROUP_NUMBER: Final = {"detractor": 1, "passive": 2, "promoter": 3}

_QUALTRICS: Final = (
    ("StartDate", "Start Date", "startDate"),
    ("EndDate", "End Date", "endDate"),
    ("Status", "Response Type", "status"),
    ("IPAddress", "IP Address", "ipAddress"),
    ("Progress", "Progress", "progress"),
    ("Duration (in seconds)", "Duration (in seconds)", "duration"),
    ("Finished", "Finished", "finished"),
    ("RecordedDate", "Recorded Date", "recordedDate"),
    ("ResponseId", "Response ID", "_recordId"),
    ("RecipientLastName", "Recipient Last Name", "recipientLastName"),
    ("RecipientFirstName", "Recipient First Name", "recipientFirstName"),
    ("RecipientEmail", "Recipient Email", "recipientEmail"),
    ("ExternalReference", "External Data Reference", "externalDataReference"),
    ("LocationLatitude", "Location Latitude", "locationLatitude"),
    ("LocationLongitude", "Location Longitude", "locationLongitude"),
    ("DistributionChannel", "Distribution Channel", "distributionChannel"),
    ("UserLanguage", "User Language", "userLanguage"),
    ("Q1_NPS_GROUP", f"{QUESTION_EN} - Group", "QID1_NPS_GROUP"),
    ("Q1", QUESTION_EN, "QID1"),
    ("Q2", f"{REASON_EN}\nPlease tell us in your own words.", "QID2_TEXT"),
    ("company_size", "company_size", "company_size"),
    ("industry", "industry", "industry"),
)
_DATED: Final = ("startDate", "endDate", "recordedDate")


def qualtrics(panel: Panel) -> Export:
    """Three header rows, times of Denver, two previews and two unfinished rows."""
    imports = [
        json.dumps(
            {"ImportId": code, **({"timeZone": "America/Denver"} if code in _DATED else {})},
            separators=(",", ":"),
        )
        for _, _, code in _QUALTRICS
    ]

    def row(answer: Response, status: str = "0", finished: bool = True) -> list[object]:
        ended = plain(local(answer.at, DENVER))
        scored = [GROUP_NUMBER[category(answer.score)], answer.score, answer.comment]
        account = answer.person.account
        return [
            plain(local(before(answer), DENVER)),
            ended,
            status,
            address(answer),
            100 if finished else 50,
            (answer.at - before(answer)).seconds,
            int(finished),
            ended,
            f"R_{token(answer, 'qualtrics', 15)}",
            "",
            "",
            email(answer),
            account.account_id,
            "",
            "",
            "preview" if status == "1" else "email",
            answer.person.language.upper(),
            *(scored if finished else ["", "", ""]),
            account.company_size,
            account.industry,
        ]

    rows: list[list[object]] = [
        [name for name, _, _ in _QUALTRICS],
        [label for _, label, _ in _QUALTRICS],
        [*imports],
        *[row(answer, status="1") for answer in panel.spare[:2]],
        *[row(answer) for answer in panel.answers],
        *[row(answer, finished=False) for answer in panel.spare[2:4]],
    ]
    return Export(
        "qualtrics.csv",
        "Qualtrics",
        csv_bytes(rows),
        left_out=((2, "survey preview"), (2, "unfinished, no score")),
        person="email",
    )


def qualtrics_legacy(panel: Panel) -> Export:
    """Two header rows, a byte order mark, a trailing comma on every line."""
    codes = [*(f"V{i}" for i in range(1, 11)), "Q1", "Q2"]
    codes += ["LocationLatitude", "LocationLongitude", "LocationAccuracy", ""]
    labels = "ResponseID,ResponseSet,Name,ExternalDataReference,EmailAddress,IPAddress,Status"
    named = [*labels.split(","), "StartDate", "EndDate", "Finished", QUESTION_EN, REASON_EN]
    rows: list[list[object]] = [[*codes], [*named, *codes[-4:]]]
    for answer in panel.answers:
        rows.append(
            [
                f"R_{token(answer, 'qualtrics', 15)}",
                "Default Response Set",
                "Anonymous",
                answer.person.account.account_id,
                email(answer),
                address(answer),
                0,
                plain(before(answer)),
                plain(answer.at),
                1,
                answer.score,
                answer.comment,
                "",
                "",
                -1,
                "",
            ]
        )
    return Export(
        "qualtrics_legacy.csv",
        "Qualtrics",
        csv_bytes(rows, encoding="utf-8-sig"),
        person="email",
    )


def surveymonkey(panel: Panel) -> Export:
    """Two header rows, the second with the kind of answer; the ends of the scale are labelled."""
    names = "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address"
    first = [*names.split(","), "First Name", "Last Name", "Custom Data 1", QUESTION_EN, REASON_EN]
    second = [*[""] * 9, "Response", "Open-Ended Response"]
    rows: list[list[object]] = [[*first], [*second]]
    for answer in panel.answers:
        rows.append(
            [
                number(answer, "respondent", 12),
                "411208866",
                f"{before(answer):%m/%d/%Y %I:%M:%S %p}",
                f"{answer.at:%m/%d/%Y %I:%M:%S %p}",
                address(answer),
                email(answer),
                "",
                "",
                answer.person.account.company_size,
                with_labels(answer.score),
                answer.comment,
            ]
        )
    return Export("surveymonkey.csv", "SurveyMonkey", csv_bytes(rows), person="email")


def alchemer(panel: Panel) -> Export:
    """Times of the US East coast without saying so; two partial rows without a score."""
    names = "Response ID,Time Started,Date Submitted,Status,Contact ID,Legacy Comments,Comments"
    header = [*names.split(","), "Language", "Referer", "SessionID", "User Agent", "IP Address"]
    rows: list[list[object]] = [[*header, "Country", "City", QUESTION_EN, REASON_EN]]
    for place, answer in enumerate((*panel.answers, *panel.spare[:2]), start=1):
        complete = place <= len(panel.answers)
        rows.append(
            [
                place,
                plain(local(before(answer), NEW_YORK)),
                plain(local(answer.at, NEW_YORK)),
                "Complete" if complete else "Partial",
                "",
                "",
                "",
                "French" if answer.person.language == "fr" else "English",
                "",
                f"{number(answer, 'session', 10)}_{token(answer, 'session', 12)}",
                "Mozilla/5.0",
                address(answer),
                answer.person.account.country,
                "",
                answer.score if complete else "",
                answer.comment if complete else "",
            ]
        )
    return Export("alchemer.csv", "Alchemer", csv_bytes(rows), left_out=((2, "partial, no score"),))


def limesurvey(panel: Panel) -> Export:
    """Byte order mark, semicolons, everything quoted; two rows never submitted."""
    header = "id,submitdate,lastpage,startlanguage,seed,startdate,datestamp,ipaddr,G1Q1,G1Q2"
    rows: list[list[object]] = [[*header.split(",")]]
    for place, answer in enumerate((*panel.answers, *panel.spare[:2]), start=1):
        submitted = place <= len(panel.answers)
        rows.append(
            [
                place,
                plain(answer.at) if submitted else "",
                2 if submitted else 1,
                answer.person.language,
                number(answer, "seed", 9),
                plain(before(answer)),
                plain(answer.at),
                address(answer),
                answer.score if submitted else "",
                answer.comment if submitted else "",
            ]
        )
    rows[0][8:10] = [f"G1Q1. {QUESTION_EN}", f"G1Q2. {REASON_EN}"]
    for column, label in enumerate(("Response ID", "Date submitted", "Last page")):
        rows[0][column] = f"{rows[0][column]}. {label}"
    return Export(
        "limesurvey.csv",
        "LimeSurvey",
        csv_bytes(rows, delimiter=";", quote_all=True, encoding="utf-8-sig"),
        left_out=((2, "not submitted, no score"),),
    )


def formbricks(panel: Panel) -> Export:
    """Numbered questions, attributes of the person behind; two unfinished rows without a score."""
    names = "No.,Response ID,Timestamp,Finished,Survey ID,Formbricks ID (internal),User ID,Tags"
    header = [*names.split(","), "userAgent - browser", f"1. {QUESTION_EN}", f"2. {REASON_EN}"]
    rows: list[list[object]] = [[*header, "person.company_size", "person.plan"]]
    for place, answer in enumerate((*panel.answers, *panel.spare[:2]), start=1):
        finished = place <= len(panel.answers)
        rows.append(
            [
                place,
                uuid(answer, "formbricks"),
                plain(answer.at),
                "Yes" if finished else "No",
                "clx0nps0synthetic0survey0",
                token(answer, "person", 24),
                answer.person.respondent_id,
                "",
                "Firefox",
                answer.score if finished else "",
                answer.comment if finished else "",
                answer.person.account.company_size,
                answer.person.account.plan,
            ]
        )
    return Export(
        "formbricks.csv",
        "Formbricks",
        csv_bytes(rows),
        left_out=((2, "unfinished, no score"),),
        person="id",
    )
