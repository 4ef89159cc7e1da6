"""Tools made for NPS: Delighted, AskNicely, Retently, Wootric, Satismeter, Refiner, Survicate."""

import json

from samples.comments import category
from samples.layouts.export import (
    LOS_ANGELES,
    Export,
    Panel,
    before,
    csv_bytes,
    email,
    epoch,
    iso,
    json_bytes,
    local,
    number,
    plain,
    respondent_id,
    token,
    uuid,
)


def delighted_json(panel: Panel) -> Export:
    """The API's list of responses: Unix seconds, a person and properties nested."""
    responses: list[dict[str, object]] = [
        {
            "id": str(number(answer, "delighted", 9)),
            "person": {
                "id": str(number(answer, "person", 9)),
                "email": email(answer),
                "name": None,
            },
            "survey_type": "nps",
            "score": answer.score,
            "comment": answer.comment or None,
            "permalink": f"https://delighted.example.com/r/{token(answer, 'permalink', 12)}",
            "created_at": epoch(answer),
            "updated_at": epoch(answer) + 20,
            "person_properties": {
                "Company Size": answer.person.account.company_size,
                "Plan": answer.person.account.plan,
                "Delighted Source": "Email",
                "Delighted Device Type": "Desktop",
            },
            "notes": [],
            "tags": [],
            "additional_answers": [],
        }
        for answer in panel.answers
    ]
    return Export("delighted.json", "Delighted", json_bytes(responses), person="email")


def delighted_csv(panel: Panel) -> Export:
    """The dashboard's download."""
    header = "Survey Type,Email,Name,Score,Comment,Response Time,Permalink,Company Size,Tags,Notes"
    rows: list[list[object]] = [[*header.split(","), "Delighted Source"]]
    for answer in panel.answers:
        rows.append(
            [
                "NPS",
                email(answer),
                "",
                answer.score,
                answer.comment,
                f"{plain(answer.at)} UTC",
                f"https://delighted.example.com/r/{token(answer, 'permalink', 12)}",
                answer.person.account.company_size,
                "",
                "",
                "Email",
            ]
        )
    return Export("delighted.csv", "Delighted", csv_bytes(rows), person="email")


def asknicely(panel: Panel) -> Export:
    """Unix times; three people who never answered and two answers to a satisfaction question."""
    header = "response_id,person_id,contact_id,name,email,answer,answerlabel,comment,sent,opened"
    rows: list[list[object]] = [
        [*header.split(","), "responded", "segment", "question_type", "company_size_c"]
    ]
    for place, answer in enumerate((*panel.answers, *panel.spare[:5])):
        other = place - len(panel.answers)
        answered = other < 0 or other >= 3
        score: object = answer.score if other < 0 else 4
        rows.append(
            [
                number(answer, "asknicely", 8),
                number(answer, "person", 7),
                "",
                "",
                email(answer),
                score if answered else "",
                category(answer.score).title() if other < 0 else "",
                answer.comment if other < 0 else "",
                epoch(answer) - 86_400,
                epoch(answer) - 60 if answered else 0,
                epoch(answer) if answered else 0,
                "",
                "NPS" if other < 3 else "CSAT",
                answer.person.account.company_size,
            ]
        )
    return Export(
        "asknicely.csv",
        "AskNicely",
        csv_bytes(rows),
        left_out=((3, "sent, not answered"), (2, "CSAT question")),
        person="email",
    )


def retently(panel: Panel) -> Export:
    """ISO times in UTC, tags joined by commas, a category beside the score."""
    header = "id,customerId,email,firstName,lastName,companyName,tags,score,ratingCategory"
    rows: list[list[object]] = [[*header.split(","), "feedback", "createdDate", "campaignName"]]
    for answer in panel.answers:
        rows.append(
            [
                token(answer, "retently", 24),
                token(answer, "customer", 24),
                email(answer),
                "",
                "",
                answer.person.account.account_id,
                f"{answer.person.account.plan},{answer.survey_type}",
                answer.score,
                category(answer.score).title(),
                answer.comment,
                f"{answer.at:%Y-%m-%dT%H:%M:%S}.000Z",
                "Autumn 2026",
            ]
        )
    return Export("retently.csv", "Retently", csv_bytes(rows), person="email")


