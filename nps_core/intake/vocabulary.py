"""What columns are called, in English, French, Spanish, German, Portuguese and Dutch.

Every name is written folded (see `fold_header`): lower case, no accents, no punctuation. In the
ordered lists an earlier name wins over a later one.
"""

import re
from typing import Final

from nps_core import columns as c
from nps_core.intake.text import phrases


def ordered(listed: str) -> tuple[str, ...]:
    """The phrases of a list set out with bars and line ends, in their order.

    >>> ordered("response id | id")
    ('response id', 'id')
    """
    found = (phrase.strip() for line in listed.splitlines() for phrase in line.split("|"))
    return tuple(dict.fromkeys(phrase for phrase in found if phrase))


NAMES: Final[dict[str, tuple[str, ...]]] = {
    c.RESPONSE_ID: ordered("""
        response id | responseid | response uuid | survey response id | submission id
        answer id | feedback id | record id | interview id | entry id | hs object id
        id de reponse | id reponse | identifiant de reponse | identifiant de la reponse
        id de respuesta | id respuesta | id de la respuesta | antwort id | antwortid
        antwort nr | id da resposta | id resposta | id de resposta | antwoord id
        id van antwoord | respons id | reactie id | uuid | event id | id | identifiant
        identificador | kennung
    """),
    c.RESPONDED_AT: ordered("""
        responded at | responded | response date | response time | response timestamp
        date of response | answered at | answer date | answer datetime | submitted at
        submitted on | submit date utc | submit date | submitdate | submission date
        submission time | date submitted | completed at | completion time | completion date
        recorded date | hs submission timestamp | rated at | received at | collected at
        survey date | feedback date | date de reponse | date de la reponse | date reponse
        repondu le | date de soumission | soumis le | heure de fin | date d enregistrement
        horodateur | horodatage | fecha de respuesta | fecha respuesta | fecha de envio
        enviado el | respondido el | hora de finalizacion | marca temporal | antwortdatum
        datum der antwort | beantwortet am | eingereicht am | abgegeben am | erfassungsdatum
        fertigstellungszeit | zeitstempel | data da resposta | data de resposta | data resposta
        respondido em | enviado em | data de envio | hora de conclusao | carimbo de data hora
        datum van antwoord | antwoorddatum | beantwoord op | ingevuld op | ingediend op
        tijdstip van voltooien | tijd van voltooien | voltooiingstijd | tijdstempel | timestamp
        end date | end time | date time | datetime | date | day | fecha | fecha y hora | datum
        data | dia | jour | datum uhrzeit | created at | created on | created date
        date created | createdate | created | hs createdate | creation date | date de creation
        fecha de creacion | erstellt am | erstellungsdatum | data de criacao | criado em
        aangemaakt op | browser time | time | enddatum | date de fin | fecha de fin
        data de termino | einddatum | date utc | start date utc | start date | start time
        time started | date started | startdate | period | month | year month | yyyymm | mois
        mes | monat | maand | periode | week | semaine
    """),
    c.UPDATED_AT: ordered("""
        updated at | last updated at | last updated | updated | date updated | modified at
        modified | last modified time | last modified | last modified date | hs lastmodifieddate
        modifie le | date de modification | mis a jour le | heure de la derniere modification
        actualizado el | actualizado | fecha de actualizacion | fecha de modificacion
        hora de la ultima modificacion | aktualisiert am | geandert am
        uhrzeit der letzten anderung | atualizado em | data de atualizacao | modificado em
        hora da ultima modificacao | bijgewerkt op | gewijzigd op
        tijdstip van laatste wijziging
    """),
    c.COMMENT: ordered("""
        comment | comments | comment text | verbatim | verbatims | feedback | feedback text
        nps comment | nps feedback | nps reason | score reason | reason | reason for score
        reason for rating | explanation | open ended response | open text | free text
        open answer | follow up answer | follow up | remarks | remark | notes from customer
        review | text | hs content | commentaire | commentaires | explication | explications
        remarque | remarques | raison | motif | avis | comentario | comentarios | razon | motivo
        explicacion | observaciones | opinion | kommentar | kommentare | begrundung | anmerkung
        anmerkungen | grund | ruckmeldung | bemerkung | freitext | observacao | observacoes
        justificativa | justificacao | razao | opmerking | opmerkingen | toelichting | reden
        commentaar | commentary
    """),
    c.RESPONDENT_ID: ordered("""
        respondent id | respondent uuid | user id | userid | end user id | external user id
        distinct id | visitor id | student id | employee id | member id | panelist id
        client id | respondent | participant id | id du repondant | id repondant
        id utilisateur | id client | identifiant client | id usuario | id de usuario
        id cliente | id de cliente | benutzer id | kunden id | kundennummer | teilnehmer id
        id do usuario | id do cliente | gebruikers id | klant id | klantnummer | email | e mail
        email address | e mail address | recipient email | user email | customer email
        contact email | respondent email | person email | work email | mail | adresse e mail
        adresse email | adresse mail | adresse de messagerie | courriel | adresse electronique
        correo electronico | correo | direccion de correo electronico | e mail adresse
        emailadresse | mailadresse | e mail des empfangers | endereco de e mail
        endereco de email | e mailadres | emailadres | external reference
        external data reference | customer id | person id | contact id | recipient id
        hs contact id | remote id | visitor | visitor uuid | user uuid | subscriber id | participant
    """),
    c.ACCOUNT_ID: ordered("""
        account id | account | account name | company id | company name | company
        customer company | organization id | organisation id | org id | organization
        organisation | organization name | organisation name | workspace id | workspace
        tenant id | tenant | client name | compte | id compte | id du compte | nom du compte
        entreprise | nom de l entreprise | societe | nom de la societe | raison sociale | cuenta
        id de cuenta | nombre de la cuenta | empresa | nombre de la empresa | compania
        organizacion | konto | konto id | kontoname | firma | firmenname | unternehmen
        unternehmensname | conta | id da conta | nome da conta | nome da empresa | organizacao
        bedrijf | bedrijfsnaam | organisatie | accountnaam
    """),
    c.SURVEY_TYPE: ordered("""
        survey type | type of survey | nps type | survey kind | survey category | type d enquete
        type de sondage | tipo de encuesta | umfragetyp | umfrageart | tipo de pesquisa
        tipo de inquerito | type enquete | enquetetype | type onderzoek
    """),
    c.COMPANY_SIZE: ordered("""
        company size | companysize | company size c | size of company | account size
        business size | employee count | employees | number of employees | headcount
        company headcount | size | size segment | customer size | taille de l entreprise
        taille entreprise | taille de la societe | taille | effectif | effectifs
        nombre d employes | nombre de salaries | tamano de la empresa | tamano de empresa
        tamano empresa | tamano | numero de empleados | empleados | unternehmensgrosse
        firmengrosse | mitarbeiterzahl | anzahl mitarbeiter | mitarbeiter | betriebsgrosse
        tamanho da empresa | tamanho empresa | porte da empresa | porte | numero de funcionarios
        funcionarios | bedrijfsgrootte | bedrijfsomvang | aantal medewerkers | aantal werknemers
    """),
    c.INDUSTRY: ordered("""
        industry | industry c | sector | vertical | industry sector | business sector
        market sector | secteur | secteur d activite | industrie | domaine d activite
        industria | sector de actividad | rubro | branche | wirtschaftszweig | industriezweig
        setor | setor de atuacao | ramo de atividade | ramo | area de atuacao | bedrijfstak
        bedrijfssector
    """),
    c.PERSONA: ordered("""
        persona | persona c | role | job role | user role | job title | title | position
        job function | job level | seniority | user type | buyer persona | poste | fonction
        role dans l entreprise | intitule du poste | metier | profil | puesto | cargo | rol
        funcion | puesto de trabajo | perfil | rolle | funktion | berufsbezeichnung | jobtitel
        stelle | papel | funcao | profissao | functie | functietitel | beroep | rol in bedrijf
    """),
    c.MRR: ordered("mrr | monthly recurring revenue | mrr usd | mrr eur | account mrr | mrr c"),
    c.CSAT: ordered("""
        csat | csat score | customer satisfaction | satisfaction | satisfaction score
        overall satisfaction | satisfaction globale | satisfaction client | satisfaccion
        satisfaccion general | zufriedenheit | gesamtzufriedenheit | kundenzufriedenheit
        satisfacao | satisfacao geral | tevredenheid | klanttevredenheid
    """),
    c.CES: ordered("""
        ces | ces score | customer effort | customer effort score | effort | effort score | ease
        ease of use | effort client | facilite | esfuerzo | facilidad | aufwand | einfachheit
        esforco | facilidade | inspanning | moeite | gebruiksgemak
    """),
}
"""Names of each role, best first."""

