"""Roles are found without a hint, in six languages, by names, questions and values."""

# Rows of exports stay whole: broken up they could not be compared with a file.
# ruff: noqa: E501

import pytest

from nps_core.errors import FileRefused, NpsError
from nps_core.intake import Mapping, header_key, read_responses


def _read(text, mapping=None):
    return read_responses(text.encode(), "x.csv", mapping)


def _rows(header, *rows):
    return "\n".join([header, *rows]) + "\n"


def _roles(intake):
    return {role: header for header, role in intake.mapping.roles if role not in ("ignore",)}


QUESTIONS = [
    "How likely are you to recommend Acme to a friend or colleague?",
    "On a scale of 0-10, how likely is it that you would recommend us?",
    "Quelle est la probabilité que vous recommandiez Acme à un collègue ?",
    "Recommanderiez-vous notre service à un ami ?",
    "¿Qué probabilidad hay de que recomiende Acme a un amigo?",
    "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?",
    "Würden Sie uns empfehlen?",
    "Qual a probabilidade de recomendar a Acme a um amigo?",
    "Hoe waarschijnlijk is het dat u ons aanbeveelt?",
    "Hoe waarschijnlijk is het dat u Acme zou aanbevelen?",
    "Zou u ons aanraden aan een vriend?",
    "Beveelt u Acme bij uw collega's aan?",
    "Haben Sie uns schon weiterempfohlen oder w\u00fcrden Sie es tun?",
    "De 0 a 10, o quanto voc\u00ea indicaria a Acme para um amigo?",
    "Conseilleriez-vous Acme \u00e0 un proche ?",
    "NPS",
    "Net Promoter Score",
    "note_nps",
    "Likelihood to Recommend",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_recommendation_wins_over_other_0_to_10_questions(question):
    intake = _read(
        _rows(
            f'date,How satisfied are you?,"{question}",How easy was it?,Overall quality,Reason',
            *(
                f"2025-03-{d:02d},{d % 11},{(d * 3) % 11},{(d * 7) % 11},5,it is fine {d}"
                for d in range(1, 23)
            ),
        )
    )
    assert _roles(intake)["score"] == question
    assert not intake.questions
    assert intake.accepted["score"].tolist() == [(d * 3) % 11 for d in range(1, 23)]


@pytest.mark.parametrize(
    "why",
    [
        "Why?",
        "Warum?",
        "\u00bfPor qu\u00e9?",
        "Pourquoi ?",
        "Por qu\u00ea?",
        "Waarom?",
        "Pourquoi cette note ?",
        "2. Why?",
        "And why?",
        "Wieso?",
    ],
)
@pytest.mark.parametrize(
    "answers", [["ok", "ok", "ok", "slow"], ["it is slow when I save", "", "x", "y"]]
)
def test_a_bare_why_is_the_comment_whatever_its_length(why, answers):
    rows = (f"2025-03-0{i + 1},{i + 6},{text}" for i, text in enumerate(answers))
    intake = _read(_rows(f"date,nps,{why}", *rows))
    assert intake.mapping.header_of("comment") == why
    assert intake.accepted["comment"].fillna("").tolist() == answers


@pytest.mark.parametrize(
    ("beside", "cells"),
    [
        ("Q1_NPS_GROUP", ["3", "1", "2"]),
        ("NPS Group", ["Promoter", "Detractor", "Passive"]),
        ("ratingCategory", ["Promoter", "Detractor", "Passive"]),
        ("hs_response_group", ["Promoter", "Detractor", "Passive"]),
        ("NPS weight", ["100", "-100", "0"]),
        ("nps_type", ["1", "2", "3"]),
    ],
)
def test_the_class_and_the_weight_of_a_score_are_never_the_score(beside, cells):
    text = _rows(
        f"{beside},date,Q1",
        *(f"{c},2025-03-01,{s}" for c, s in zip(cells, (10, 2, 7), strict=True)),
    )
    mapping = {"score": "Q1"}
    assert _read(text, mapping).mapping.role_of(beside) == "ignore"
    with pytest.raises(FileRefused):
        _read(_rows(f"{beside},date", *(f"{c},2025-03-01" for c in cells * 4)))


def test_two_equally_good_columns_are_asked_about_and_never_guessed():
    text = _rows(
        "date,Would you recommend the app?,Would you recommend the service?",
        *(f"2025-03-0{d},{d},{10 - d}" for d in range(1, 10)),
    )
    with pytest.raises(FileRefused, match="More than one column could be the score") as refusal:
        _read(text)
    assert "Would you recommend the app?" in refusal.value.header
    told = _read(text, {"score": "Would you recommend the app?"})
    assert told.accepted["score"].tolist() == list(range(1, 10))


def test_a_code_without_a_question_is_taken_by_its_values_but_asked_about():
    text = _rows("date,Q1", *(f"2025-03-{d + 1:02d},{d}" for d in range(11)))
    intake = _read(text)
    assert len(intake.accepted) == 11
    assert [question.key for question in intake.questions] == ["score_column"]
    assert not _read(text, intake.mapping.with_answer("score_column", "Q1")).questions


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (
            "Datum,Bewertung,Begründung,Firma,Unternehmensgröße,Branche,Funktion,Land",
            (
                "Datum",
                "Bewertung",
                "Begründung",
                "Firma",
                "Unternehmensgröße",
                "Branche",
                "Funktion",
            ),
        ),
        (
            "Date de réponse,Note NPS,Commentaire,Entreprise,Taille de l'entreprise,Secteur,Fonction,Pays",
            (
                "Date de réponse",
                "Note NPS",
                "Commentaire",
                "Entreprise",
                "Taille de l'entreprise",
                "Secteur",
                "Fonction",
            ),
        ),
        (
            "Fecha,Puntuación,Comentario,Empresa,Tamaño de la empresa,Sector,Puesto,País",
            (
                "Fecha",
                "Puntuación",
                "Comentario",
                "Empresa",
                "Tamaño de la empresa",
                "Sector",
                "Puesto",
            ),
        ),
        (
            "Data da resposta,Nota,Motivo,Empresa,Porte da empresa,Setor,Cargo,País",
            ("Data da resposta", "Nota", "Motivo", "Empresa", "Porte da empresa", "Setor", "Cargo"),
        ),
        (
            "Ingevuld op,Cijfer,Toelichting,Bedrijf,Bedrijfsgrootte,Bedrijfstak,Functie,Land",
            (
                "Ingevuld op",
                "Cijfer",
                "Toelichting",
                "Bedrijf",
                "Bedrijfsgrootte",
                "Bedrijfstak",
                "Functie",
            ),
        ),
        (
            "response_date,rating,feedback,company_name,employees,vertical,job title,country",
            (
                "response_date",
                "rating",
                "feedback",
                "company_name",
                "employees",
                "vertical",
                "job title",
            ),
        ),
    ],
)
def test_roles_in_six_languages(header, wanted):
    row = "2025-03-{d:02d},{s},some words here {d},Acme {d},SMB,Retail,CTO,FR"
    intake = _read(_rows(header, *(row.format(d=d, s=(d * 3) % 11) for d in range(1, 23))))
    roles = _roles(intake)
    names = (
        "responded_at",
        "score",
        "comment",
        "account_id",
        "company_size",
        "industry",
        "persona",
    )
    assert tuple(roles.get(name) for name in names) == wanted
    assert intake.mapping.role_of(header.split(",")[-1]) == "segment"


