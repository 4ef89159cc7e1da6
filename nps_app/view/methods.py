"""How each number and each verdict is reached, in plain words: the text of "How it works"."""

from dataclasses import dataclass
from typing import Final

from nps_core.language import mark


@dataclass(frozen=True)
class Method:
    """One explanation: its place in the address, its heading, its text (Markdown of our own).

    Heading and text are marked for the catalogues: a page translates them.
    """

    anchor: str
    title: str
    text: str


METHODS: Final = (
    Method(
        "score",
        mark("The NPS and its interval"),
        mark(
            """
Promoters answer 9 or 10, passives 7 or 8, detractors 0 to 6. The NPS is the share of promoters
less the share of detractors, from −100 to 100: a number, not a percentage.

Whoever answered is a sample of everybody who could have. The **95 % interval** beside a score is
the range of true scores that would give answers like these; with 100 responses it is about 30
points wide. It is Tango's score interval, which stays honest with few responses and when all
answered alike. *Further reading: Rocks 2016, The American Statistician 70(4).*
"""
        ),
    ),
    Method(
        "verdicts",
        mark("Up, down, no clear change, too few responses"),
        mark(
            """
- **Up** or **down**: the whole interval of the difference lies above, or below, zero.
- **No clear change**: the interval holds zero. The NPS may have moved; these responses cannot tell.
- **Too few responses**: a side has fewer than 10.

A verdict says *that* something moved, never *why*. In 100 comparisons in which nothing happened,
at most about 5 are called up or down. Two intervals that overlap do not mean "no change": the
difference has an interval of its own (MOVER, Zou and Donner 2008), and that one is read.
"""
        ),
    ),
    Method(
        "changes",
        mark("The verdict of a product change, a week or a month"),
        mark(
            """
The days before a change are compared with the days after it, and a month with the month before,
in the same way. The interval of the difference is the widest of three readings:

1. **Chance alone**: every response is taken for an opinion of its own.
2. **Accounts kept whole**: colleagues of one account answer alike, so ten answers of one account
   say less than ten accounts. Used where responses name their account.
3. **Ordinary weeks**: the same two windows are laid over all the days on which nothing shipped.
   If the NPS wanders between them more than chance explains, so it may have here.

Around a product change, a move that the **mix** explains is not called one: if half of it or less
is left once the shares of the customer groups are held fixed, the verdict is "no clear change".
"""
        ),
    ),
    Method(
        "rivals",
        mark("What else could explain it"),
        mark(
            """
- **Who answered (mix)**: each group's NPS before and after, weighted by the same shares on both
  sides (post-stratification). It shows what moved within the groups.
- **The trend it was on**: a line through the weeks before, carried on, and the step away from it
  at the change (interrupted time series on 7-day bins). It needs 6 weeks with responses a side.
- **Those it was not for (control)**: for a change made for some segments, the move of those less
  the move of everybody else (difference in differences).
- **The same people**: respondents seen on both sides, and where each of them went. A paired test.
- **Other changes nearby**: what else shipped within the windows. Nobody can tell two changes of
  one day apart.

Each has a figure and an interval of its own. None of them proves a cause.
"""
        ),
    ),
    Method(
        "settle",
        mark("About N more responses would settle it"),
        mark(
            """
How many more responses, on both sides together, would find a difference of this size four times
out of five, if it is real. When even a hundred times the responses would not do, the page says so:
a difference that small is not settled by waiting.
"""
        ),
    ),
    Method(
        "moved",
        mark("What moved: own scores and mix"),
        mark(
            """
A total can change because the groups changed their minds, or because other groups answered. For
each group, **own score** is its change at its average share, **mix** the change of its share at
its average distance from the total; together they give the change exactly (Kitagawa 1955). When
every group moved one way and the total the other (Simpson's paradox), the page says so: then the
total misleads.
"""
        ),
    ),
    Method(
        "week",
        mark("Is this week news?"),
        mark(
            """
The weeks before tell how far a week with this many responses lies from their common score by
chance, and how far weeks wander beyond it. Inside that range a week is ordinary, however large
the arrow another tool would draw.
"""
        ),
    ),
    Method(
        "shifts",
        mark("Something moved: suggestions on the trend"),
        mark(
            """
The days are cut wherever two stretches differ by more than chance and ordinary weeks explain
(PELT on the daily counts). In two years without any change, at most 5 in 100 such series get a
suggestion at all. A suggestion is a question to you, not a finding: dismiss it, or add the product
change that it may belong to.
"""
        ),
    ),
    Method(
        "segments",
        mark("Which segments differ"),
        mark(
            """
Each group is compared with everybody else. With two hundred comparisons, ten look clear by chance
alone, so all of them are corrected together (Benjamini and Hochberg): of the groups called above
or below, at most one in ten is expected to be a false find. Groups too small to show are hidden,
and with them any group from which they could be worked out by subtraction.
"""
        ),
    ),
    Method(
        "which-score",
        mark("Which score is it?"),
        mark(
            """
- **All responses**: each response counts once.
- **Latest per respondent**: each person counts once in a period, with the last answer.
- **Per account**: each account counts once, with the mean of its people. Another quantity, with
  the number of accounts as its denominator.
- **Weighted by revenue**: each response counts by its account's monthly revenue. The *effective*
  number of responses beside it (Kish) says how few large customers decide.
- **At known shares**: each customer group counts by its share among all customers, known from
  elsewhere, whoever happened to answer.
"""
        ),
    ),
    Method(
        "planner",
        mark("Planning"),
        mark(
            """
Responses needed for a margin grow with its square: half the margin takes four times as many. The
planner takes the spread of your own answers; the worst case (half promoters, half detractors) is a
click away. *Four times out of five* means a power of 80 %.
"""
        ),
    ),
    Method(
        "proof",
        mark("Does it keep its word?"),
        mark(
            """
Every promise above was put to the test: coverage of each interval, false alarms where nothing
happened, moves found where something did, beside what simpler rules do. The figures, with the
command that gives them again, are in `docs/proof.md` of the source.
"""
        ),
    ),
)