ASKED: Final[dict[str, re.Pattern[str]]] = {
    c.COMPANY_SIZE: re.compile(
        r"how (?:many employees|large is your|big is your)|company size|size of your (?:comp|org)"
        r"|combien (?:d employes|de salaries)|taille de votre|wie viele mitarbeit|grosse ihres unt"
        r"|cuantos empleados|tamano de (?:su|tu)|quantos funcionarios|tamanho da sua"
        r"|hoeveel (?:mede)?werk"
    ),
    c.INDUSTRY: re.compile(
        r"(?:what|which) (?:is your )?(?:industry|sector)|quel (?:est votre )?secteur"
        r"|welche[rn]? branche|que (?:industria|sector)|qual (?:e )?(?:o )?(?:seu )?(?:setor|ramo)"
        r"|welke (?:branche|sector|bedrijfstak)"
    ),
    c.PERSONA: re.compile(
        r"(?:what|which) .*\b(?:your|describes you\w*) .*(?:role|job|title|position)"
        r"|quel(?:le)? est votre (?:poste|role|fonction|metier)"
        r"|(?:was|welche) ist ihre? (?:rolle|posit|funktion)"
        r"|cual es (?:su|tu) (?:puesto|rol|cargo)|qual e (?:o seu|a sua) (?:cargo|funcao)"
        r"|wat is (?:uw|je) (?:rol|functie)"
    ),
}
"""Questions that ask a respondent for a named segment."""