def test_who_a_person_is_stays_out_and_an_e_mail_is_the_respondent():
    intake = _read(
        _rows(
            "id,date,score,first name,Phone,IP Address,latitude,email,session id,url,plan,notes",
            *(
                f"r{d},2025-03-{d:02d},{d % 11},Ann{d},+33{d},10.0.0.{d},48.{d},a{d}@x.org,s{d},"
                f"https://x.org/{d},Pro,long talk number {d} about many things"
                for d in range(1, 21)
            ),
        )
    )
    roles = dict(intake.mapping.roles)
    assert roles["email"] == "respondent_id"
    assert roles["plan"] == "segment"
    for private in ("first name", "Phone", "IP Address", "latitude", "session id", "url"):
        assert roles[private] == "ignore"
        assert private not in intake.accepted


def test_survey_type_csat_and_revenue():
    intake = _read(
        _rows(
            "id,date,nps,survey type,csat,ces,mrr",
            'a,2025-03-01,9,rNPS,4,5,"1,200.50"',
            "b,2025-03-01,3,Transactional,2,1,80",
            "c,2025-03-01,3,,,,",
        )
    ).accepted
    assert intake["survey_type"].fillna("?").tolist() == ["relational", "transactional", "?"]
    assert intake["mrr"].fillna(-1).tolist() == [1200.5, 80, -1]
    assert intake["csat"].fillna(-1).tolist() == [4, 2, -1]


