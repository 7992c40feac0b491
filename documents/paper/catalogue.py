"""The fields that the texts of documents may name: a closed list, with what each becomes for an invented person.

The examples show every text before it is kept; they stand for what `documents.paper.values` reads of a case.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.rules.markup import Grid, Items, Prose, Value


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name between the braces, what it becomes, in words, and an example."""

    name: str
    label: str | Promise
    example: Value


HOUSE_FIELDS = (
    Field("organisme.nom", _("nom de l’organisme"), "Mission régionale d’Exempleville"),
    Field("organisme.adresse", _("son adresse, d’après sa fiche"), "place du Marché 1, 5000 Exempleville"),
    Field("organisme.telephone", _("son téléphone"), "081 00 00 00"),
    Field("organisme.courriel", _("son adresse e-mail"), "bonjour@mission.exemple"),
    Field("organisme.bce", _("son numéro BCE"), "0123.456.789"),
    Field("document.date", _("date du document"), "12/05/2025"),
    Field("document.lieu", _("localité de l’organisme"), "Exempleville"),
)

COMMON_FIELDS = (
    Field("personne.nom", _("prénom et nom de la personne"), "Alix Imaginaire"),
    Field("personne.prenom", _("prénom de la personne"), "Alix"),
    Field("personne.naissance", _("sa date de naissance"), "03/04/1985"),
    Field("personne.adresse", _("son adresse"), "rue Inventée 12, 4800 Verviers"),
    Field("personne.telephone", _("son téléphone"), "0470 00 00 00"),
    Field("personne.courriel", _("son adresse e-mail"), "alix@personne.exemple"),
    Field("jobcoach.nom", _("prénom et nom du ou de la jobcoach"), "Camille Fictive"),
    Field("dossier.ouverture", _("jour où l’accompagnement a commencé"), "10/02/2025"),
    Field("dossier.projet", _("projet subsidié auquel le dossier est rattaché"), "JOB25 – Jobcoaching 2025"),
    Field("dossier.prescripteur", _("qui a orienté la personne"), "CPAS d’Exempleville"),
    *HOUSE_FIELDS,
)

PATH_FIELDS = (
    Field("duree.accueil", _("durée de la phase préparatoire"), "2 mois"),
    Field("duree.pre_embauche", _("durée de l’accompagnement vers l’emploi"), "24 mois"),
    Field("duree.suivi", _("durée du suivi en entreprise"), "6 mois"),
    Field("rythme.preparatoire", _("rythme des contacts avant la pré-embauche"), "une fois par mois"),
    Field("rythme.pre_embauche", _("rythme des contacts en pré-embauche"), "une fois par semaine"),
    Field(
        "rythme.suivi",
        _("rythme des contacts pendant le suivi en entreprise"),
        "une fois par semaine jusqu’à la fin du 2e mois, toutes les deux semaines jusqu’à la fin du 4e mois, "
        "puis une fois par mois",
    ),
)

PLAN_FIELDS = (
    Field(
        "objectifs",
        _("objectifs en cours, en liste"),
        Items(("Passer l’examen théorique du permis B (d’ici le 30/06/2025)", "Refaire le CV")),
    ),
)

THIRD_PARTY_FIELDS = (Field("tiers.nom", _("autre partie signataire"), "FOREM, Maison de l’emploi d’Exempleville"),)

FOLLOW_UP_FIELDS = (
    Field("emploi.entreprise", _("nom de l’entreprise"), "Menuiserie Inventée"),
    Field("emploi.adresse", _("adresse de l’entreprise"), "quai du Bois 3, 4800 Verviers"),
    Field("emploi.reference", _("personne de référence dans l’entreprise"), "Dominique Exemple"),
    Field("emploi.fonction", _("fonction"), "Aide-menuisier·ère"),
    Field("emploi.contrat", _("type de contrat"), "CDI"),
    Field("emploi.debut", _("premier jour de travail"), "19/05/2025"),
    Field("emploi.fin", _("dernier jour prévu"), "sans date de fin"),
    Field("emploi.aide", _("aide à l’embauche envisagée"), "aucune notée"),
    Field("suivi.debut", _("premier jour du suivi"), "19/05/2025"),
    Field("suivi.fin", _("dernier jour du suivi"), "18/11/2025"),
    Field("suivi.modalites", _("modalités convenues"), Prose("Une visite par mois sur le lieu de travail, le jeudi.")),
)