CERTAIN_SCORES: Final = ordered("""
    nps | nps score | nps rating | score nps | note nps | nota nps | nps nota | nps wert
    nps cijfer | nps answer | nps response | nps value | nps question | net promoter score
    net promoter | net promoter score nps | likelihood to recommend | ltr | ltr score
    recommendation score | recommendation | probabilite de recommandation
    note de recommandation | recommandation | weiterempfehlung | weiterempfehlungsbereitschaft
    empfehlungsbereitschaft | recomendacion | recomendacao | aanbeveling | aanbevelingsscore
    hs value
""")
PLAIN_SCORES: Final = ordered("""
    score | scores | survey score | score 0 10 | rating 0 10 | note sur 10
""")
LOOSE_SCORES: Final = ordered("""
    rating | note | nota | puntuacion | puntaje | calificacion | valoracion | bewertung
    punktzahl | punkte | wertung | pontuacao | avaliacao | cijfer | beoordeling | waardering
    answer | response | value | grade | answer content | reponse | antwort | respuesta
    resposta | antwoord | survey response | properties survey response | poll response | choice
""")

RECOMMENDS: Final = re.compile(
    r"recommend|recommand|recomiend|recomend|empfehl|empfiehl|empfohl|aanbev[eo]"
    r"|be(?:veel|vel)\w*\b.*\baan\b|aanra(?:ad|den)|\bra(?:ad|den)\b.*\baan\b"
    r"|conseill(?:er|ez)|preconis|raccomand|\bindicaria|\bindicar .*\b(?:amig|coleg|conhecid)"
    r"|net promoter|\bnps\b"
)
"""Questions that ask for a recommendation, and names that say NPS."""

OTHER_MEASURE: Final = re.compile(
    r"satisf|zufrieden|tevreden|\beffort|\beasy\b|\bease\b|\bfacil|einfach|aufwand|esfuerzo|esforco"
    r"|moeite|makkelijk|\bcsat\b|\bces\b|\bhappy\b|renew|repurchas|\bstay\b|\bquality\b|\bqualite\b"
    r"|intention|calidad|qualitat|qualidade|kwaliteit"
)
"""Other things surveys ask on the same 0 to 10 scale; none of them is the recommendation."""

SATISFIED: Final = re.compile(r"how satisfied|satisfait|zufrieden|satisfecho|satisfeito|tevreden")
EASY: Final = re.compile(
    r"how easy|how much effort|made it easy|effort|facile|wie einfach|aufwand|que tan facil"
    r"|esfuerzo|esforco|quao facil|hoe makkelijk|hoe gemakkelijk|moeite"
)

NOT_THE_NUMBER: Final = re.compile(
    r"\b(?:group|gruppe|groupe|grupo|groep|category|categorie|categoria|kategorie|class|classe|klasse"
    r"|klassifikation|segment|type|typ|tipo|bucket|label|sentiment|weight|gewicht|poids|peso|status"
    r"|tag|date|datum|fecha|count|total|average|avg|trend|month|year|survey|comment|reason|feedback"
    r"|topics?|id|name)$"
)
"""Ends of short names that stand beside a score: its class, its weight, its date."""

