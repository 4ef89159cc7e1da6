"""Help desks and product analytics: HubSpot, Zendesk, Simplesat, Intercom, Pendo, PostHog."""

import json

from samples.comments import category
from samples.layouts.export import (
    LOS_ANGELES,
    QUESTION_EN,
    REASON_EN,
    Export,
    Panel,
    csv_bytes,
    email,
    epoch,
    iso,
    local,
    number,
    plain,
    respondent_id,
    uuid,
)


def hubspot(panel: Panel) -> Export:
    """Internal property names; one satisfaction and one effort survey among the rest."""
    header = "hs_object_id,hs_createdate,hs_submission_timestamp,hs_survey_id,hs_survey_name"
    header += ",hs_survey_type,hs_survey_channel,hs_value,hs_response_group,hs_sentiment"
    rows: list[list[object]] = [[*header.split(","), "hs_content", "hs_contact_id"]]
    for place, answer in enumerate((*panel.answers, *panel.spare[:2])):
        kind = "NPS" if place < len(panel.answers) else ("CSAT", "CES")[place % 2]
        mood = category(answer.score).title() if kind == "NPS" else ""
        rows.append(
            [
                number(answer, "hubspot", 11),
                iso(answer.at),
                iso(answer.at),
                {"NPS": 11, "CSAT": 12, "CES": 13}[kind],
                f"{kind} survey",
                kind,
                "EMAIL",
                answer.score if kind == "NPS" else 5,
                mood,
                mood,
                answer.comment if kind == "NPS" else "",
                respondent_id(answer),
            ]
        )
    return Export(
        "hubspot.csv",
        "HubSpot",
        csv_bytes(rows),
        left_out=((1, "CSAT survey"), (1, "CES survey")),
        person="id",
    )


def zendesk(panel: Panel) -> Export:
    """Times with an offset; three surveys delivered but not rated."""
    header = "comment,delivered_at,delivery_id,id,rated_at,rating,recipient_id,survey_id"
    rows: list[list[object]] = [
        [*header.split(","), "survey_name", "user_email", "user_id", "user_name"]
    ]
    for place, answer in enumerate((*panel.answers, *panel.spare[:3])):
        rated = place < len(panel.answers)
        stamp = f"{local(answer.at, LOS_ANGELES):%Y-%m-%dT%H:%M:%S}-07:00"
        rows.append(
            [
                answer.comment if rated else "",
                f"{local(answer.at, LOS_ANGELES):%Y-%m-%d}T00:00:00-07:00",
                77_001,
                number(answer, "zendesk", 9),
                stamp if rated else "",
                answer.score if rated else "",
                number(answer, "recipient", 9),
                301,
                "NPS autumn",
                email(answer),
                respondent_id(answer),
                "",
            ]
        )
    return Export(
        "zendesk.csv",
        "Zendesk",
        csv_bytes(rows),
        left_out=((3, "delivered, not rated"),),
        person="id",
    )


def simplesat(panel: Panel) -> Export:
    """One row an answer: the recommendation, and for three people a satisfaction question too."""
    header = "id,survey_id,created,customer_company,customer_email,customer_name,ticket_id"
    header += ",question_id,question,choice,choice_label,comment,follow_up_answer,sentiment"
    rows: list[list[object]] = [[*header.split(",")]]
    for place, answer in enumerate(panel.answers):
        common: list[object] = [number(answer, "simplesat", 8), 4021, iso(answer.at)]
        common += [answer.person.account.account_id, email(answer), "", ""]
        sentiment = {"detractor": "negative", "passive": "neutral", "promoter": "positive"}
        rows.append(
            [
                *common,
                9001,
                QUESTION_EN,
                answer.score,
                str(answer.score),
                answer.comment,
                "",
                sentiment[category(answer.score)],
            ]
        )
        if place % 16 == 0:
            asked = "How satisfied are you with our support?"
            rows.append([*common, 9002, asked, 4, "Good", "", "", "positive"])
    return Export(
        "simplesat.csv",
        "Simplesat",
        csv_bytes(rows),
        joined=len(rows) - 1 - len(panel.answers),
        person="email",
    )


def intercom(panel: Panel) -> Export:
    """One row an answer; the reason follows its score as a row of its own."""
    rows: list[list[object]] = [
        ["survey_id", "question", "response", "user_id", "email", "received_at"]
    ]
    for answer in panel.answers:
        person = [respondent_id(answer), email(answer), plain(answer.at)]
        rows.append([52_901, QUESTION_EN, answer.score, *person])
        if answer.comment:
            rows.append([52_901, REASON_EN, answer.comment, *person])
    return Export(
        "intercom.csv",
        "Intercom",
        csv_bytes(rows),
        joined=len(rows) - 1 - len(panel.answers),
        person="id",
    )


def pendo(panel: Panel) -> Export:
    """Poll events, times in milliseconds; score and reason are two polls."""
    rows: list[list[object]] = [
        ["visitor_id", "account_id", "guide_id", "poll_id", "poll_response", "browser_time"]
    ]
    for answer in panel.answers:
        common = [respondent_id(answer), answer.person.account.account_id, "aB3kNpsGuide0Synthetic"]
        rows.append([*common, "npsScore0poll", answer.score, epoch(answer) * 1000 + 412])
        if answer.comment:
            rows.append([*common, "npsReason0poll", answer.comment, epoch(answer) * 1000 + 412])
    return Export(
        "pendo.csv",
        "Pendo",
        csv_bytes(rows),
        joined=len(rows) - 1 - len(panel.answers),
        person="id",
    )


def posthog(panel: Panel) -> Export:
    """Events, one JSON object a line; surveys shown and dismissed are events too."""
    lines = []
    for place, answer in enumerate((*panel.answers, *panel.spare[:5])):
        other = place - len(panel.answers)
        event = "survey sent" if other < 0 else ("shown" if other < 3 else "dismissed")
        properties = {
            "$survey_id": "0191f2d0-0000-7000-8000-synthetic000",
            "$survey_name": "NPS",
            "$survey_response": str(answer.score),
            "$survey_response_1": answer.comment or None,
            "company_size": answer.person.account.company_size,
        }
        if other >= 0:
            event = f"survey {event}"
            properties = {key: properties[key] for key in ("$survey_id", "$survey_name")}
        lines.append(
            {
                "uuid": uuid(answer, "posthog"),
                "event": event,
                "timestamp": f"{answer.at:%Y-%m-%dT%H:%M:%S}.000Z",
                "distinct_id": respondent_id(answer),
                "properties": properties,
            }
        )
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    return Export(
        "posthog.jsonl",
        "PostHog",
        text.encode(),
        left_out=((3, "survey shown"), (2, "survey dismissed")),
        person="id",
    )