def wootric(panel: Panel) -> Export:
    """Times with the offset of the US West coast; two scored rows excluded from calculations."""
    header = "id,created_at,updated_at,score,text,ip_address,origin_url,end_user_id,survey_id"
    rows: list[list[object]] = [
        [*header.split(","), "completed", "excluded_from_calculations", "tags"]
    ]
    for place, answer in enumerate((*panel.answers, *panel.spare[:2])):
        stamp = f"{plain(local(answer.at, LOS_ANGELES))} -0700"
        rows.append(
            [
                number(answer, "wootric", 9),
                stamp,
                stamp,
                answer.score,
                answer.comment,
                "",
                "https://app.example.com/home",
                respondent_id(answer),
                88_120,
                "true",
                "false" if place < len(panel.answers) else "true",
                "[]",
            ]
        )
    return Export(
        "wootric.csv",
        "Wootric",
        csv_bytes(rows),
        left_out=((2, "excluded from calculations"),),
        person="id",
    )


def satismeter(panel: Panel) -> Export:
    """One JSON object a line, the user nested."""
    lines = [
        {
            "id": token(answer, "satismeter", 24),
            "created": iso(answer.at),
            "rating": answer.score,
            "category": category(answer.score),
            "feedback": answer.comment or None,
            "user": {
                "userId": respondent_id(answer),
                "email": email(answer),
                "traits": {"plan": answer.person.account.plan},
            },
            "language": answer.person.language,
            "device": {"type": "desktop"},
            "referrer": "https://app.example.com/home",
        }
        for answer in panel.answers
    ]
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    return Export("satismeter.jsonl", "Satismeter", text.encode(), person="id")


def refiner(panel: Panel) -> Export:
    """A page of the API: responses inside `items`; two surveys shown and dismissed."""
    items = []
    for place, answer in enumerate((*panel.answers, *panel.spare[:2])):
        completed = place < len(panel.answers)
        data = {"nps_score": answer.score, "nps_reason": answer.comment or None}
        items.append(
            {
                "uuid": uuid(answer, "refiner"),
                "form": {"uuid": "7e1f0d2a-nps", "name": "NPS"},
                "first_shown_at": iso(before(answer)),
                "completed_at": iso(answer.at) if completed else None,
                "dismissed_at": None if completed else iso(answer.at),
                "contact": {
                    "uuid": uuid(answer, "contact"),
                    "remote_id": respondent_id(answer),
                    "email": email(answer),
                },
                "data": data if completed else {},
            }
        )
    document = {"items": items, "pagination": {"items_count": len(items), "current_page": 1}}
    return Export(
        "refiner.json",
        "Refiner",
        json_bytes(document),
        left_out=((2, "dismissed, no score"),),
        person="id",
    )


def survicate(panel: Panel) -> Export:
    """One row an answer to the NPS question, tagged with its group."""
    header = "uuid,survey_id,collected_at,device_type,languages,operating_system,respondent_uuid"
    rows: list[list[object]] = [
        [*header.split(","), "url", "question_id", "answer_content", "answer_tag", "comment"]
    ]
    for answer in panel.answers:
        rows.append(
            [
                uuid(answer, "survicate"),
                "a1b2c3d4e5f60718",
                iso(answer.at),
                "desktop",
                answer.person.language,
                "Windows",
                respondent_id(answer),
                "https://app.example.com/home",
                431_002,
                answer.score,
                category(answer.score).title(),
                answer.comment,
            ]
        )
    return Export("survicate.csv", "Survicate", csv_bytes(rows), person="id")