CERTIFICATE_FIELDS = (
    Field("accompagnement.periode", _("« depuis le… » ou « du… au… »"), "depuis le 10/02/2025"),
    Field("accompagnement.entretiens", _("nombre d’entretiens et leur durée"), "14 entretiens individuels (11 h 30)"),
    Field("accompagnement.seances", _("séances collectives suivies"), "2 séances collectives (4 h)"),
    Field("attestation.usage", _("à quoi l’attestation sert, tapé en la faisant"), "pour le CPAS"),
)

SUMMARY_FIELDS = (
    Field("dossier.phase", _("phase en cours"), "pré-embauche, depuis le 17/03/2025"),
    Field(
        "dossier.conventions",
        _("documents signés, en liste"),
        Items(("Contrat de confiance, signé le 10/03/2025", "Convention avec la personne, signée le 17/03/2025")),
    ),
    Field(
        "dossier.horloges",
        _("les 24 mois et le suivi en entreprise, en liste"),
        Items(("Les 24 mois ont commencé le 17/03/2025 et vont jusqu’au 16/03/2027.",)),
    ),
    Field("dossier.rendez_vous", _("prochain rendez-vous"), "le 20/05/2025 à 10:00, en personne"),
    Field(
        "tableau.phases",
        _("les phases, en tableau"),
        Grid(
            "Les étapes de votre accompagnement",
            ("Étape", "Du", "Au"),
            (("Préparatoire", "10/02/2025", "16/03/2025"), ("Pré-embauche", "17/03/2025", "en cours")),
        ),
    ),
    Field(
        "tableau.objectifs",
        _("les objectifs, en tableau"),
        Grid(
            "Les objectifs que nous avons fixés",
            ("Objectif", "Fixé le", "Où on en est"),
            (("Passer l’examen théorique du permis B", "10/02/2025", "en cours"),),
        ),
    ),
    Field(
        "tableau.contrats",
        _("les contrats de travail, en tableau"),
        Grid(
            "Du plus récent au plus ancien",
            ("Fonction", "Entreprise", "Contrat", "Du", "Au"),
            (("Aide-menuisier·ère", "Menuiserie Inventée", "CDD", "01/04/2025", "30/04/2025"),),
        ),
    ),
    Field(
        "tableau.contacts",
        _("les dates des contacts, en tableau"),
        Grid(
            "Du plus récent au plus ancien",
            ("Date", "Comment", "Avec", "Durée"),
            (("12/05/2025", "en personne", "Camille Fictive", "45 min"),),
        ),
    ),
)

LETTER_FIELDS = (
    Field("courrier.destinataire", _("à qui la lettre est adressée"), "Alix Imaginaire"),
    Field("courrier.objet", _("objet, tapé en la faisant"), "Notre prochain rendez-vous"),
    Field(
        "courrier.texte",
        _("texte, tapé en la faisant ; seul sur sa ligne"),
        Prose("Bonjour,\n\nJe vous propose de nous voir jeudi à 10 heures.\n\nAu plaisir de vous rencontrer,"),
    ),
)

SESSION_FIELDS = (
    Field("seance.titre", _("intitulé de la séance"), "Préparer un entretien"),
    Field("seance.date", _("jour de la séance"), "lundi 12 mai 2025"),
    Field("seance.heure", _("heure"), "14:00"),
    Field("seance.duree", _("durée"), "2 h"),
    Field("seance.lieu", _("lieu"), "Salle 2, rue Inventée 3, 5000 Namur"),
    Field("seance.animation", _("qui anime"), "Camille Fictive"),
)