def test_other_kinds_of_survey_in_one_export_are_no_responses():
    intake = _read(
        _rows(
            "hs_object_id,hs_survey_type,hs_value,hs_submission_timestamp,hs_content",
            "1,NPS,9,2025-03-01T10:00:00Z,good",
            "2,CSAT,5,2025-03-01T10:00:00Z,fine",
            "3,CES,7,2025-03-01T10:00:00Z,easy",
        )
    )
    assert intake.tool == "HubSpot"
    assert intake.accepted["score"].tolist() == [9]
    assert intake.rejected[["column", "value", "reason"]].values.tolist() == [
        ["hs_survey_type", "CSAT", "not_a_response"],
        ["hs_survey_type", "CES", "not_a_response"],
    ]


@pytest.mark.parametrize(
    ("header", "rows", "tool", "scores"),
    [
        (
            "StartDate,EndDate,Status,Finished,RecordedDate,ResponseId,DistributionChannel,Q1_NPS_GROUP,NPS",
            ["2025-03-01 10:00:00,2025-03-01 10:01:00,IP Address,True,2025-03-01 10:01:00,R_1,email,Promoter,9",
             "2025-03-01 10:00:00,2025-03-01 10:01:00,Survey Preview,True,2025-03-01 10:01:00,R_2,preview,Promoter,10",
             "2025-03-01 10:00:00,2025-03-01 10:01:00,IP Address,False,2025-03-01 10:01:00,R_3,email,Detractor,2"],
            "Qualtrics",
            [9, 2],
        ),
        (
            "Response ID,Time Started,Date Submitted,Status,is_test_data,How likely are you to recommend us?",
            ["1,2025-03-01 10:00:00,2025-03-01 10:01:00,Complete,0,9",
             "2,2025-03-01 10:00:00,2025-03-01 10:01:00,Disqualified,0,8",
             "3,2025-03-01 10:00:00,2025-03-01 10:01:00,Complete,1,10",
             "4,2025-03-01 10:00:00,2025-03-01 10:01:00,Partial,0,3"],
            "Alchemer",
            [9, 3],
        ),
        (
            "id,created_at,updated_at,score,text,end_user_id,survey_id,excluded_from_calculations",
            ["1,2025-03-01 10:00:00 -0700,2025-03-01 10:00:00 -0700,9,ok,5,7,false",
             "2,2025-03-01 10:00:00 -0700,2025-03-01 10:00:00 -0700,0,no,6,7,true"],
            "Wootric",
            [9],
        ),
        (
            "event,timestamp,distinct_id,properties.$survey_id,properties.$survey_response",
            ["survey shown,2025-03-01T10:00:00Z,u1,s,", "survey sent,2025-03-01T10:01:00Z,u1,s,9",
             "survey dismissed,2025-03-01T10:00:00Z,u2,s,4"],
            "PostHog",
            [9],
        ),
        (
            "id,submitdate,lastpage,startlanguage,seed,NPS",
            ["1,2025-03-01 10:00:00,2,en,5,9", "2,,1,en,6,3"],
            "LimeSurvey",
            [9],
        ),
        (
            "#,How likely are you to recommend us?,Response Type,Start Date (UTC),Submit Date (UTC),Network ID",
            ["a1,9,completed,2025-03-01 10:00:00,2025-03-01 10:01:00,n",
             "a2,4,started,2025-03-01 10:00:00,,n"],
            "Typeform",
            [9],
        ),
        (
            "No.,Response ID,Timestamp,Finished,Survey ID,Formbricks ID (internal),User ID,1. How likely are you to recommend us?",
            ["1,r1,2025-03-01 10:00:00,Yes,s,f,u1,9", "2,r2,2025-03-01 10:00:00,No,s,f,u2,3"],
            "Formbricks",
            [9, 3],
        ),
        (
            "response_id,person_id,email,answer,answerlabel,comment,responded,question_type",
            ["1,5,a@x.org,9,Promoter,ok,1740823200,NPS", "2,6,b@x.org,5,,ok,1740823200,5STAR"],
            "AskNicely",
            [9],
        ),
    ],
)  # fmt: skip
def test_unfinished_test_and_excluded_rows_of_each_tool(header, rows, tool, scores):
    intake = _read(_rows(header, *rows))
    assert intake.tool == tool
    assert intake.accepted["score"].tolist() == scores
    assert intake.rows_in == len(rows)
    assert set(intake.rejected["reason"]) <= {"not_a_response"}


