"""What coaches write down: short sentences of the trade, without names and without agreement in gender.

``{trade}`` is the branch the person looks in, ``{job}`` the title of the job, ``{firm}`` the employer.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ObstacleKit:
    """One kind of obstacle: how it is noted, the goals it gives rise to, what is said about it."""

    kind: str
    notes: tuple[str, ...]
    goals: tuple[str, ...]
    lines: tuple[str, ...]


OBSTACLES: tuple[ObstacleKit, ...] = (
    ObstacleKit(
        "MOBILITY",
        (
            "Pas de permis ; un bus par heure.",
            "Voiture en panne, réparation impayée.",
            "Premier bus après le début de la pause.",
        ),
        ("Passer l’examen théorique du permis B", "Trouver un trajet vers le zoning", "Obtenir une mobylette de prêt"),
        (
            "Trajet essayé sur carte : quarante minutes de bus et dix à pied, faisable pour un début à huit heures.",
            "Inscription à l’auto-école sociale faite ensemble ; première leçon dans quinze jours.",
            "Covoiturage possible avec une personne du même quartier ; numéro à demander au chef d’équipe.",
            "Examen théorique manqué de deux points ; nouvelle date prise tout de suite.",
        ),
    ),
    ObstacleKit(
        "CHILDCARE",
        (
            "Deux enfants de moins de six ans, pas de place à la crèche.",
            "Garde assurée seulement le matin.",
            "Aucune solution pendant les congés scolaires.",
        ),
        ("Trouver une garde avant sept heures", "Obtenir une place à la halte-garderie"),
        (
            "Halte-garderie contactée pendant l’entretien : une place trois jours par semaine dès le mois prochain.",
            "La grand-mère peut dépanner le mercredi ; il reste deux débuts de journée à couvrir.",
            "Liste des accueillantes conventionnées parcourue ; trois appels à passer d’ici lundi.",
        ),
    ),
    ObstacleKit(
        "LANGUAGE",
        (
            "Comprend bien, écrit peu le français.",
            "Cours de français langue étrangère en cours, niveau A2.",
            "Lit avec difficulté les consignes écrites.",
        ),
        ("Suivre les cours de français jusqu’au niveau B1", "Comprendre une fiche de poste"),
        (
            "Vocabulaire du poste travaillé à partir de vraies fiches ; nette progression à l’oral.",
            "Simulation d’entretien : les réponses sont claires quand les questions sont courtes.",
            "Horaire des cours vérifié : compatible avec un travail l’après-midi.",
        ),
    ),
    ObstacleKit(
        "HOUSING",
        ("Logement provisoire, domicile à régulariser.", "Loyer trop lourd, menace d’expulsion."),
        ("Stabiliser le logement", "Introduire une demande de logement social"),
        (
            "Dossier de logement social complété ; il manque une composition de ménage à demander à la commune.",
            "Rendez-vous pris avec le service logement ; la recherche d’emploi continue en parallèle.",
        ),
    ),
    ObstacleKit(
        "HEALTH",
        (
            "Mal de dos : pas de charges de plus de dix kilos.",
            "Fatigue, suivi médical régulier.",
            "Allergie à certains produits.",
        ),
        ("Préciser les limites avec le médecin traitant", "Viser des postes sans port de charges"),
        (
            "Limites de port de charges relues ensemble ; deux offres écartées pour cette raison.",
            "Avis du médecin reçu : travail assis et debout en alternance possible.",
            "Le moral va mieux ; les démarches reprennent à un rythme tenable.",
        ),
    ),
    ObstacleKit(
        "DEBT",
        ("Règlement collectif de dettes en cours.", "Retards de factures d’énergie, crainte d’une saisie."),
        ("Mettre les dettes en médiation", "Calculer ce qui reste en travaillant"),
        (
            "Simulation faite : ce qui resterait à la fin du mois avec un salaire ; la crainte d’y perdre diminue.",
            "Premier rendez-vous en médiation de dettes accompagné par téléphone.",
        ),
    ),
    ObstacleKit(
        "ADMINISTRATIVE",
        (
            "Titre de séjour à renouveler.",
            "Permis d’occupation à demander avec l’employeur.",
            "Diplôme étranger sans équivalence.",
        ),
        ("Renouveler le titre de séjour", "Introduire la demande d’équivalence"),
        (
            "Liste des pièces pour la commune dressée ensemble ; deux sur quatre sont là.",
            "Demande d’équivalence envoyée ; réponse attendue dans les trois mois.",
            "Renouvellement accordé : copie vue.",
        ),
    ),
    ObstacleKit(
        "SKILLS",
        (
            "Peu d’expérience récente, aucune attestation.",
            "Peu à l’aise avec l’ordinateur.",
            "Calcul de base à revoir.",
        ),
        ("Refaire un CV par compétences", "S’initier à l’encodage", "Essayer le métier pendant une journée"),
        (
            "CV repris par compétences plutôt que par dates ; une page, lisible.",
            "Journée d’essai demandée à une entreprise connue pour vérifier l’intérêt réel pour le métier.",
            "Module d’initiation à l’ordinateur terminé ; envoi d’un message avec pièce jointe réussi.",
        ),
    ),
    ObstacleKit(
        "CONFIDENCE",
        (
            "Peur de l’employeur après une rupture difficile.",
            "Longue interruption, doute d’être à la hauteur.",
            "Deuil d’un emploi perdu après deux ans de contrat.",
        ),
        ("Oser un premier appel à un employeur", "Préparer un entretien d’embauche"),
        (
            "Premier appel à un employeur passé depuis le bureau ; accueil correct, bon pour la confiance.",
            "Retour sur les réussites des emplois passés ; trois points forts à mettre en avant.",
            "Entretien simulé deux fois ; la seconde fois, le regard et la voix tiennent.",
        ),
    ),
)

GOALS: tuple[str, ...] = (
    "Décrocher un entretien dans {trade}",
    "Envoyer deux candidatures par semaine",
    "Visiter deux entreprises dans {trade}",
    "Trouver un contrat d’au moins trois mois",
)

INTAKE: tuple[str, ...] = (
    "Premier entretien : parcours, attentes, ce que le jobcoaching propose et ce qu’il ne fait pas.",
    "Accueil et présentation de la méthode ; démarche volontaire, demande d’un emploi plutôt que d’une formation.",
    "Premier contact : situation familiale et revenus clarifiés, papiers à apporter listés.",
)
PREPARATORY: tuple[str, ...] = (
    "Bilan des expériences : ce qui a plu, ce qui n’est plus possible. Intérêt confirmé pour {trade}.",
    "Conditions de départ passées en revue : disponibilité, trajets, papiers.",
    "Papiers reçus et vérifiés ; le contrat de confiance est expliqué point par point.",
    "Doutes exprimés sur le rythme hebdomadaire ; accord pour essayer un mois.",
)
SIGNATURE: tuple[str, ...] = (
    "Contrat de confiance lu à voix haute et signé ; rendez-vous hebdomadaire fixé.",
    "Signature des conventions. Premier plan d’action : deux pistes dans {trade}.",
)
SEARCH: tuple[str, ...] = (
    "Trois offres lues ensemble dans {trade} ; deux retenues, candidatures à envoyer d’ici vendredi.",
    "Point sur les candidatures de la semaine : deux envois, une réponse négative, une attente.",
    "Appel passé ensemble à un employeur de la région : pas de besoin avant le mois prochain, à relancer.",
    "Préparation d’un entretien : questions probables, trajet, tenue. Rappel convenu juste après.",
    "Retour d’entretien : bon contact, l’employeur cherche toutefois quelqu’un avec le permis.",
    "Lettre refaite à partir du poste et non du modèle ; ton plus direct.",
    "La semaine a été difficile, peu de démarches. On réduit à un objectif précis : une visite.",
    "Visite d’une entreprise ensemble ; l’atelier fait bonne impression, pas d’engagement immédiat.",
    "Revue des pistes : deux entreprises à revoir, une à abandonner.",
    "Aides à l’embauche expliquées : savoir les présenter en une phrase à un employeur.",
    "Poste proposé dans {trade} : tâches passées en revue, accord de principe, l’employeur sera appelé demain.",
    "Proposition refusée : horaires incompatibles. Motif entendu et noté pour la suite.",
    "Relances téléphoniques faites au bureau : un rendez-vous obtenu pour mardi.",
    "Bonne nouvelle : journée d’essai acceptée. Trajet et horaire confirmés.",
    "Point du mois : ce qui avance, ce qui bloque ; le plan d’action est revu.",
    "Recherche étendue aux communes voisines, le trajet restant sous l’heure.",
    "Offre d’intérim discutée : avantages et risques pour les allocations.",
    "Annonces du journal local triées ensemble ; une seule vaut une visite, elle aura lieu jeudi.",
    "Bilan d’une journée d’essai : gestes sûrs, vitesse à gagner, l’employeur réfléchit.",
    "Attentes de salaire mises à plat ; le minimum acceptable est écrit dans le plan d’action.",
    "Visite de la bourse à l’emploi de la commune : trois cartes récoltées, trois appels à passer.",
    "Lettre de refus relue sans se décourager ; une question de moins à redouter la prochaine fois.",
    "Tenue et ponctualité discutées avant une visite ; réveil avancé d’une heure pour s’habituer.",
    "Bref échange pour maintenir le rythme ; rien de neuf, prochaine rencontre confirmée.",
)
BEFORE_START: tuple[str, ...] = (
    "Derniers préparatifs avant le premier jour : trajet, vêtements de travail, personne à demander à l’arrivée.",
    "Papiers de l’engagement vérifiés ensemble ; reste à remettre le numéro de compte.",
)
HIRE: tuple[str, ...] = (
    "L’employeur dit oui pour le poste « {job} ». Date de début, salaire et papiers passés en revue.",
    "Accord des deux côtés. Contrat à relire ensemble avant la signature ; trajet du premier jour préparé.",
)
FIRST_DAYS: tuple[str, ...] = (
    "Premiers jours chez {firm} : l’accueil a été bon, le rythme est soutenu.",
    "Appel après le premier jour : fatigue, mais contentement ; le chef explique bien les consignes.",
)
FOLLOW_UP: tuple[str, ...] = (
    "Tout se passe bien au poste « {job} » ; les consignes sont comprises, les collègues aident.",
    "Petit malentendu sur les pauses, réglé en parlant au chef d’équipe. À suivre.",
    "Rythme trouvé. La fiche de salaire a été relue ensemble, elle est correcte.",
    "Retards deux fois cette semaine à cause du bus ; solution cherchée avec l’employeur.",
    "Période d’euphorie passée, la routine s’installe ; rappel de ce qui motivait au départ.",
    "Demande de tâches plus variées : comment l’exprimer sans brusquer, essai la semaine prochaine.",
    "Visite au poste : gestes sûrs, sécurité respectée.",
    "Tension avec un collègue ; écouté sans prendre parti, préparation d’une mise au point calme.",
    "Rien à signaler ; la personne sait qu’elle peut appeler à tout moment.",
)
# Nothing here supposes that the employer knows of the follow-up (domain 6).
DISCREET: tuple[str, ...] = (
    "Échange après le travail : le rythme est trouvé, les collègues sont agréables.",
    "La fiche de salaire a été relue ensemble ; une prime oubliée, à demander soi-même au bureau.",
    "Fatigue en fin de semaine ; comment en parler au chef, phrases préparées.",
    "Rien à signaler ; la personne sait qu’elle peut appeler à tout moment, le soir de préférence.",
    "Remarque mal vécue dans l’atelier ; prise de recul, pas d’intervention souhaitée.",
    "Petits retards à cause du bus ; un horaire plus tôt sera essayé la semaine prochaine.",
)
TRIPARTITE: tuple[str, ...] = (
    "Rencontre à trois chez {firm} : points positifs partagés, horaire du vendredi ajusté.",
    "Bilan à trois : l’employeur est content du soin, attend plus de vitesse. Objectif fixé pour le mois.",
)
TERM_NEAR: tuple[str, ...] = (
    "Fin du contrat en vue : demande de prolongation préparée, et pistes de repli listées.",
    "Le contrat s’achève bientôt ; l’employeur hésite à le prolonger, réponse attendue. On prépare la suite.",
    "Dernières semaines du contrat : attestation de travail à demander, CV mis à jour avec ce poste.",
    "Fin de contrat abordée sans détour ; deux entreprises du même métier seront appelées à l’avance.",
)
AFTER_WINDOW: tuple[str, ...] = ("Nouvelles par téléphone : le contrat suit son cours, pas de difficulté.",)
REVIEW: tuple[str, ...] = (
    "Bilan de clôture : emploi stable, autonomie, la personne de confiance reste joignable.",
    "Six mois passés : bilan à deux, points d’attention pour la suite, clôture convenue.",
)
BOUNCE: tuple[str, ...] = (
    "Fin du contrat digérée ensemble : ce qui a marché, ce qui a manqué. La recherche reprend dès cette semaine.",
    "Retour en recherche : l’expérience acquise vaut d’être mise en tête du CV.",
)
NEWS: tuple[str, ...] = ("Appel de courtoisie après la sortie : toujours au travail, tout va bien.",)
EMPLOYER: tuple[str, ...] = (
    "L’employeur est satisfait de la ponctualité ; demande d’insister sur les consignes de sécurité.",
    "Point mensuel : bonne intégration, la vitesse vient. Pas de souci.",
    "Visite rapide : l’employeur regrette un manque de communication en cas de retard ; à travailler.",
    "Échange sur la suite du contrat : la décision dépend des commandes du trimestre.",
    "L’employeur demande un avis sur la prime à l’embauche ; formulaire envoyé.",
)
PROPOSAL: tuple[str, ...] = (
    "Profil présenté pour le poste « {job} » ; l’exigence annoncée est ramenée à ce que demandent les tâches.",
    "Candidature unique proposée pour « {job} » ; aides à l’embauche expliquées, réponse positive.",
)
PARTNER: tuple[str, ...] = (
    "Appel au service partenaire pour coordonner les démarches, avec l’accord de la personne.",
    "Point avec le service qui a orienté la personne : mêmes informations des deux côtés.",
)
MESSAGE: tuple[str, ...] = (
    "Rappel du rendez-vous et de la pièce à apporter.",
    "Offre envoyée pour avis, réponse demandée avant jeudi.",
)

PROSPECTION: dict[str, tuple[str, ...]] = {
    "INTERESTED": (
        "Présentation du jobcoaching ; l’idée d’un suivi après l’engagement rassure.",
        "Visite de l’atelier ; engagements par à-coups, veut être rappelé avant la saison.",
    ),
    "VACANCY": (
        "Un poste s’ouvre ; tâches décrites en détail, exigences discutées une par une.",
        "Besoin confirmé : remplacement d’un départ, on propose une seule candidature.",
    ),
    "CALL_BACK": (
        "Responsable absent, à rappeler.",
        "Bon accueil, décision après l’inventaire : rappeler dans un mois.",
    ),
    "NOT_NOW": ("Pas de besoin actuellement, carnet de commandes faible.", "Équipe complète ; garde la carte."),
    "REFUSED": ("Ne souhaite pas d’intervention extérieure.", "Engage uniquement par intérim."),
}

RATIONALE: tuple[str, ...] = (
    "Les tâches correspondent à l’expérience, l’horaire au trajet et à la garde.",
    "Le poste ne demande pas de diplôme une fois objectivé ; le rythme convient.",
    "Proche du domicile, petite équipe : le cadre rassure.",
    "Un premier contrat court pour reprendre pied, avec une suite possible.",
)
PERSON_REFUSALS: tuple[str, ...] = (
    "Horaires incompatibles avec la garde des enfants.",
    "Trajet trop long.",
    "Préfère attendre une réponse de la Ville.",
    "Mauvaise expérience dans ce métier.",
)
EMPLOYER_REFUSALS: tuple[str, ...] = (
    "Une autre candidature a été retenue.",
    "Cherche finalement quelqu’un avec le permis.",
    "Engagement gelé.",
    "Expérience jugée insuffisante.",
)
QUALITY: tuple[str, ...] = (
    "Petite équipe, accueil prévu par une personne désignée.",
    "Travail varié, pauses respectées.",
    "Bruit et cadence ; protections fournies.",
    "Contrat court, prolongation fréquente chez cet employeur.",
    "",
)
FOLLOWUP_TERMS: tuple[str, ...] = (
    "Un appel par semaine au début, puis espacé ; visite mensuelle chez l’employeur.",
    "Rencontres sur le temps de midi ; l’employeur est appelé une fois par mois.",
)
DISCREET_TERMS = (
    "Contacts uniquement avec la personne, en dehors des heures de travail ; l’employeur n’est pas informé."
)
REFUSED_TERMS = "La personne ne souhaite pas de suivi ; elle sait où appeler."
