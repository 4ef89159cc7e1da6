"""The words of the product, each in two plain sentences."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from nps_core.language import mark, tr


@dataclass(frozen=True)
class Term:
    """A word and what it means here, both marked for translation."""

    name: str
    text: str


TERMS: Final = (
    Term(
        mark("NPS (Net Promoter Score)"),
        mark(
            "The share of promoters less the share of detractors, in points from −100 to 100. "
            "Passives count in the total and in neither share."
        ),
    ),
    Term(
        mark("Promoter"),
        mark(
            "Somebody who answered 9 or 10 to “How likely are you to recommend us?”. "
            "More promoters raise the NPS."
        ),
    ),
    Term(
        mark("Passive"),
        mark(
            "Somebody who answered 7 or 8. "
            "A passive counts as a response and moves the NPS towards 0."
        ),
    ),
    Term(
        mark("Detractor"),
        mark("Somebody who answered 0 to 6. More detractors lower the NPS."),
    ),
    Term(
        mark("Response"),
        mark(
            "One answer from 0 to 10, with its day and perhaps a comment. "
            "A person asked twice gives two responses."
        ),
    ),
    Term(
        mark("Respondent"),
        mark(
            "The person who answered. "
            "Where the file names them, the latest response of each can be scored alone."
        ),
    ),
    Term(
        mark("Account"),
        mark(
            "The customer a respondent belongs to, usually a company. "
            "Answers of one account resemble one another, so intervals keep them together."
        ),
    ),
    Term(
        mark("95 % interval"),
        mark(
            "The range in which the NPS of everybody you could have asked plausibly lies. "
            "Of 100 such intervals about 95 hold the true value."
        ),
    ),
    Term(
        mark("Margin"),
        mark("Half the width of an interval, in points. Four times as many responses halve it."),
    ),
    Term(
        mark("Denominator, n"),
        mark(
            "How many responses a figure is made of, written beside it. "
            "The smaller n is, the less the figure can be trusted."
        ),
    ),
    Term(
        mark("Verdict: up, down, no clear change"),
        mark(
            "“Up” and “down” stand where the whole interval of a difference lies on one side of 0. "
            "“No clear change” means the data cannot tell, not that nothing changed."
        ),
    ),
    Term(
        mark("Too few responses"),
        mark(
            "A side of the comparison has fewer than 10 responses, so no verdict is given. "
            "Longer dates or wider groups bring more."
        ),
    ),
    Term(
        mark("Above or below the rest"),
        mark(
            "A group whose NPS differs from that of all other responses by more than chance "
            "explains. The number of groups looked at is taken into account."
        ),
    ),
    Term(
        mark("Noise"),
        mark(
            "What a score moves by although nobody changed their mind, because others answered. "
            "A move within the noise is no news."
        ),
    ),
    Term(
        mark("Mix"),
        mark(
            "Which groups answered, and in what shares. "
            "The NPS can move because the mix did, with every group as it was."
        ),
    ),
    Term(
        mark("Benchmark"),
        mark(
            "A level to compare the NPS with, such as what is usual in the industry. "
            "Those on the trend are yours to set on the Overview."
        ),
    ),
    Term(
        mark("Minimum n"),
        mark(
            "Groups with fewer responses than this show no figures, so that nobody’s answer can "
            "be read off a page. It is set on the Segments page, for everybody."
        ),
    ),
    Term(
        mark("Trailing window"),
        mark(
            "Each point of the trend counts the responses of the last days or weeks together. "
            "The line is smoother and turns later."
        ),
    ),
    Term(
        mark("Washout"),
        mark(
            "Days left out right after a product change, until people have noticed it. "
            "Their responses belong to neither side."
        ),
    ),
    Term(
        mark("Relational survey"),
        mark(
            "Asks about the product as a whole, at a regular time. "
            "Its scores are not comparable with those of transactional surveys."
        ),
    ),
    Term(
        mark("Transactional survey"),
        mark(
            "Asks right after an event, such as a support call. "
            "It says how that event went, not how loyal the customer is."
        ),
    ),
    Term(
        mark("CSAT (customer satisfaction)"),
        mark(
            "How satisfied people say they are with one thing, often on a scale of 1 to 5. "
            "It is another question than the NPS, and the two need not move together."
        ),
    ),
    Term(
        mark("CES (customer effort score)"),
        mark("How easy people say it was to get something done. It is asked right after the task."),
    ),
    Term(
        mark("Churn"),
        mark(
            "The share of customers, or of their revenue, that left within a period. "
            "Detractors leave more often in many studies, though not in every business."
        ),
    ),
    Term(
        mark("Retention"),
        mark(
            "The share of customers, or of their revenue, that stayed over a period. "
            "It is what churn leaves."
        ),
    ),
    Term(
        mark("Growth"),
        mark(
            "How much customers or revenue rose over a period. "
            "A higher NPS does not by itself bring growth."
        ),
    ),
    Term(
        mark("Lifetime value"),
        mark(
            "What a customer is expected to bring in until they leave. "
            "It depends on how long customers stay, so on churn."
        ),
    ),
)


def found_terms(asked: str) -> list[tuple[str, str]]:
    """The terms whose name or text holds every word of `asked`, by name, in the language spoken.

    Case and accents do not matter.

    >>> [name for name, _ in found_terms("minimum")]
    ['Minimum n']
    """
    words = _plain(asked).split()
    said = [(tr(term.name), tr(term.text)) for term in TERMS]
    found = [pair for pair in said if all(word in _plain(" ".join(pair)) for word in words)]
    # What is called so comes before what only mentions it.
    return sorted(
        found,
        key=lambda pair: (not all(word in _plain(pair[0]) for word in words), _plain(pair[0])),
    )


def _plain(text: str) -> str:
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))