def test_alchemer_times_are_us_eastern():
    row = "1,2025-07-01 10:00:00,2025-07-01 10:01:00,Complete,9"
    text = _rows("Response ID,Time Started,Date Submitted,Status,Would you recommend us?", row)
    stamp = _read(text).accepted["responded_at"].iloc[0]
    assert str(stamp) == "2025-07-01 14:01:00"


def test_totals_and_second_headers_are_no_responses():
    intake = _read(
        _rows("id,nps,plan", "a,9,Pro", "id,nps,plan", "b,0,Pro", "Total,9,", "Moyenne :,4.5,")
    )
    assert intake.accepted["score"].tolist() == [9, 0]
    assert intake.rejected["reason"].tolist() == ["not_a_response"] * 3


@pytest.mark.parametrize(
    ("text", "scores", "left_out"),
    [
        ("date,score\n2026-01-01,9\n2026-01-02,3\nTotal,2\nAverage,6.0\n", [9, 3], 2),
        ("name,score\nAnn,9\nBob,3\nTotal,12\nAverage,6\n", [9, 3], 2),
        ("score\n9\n3\nAverage: 6\n", [9, 3], 1),
        ("date,score\n2026-01-01,9\n,Average: 6\n,Total (2) = 10\n", [9], 2),
        ("company,date,score\nTotal,2026-01-01,9\nAcme,2026-01-02,3\n", [9, 3], 0),
        ("company,score,comment\nAcme,3,bad\nTotal,9,good\n", [3, 9], 0),
    ],
)
def test_sums_below_a_table_are_no_responses_and_a_company_called_total_is_one(
    text, scores, left_out
):
    intake = _read(text)
    assert intake.accepted["score"].tolist() == scores
    assert intake.rejected["reason"].tolist() == ["not_a_response"] * left_out


def test_a_mapping_is_obeyed_remembered_and_checked():
    text = _rows("when,a,b", *(f"2025-03-0{d},{d},{10 - d}" for d in range(1, 10)))
    intake = _read(text, {"score": "b", "responded_at": "when"})
    assert intake.accepted["score"].tolist() == [10 - d for d in range(1, 10)]
    again = _read(text, Mapping.from_dict(intake.mapping.to_dict()))
    assert again.accepted.equals(intake.accepted)
    assert again.mapping == intake.mapping
    with pytest.raises(FileRefused, match="no column “c”"):
        _read(text, {"score": "c"})
    with pytest.raises(NpsError, match="scorre"):
        _read(text, {"scorre": "b"})
    with pytest.raises(NpsError, match="both have the role"):
        Mapping(roles=(("a", "score"), ("b", "score")))
    assert header_key(intake.header) == header_key([" WHEN", "a", "b "])
    assert header_key(intake.header) != header_key(["when", "a"])


def test_a_segment_named_like_a_canonical_column_keeps_out_of_its_way():
    intake = _read(
        _rows("id,date,nps,Score", "a,2025-03-01,9,Gold", "b,2025-03-01,2,Gold"),
        {"score": "nps", "segment": "Score"},
    )
    assert intake.accepted["score"].tolist() == [9, 2]
    assert intake.accepted["Score (segment)"].tolist() == ["Gold", "Gold"]