REASON_ASKED: Final = re.compile(
    r"\bwhy\b|reason|explain|what made you|tell us more|pourquoi|raison|expliqu|precis(?:er|ez)"
    r"|warum|grund|weshalb|wieso|erlauter|por ?que\b|porque|motivo|razon|razao|explique"
    r"|waarom|reden|toelicht|licht .* toe"
)
BARE_WHY: Final = re.compile(
    r"(?:(?:q\d+|\d+) )?(?:and |et |y |und |e |en )?"
    r"(?:why|pourquoi|warum|weshalb|wieso|por que|porque|waarom)(?: \w+){0,2}"
)
"""A question that is little more than the word itself; whatever answers it is the comment."""

MORE_ASKED: Final = re.compile(
    r"improve|do better|anything else|other comments|comments|feedback|suggestion|amelior"
    r"|commentaire|verbesser|anmerkung|mejorar|comentario|melhorar|sugest|sugerencia|verbeter"
    r"|opmerking|share|tell us|your words|like (?:most|best|least)"
)

IGNORED: Final = phrases("""
    name | full name | first name | last name | surname | firstname | lastname | given name
    family name | username | user name | contact name | customer name | person name
    display name | recipient last name | recipient first name | nom | prenom | nom complet
    nom de famille | nombre | apellido | apellidos | nombre completo | vorname | nachname | nome
    sobrenome | nome completo | naam | voornaam | achternaam | phone | phone number | telephone
    mobile | telefon | telefono | telefone | telefoon | tel | ip | ip address | ipaddr
    adresse ip | ip adresse | direccion ip | latitude | longitude | location latitude
    location longitude | location accuracy | lat | lng | lon | address | street | postcode | zip
    zip code | postal code | city | ville | ciudad | stadt | cidade | stad | token | url
    permalink | referer | referrer | referer url | user agent | collector id | network id
    session id | link id | seed | lastpage | last page | progress | duration in seconds
    duration | finished | status | response type | response set | ending | legacy comments
    survey id | form id | form uuid | ticket id | delivery id | campaign id | guide id | poll id
    device id | formbricks id internal | no | tags | notes | origin url | ip country | birthday
    date of birth | birth date | age | gender | sex | password | cookie | topics | hs survey id
    question id | additional answers | sent | opened | delivered at
""")
"""Plumbing, and what tells who a person is: never kept unless someone asks for it."""

NO_RESPONSE_DATE: Final = re.compile(
    r"birth|naissance|geburt|nacimiento|nascimento|geboort|sign ?up|signed up|inscription"
    r"|registr|renew|contract|trial|invoice|first seen|last seen|expire|shown|sent|dismissed|opened"
    r"|delivered|updated|modified|hire|joined|customer since"
)

SEGMENT_NAMES: Final = re.compile(
    r"^(?:segments?|plan|tier|country|country code|region|channel|language|user language|locale"
    r"|cohort|product|version|platform|team|department|store|site|market|brand|campaign|source|pays|langue"
    r"|canal|produit|abonnement|formule|magasin|equipe|pais|idioma|producto|tienda|equipo|land"
    r"|sprache|kanal|produkt|tarif|filiale|abteilung|produto|loja|plano|taal|kanaal|winkel|afdeling"
    r"|lifecycle|stage|customer type|offer|wave|quarter|year|annee|jahr|ano|jaar)$"
)
"""Names that are segments whatever their values look like."""

CLASSES: Final = phrases("""
    promoter | promoters | passive | passives | neutral | neutrals | detractor | detractors
    promoteur | promoteurs | passif | passifs | detracteur | detracteurs | promotor | promotores
    pasivo | pasivos | detractores | passivo | passivos | neutro | neutros | detratores | detrator
    indifferente | kritiker | passieve | criticaster | criticasters | positive | negative
""")
"""What tools write for the class of a score; it adds nothing to the score."""

OWNERS: Final = re.compile(
    r"^(?:person properties|person|user traits|user|properties|contact|customer|traits|company"
    r"|respondent attributes|respondent|attributes|data|hidden|custom) (?=\w)"
)
"""Whose property a flattened or exported column says it is: "person.company_size"."""
