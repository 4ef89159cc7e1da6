"""What cells say about a whole row: sums of a table, kinds of survey, folded (`fold_header`)."""

from typing import Final

from nps_core.intake.text import phrases

FOOTERS: Final = phrases("""
    total | totals | grand total | average | mean | median | sum | count | overall | subtotal
    avg | nps | total general | total responses | moyenne | somme | mediane | ensemble | media
    promedio | suma | mediana | summe | durchschnitt | gesamt | gesamtergebnis | mittelwert
    soma | total geral | gemiddelde | totaal | eindtotaal | som | std | min | max
""")
"""First cells of lines that sum a table up."""

RELATIONAL_WORDS: Final = phrases("""
    relational | relationship | relation | rnps | r nps | nps relational | relational nps
    relationship nps | nps relationship | periodic | relationnel | relationnelle
    nps relationnel | relacional | nps relacional | beziehung | relationale | relationell
    relationeel | relatie
""")
TRANSACTIONAL_WORDS: Final = phrases("""
    transactional | transaction | tnps | t nps | nps transactional | transactional nps
    event based | touchpoint | post interaction | transactionnel | transactionnelle
    nps transactionnel | transaccional | transacional | nps transacional | transaktional
    transaktionell | transactioneel
""")

NPS_KINDS: Final = phrases("""
    nps | net promoter score | net promoter | nps survey | rnps | tnps | enps | e nps
""")
OTHER_KINDS: Final = phrases("""
    csat | ces | 5star | 5 star | five star | star | stars | smileys | smiley | thumbs | emoji
    emojis | custom | knowledge | pmf | customer satisfaction | customer effort score | rating
    survey | customer satisfaction score | kcs | 5 stars | ueq | sus
""")
"""Values of a survey-kind column that say what a row's answer measures."""

KIND_NAMES: Final = phrases("""
    survey type | question type | hs survey type | survey kind | metric | metric type
    survey metric | type of survey | survey category
""")
