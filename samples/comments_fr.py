"""What French-speaking respondents write, by theme and by how they scored."""

from typing import Final

COMMENTS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "onboarding": {
        "detractor": (
            "La prise en main est un parcours du combattant.",
            "Un mois après la signature, on n'a toujours pas tous nos accès.",
            "Aucun accompagnement : on nous a envoyé un lien vers la doc et débrouillez-vous.",
            "Reprise de nos données ratée, il a fallu tout ressaisir à la main.",
        ),
        "passive": (
            "Démarrage un peu laborieux, ensuite ça roule.",
            "Il manque un vrai tutoriel en français pour les nouveaux.",
            "Correct, mais la formation initiale était trop courte.",
            "On s'y fait, comptez deux semaines.",
        ),
        "promoter": (
            "Installé le lundi, toute l'équipe dessus le mercredi.",
            "La prise en main est limpide, même pour les plus réfractaires.",
            "L'assistant de démarrage nous a fait gagner un temps fou.",
            "Très bien accompagnés du début à la fin, bravo.",
        ),
    },
    "billing": {
        "detractor": (
            "Prélevés deux fois en mars, toujours pas remboursés.",
            "Facture incompréhensible, notre comptable s'arrache les cheveux.",
            "Impossible de retirer un utilisateur sans passer par un commercial.",
            "Le numéro de TVA disparaît à chaque renouvellement.",
        ),
        "passive": (
            "Les factures arrivent tard, sinon rien à redire.",
            "J'aimerais pouvoir payer par virement.",
            "La page de facturation mérite un coup de propre.",
            "Ça va, même si le détail par service manque.",
        ),
        "promoter": (
            "Facturation claire, au centime près.",
            "Changement de formule en deux clics, sans mauvaise surprise.",
            "Enfin un éditeur qui sait faire une facture !",
            "Le suivi des licences est un vrai plus pour nos achats.",
        ),
    },
    "performance": {
        "detractor": (
            "C'est d'une lenteur… on a le temps d'aller prendre un café.",
            "Ça rame dès qu'on dépasse quelques milliers de lignes.",
            "Encore une panne hier en pleine clôture mensuelle.",
            "L'appli plante trois fois par jour, c'est pénible.",
        ),
        "passive": (
            "Un peu lent le matin, correct le reste de la journée.",
            "Les exports pourraient être plus rapides.",
            "Globalement stable, quelques ralentissements en fin de mois.",
            "Ça s'est amélioré, mais il reste du chemin.",
        ),
        "promoter": (
            "Rapide, fluide, jamais une coupure.",
            "Même avec notre volume, tout s'affiche en un clin d'œil.",
            "Depuis la mise à jour, les rapports sortent instantanément.",
            "Aucune panne en deux ans, chapeau.",
        ),
    },
    "support": {
        "detractor": (
            "Cinq jours pour avoir une réponse, et à côté de la plaque.",
            "On me renvoie d'un service à l'autre sans jamais rien résoudre.",
            "Ticket fermé sans solution, c'est inadmissible.",
            "Support en anglais uniquement alors qu'on nous avait promis le contraire.",
        ),
        "passive": (
            "Support aimable, mais il faut relancer.",
            "Réponse rapide, solution un peu moins.",
            "Le problème a été réglé, au bout de trois échanges.",
            "L'équipe est sympa, la documentation insuffisante.",
        ),
        "promoter": (
            "Le support est au top : réponse en cinq minutes, problème réglé en dix.",
            "Des interlocuteurs humains, compétents et disponibles.",
            "On se sent écoutés, c'est rare.",
            "Toujours quelqu'un au bout du fil, merci à toute l'équipe.",
        ),
    },
    "missing features": {
        "detractor": (
            "Toujours pas de modification en masse, on la réclame depuis deux ans.",
            "Il manque l'essentiel : droits fins, historique, exports programmés.",
            "Trop limité pour nos besoins, on finit tout sous tableur.",
            "La moitié de ce qu'on nous a montré en démo n'existe pas.",
        ),
        "passive": (
            "Bon outil, mais les filtres restent trop basiques.",
            "Il ne manque pas grand-chose : des champs personnalisés et ce serait parfait.",
            "J'attends avec impatience les rapports planifiés.",
            "Ça fait le travail, sans plus.",
        ),
        "promoter": (
            "Tout ce qu'il faut, rien de superflu.",
            "Le nouveau générateur de rapports a remplacé trois fichiers Excel.",
            "Chaque version apporte du concret.",
            "Complet et agréable à utiliser au quotidien.",
        ),
    },
    "price": {
        "detractor": (
            "30 % d'augmentation sans prévenir, c'est se moquer du monde.",
            "Hors de prix pour une petite structure comme la nôtre.",
            "On paie des licences pour des gens qui se connectent une fois par mois.",
            "Le tarif a flambé, pas la qualité ; on regarde ailleurs.",
        ),
        "passive": (
            "Un peu cher, mais ça tient la route.",
            "Rapport qualité-prix correct, sans plus depuis la hausse.",
            "Une formule intermédiaire serait bienvenue.",
            "Satisfait du produit, moins du tarif.",
        ),
        "promoter": (
            "Excellent rapport qualité-prix.",
            "Rentabilisé dès le deuxième mois.",
            "Moins cher que l'ancien outil et bien meilleur.",
            "Le prix est juste, on sait ce qu'on paie.",
        ),
    },
    "mobile": {
        "detractor": (
            "L'appli mobile me déconnecte tous les jours.",
            "Inutilisable sur téléphone, les boutons se chevauchent.",
            "Les notifications arrivent deux heures après, ça ne sert à rien.",
            "Rien ne marche sur tablette, nos équipes terrain sont furieuses.",
        ),
        "passive": (
            "Très bien sur ordinateur, moins sur mobile.",
            "L'appli dépanne, mais on ne peut pas tout y faire.",
            "Un mode hors ligne nous aiderait sur les chantiers.",
            "Correct sur téléphone, un peu gourmand en batterie.",
        ),
        "promoter": (
            "Je valide tout depuis mon téléphone dans le train, génial.",
            "L'appli mobile est une réussite 👏",
            "Nos commerciaux ne jurent plus que par la version mobile.",
            "Aussi complet sur mobile que sur ordinateur.",
        ),
    },
    "integrations": {
        "detractor": (
            "La synchro avec notre CRM saute une semaine sur deux.",
            "L'API ne correspond pas à la documentation.",
            "Quatre mois pour mettre en place le SSO, sérieusement ?",
            "Des doublons partout depuis la connexion avec notre outil de tickets.",
        ),
        "passive": (
            "Les connecteurs existent, mais il faut un développeur.",
            "L'API est correcte, les quotas un peu justes.",
            "Il manque encore le lien avec notre ERP.",
            "La synchro marche, à condition de la surveiller.",
        ),
        "promoter": (
            "Branché sur notre CRM en une après-midi, sans développeur.",
            "Le SSO a fonctionné du premier coup, la DSI est ravie.",
            "L'API est propre et bien documentée, un bonheur.",
            "S'intègre parfaitement à nos outils.",
        ),
    },
}

ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "detractor": ("À revoir.", "Très déçu.", "On s'attendait à mieux.", "Faites quelque chose."),
    "passive": ("Sinon ça va.", "À suivre.", "Rien de bloquant.", "Voilà."),
    "promoter": ("Continuez !", "Je recommande les yeux fermés.", "Merci !", "Belle équipe."),
}
