"""The trades of the pilot's regions: what firms are called, which jobs they have, what they ask and really need.

The requirement as stated and as objectivated follows seed 001, 7.2.1: a storekeeper "speaking German" only had to read
German labels. Firms are invented.
"""

from dataclasses import dataclass

from demo.plan.names import words


@dataclass(frozen=True, slots=True)
class JobKind:
    """A job: its title, its tasks, then requirements as ``(stated, objectivated)``."""

    title: str
    tasks: tuple[str, ...]
    requirements: tuple[tuple[str, str], ...]
    hours: tuple[str, ...] = ("38.00",)
    schedule: str = "Jour, du lundi au vendredi"


@dataclass(frozen=True, slots=True)
class Trade:
    """A branch: its sector code (see ``employers.enums.Sector``), the words firms are named with, its jobs."""

    code: str
    sector: str
    label: str
    firm_words: tuple[str, ...]
    boss: str
    jobs: tuple[JobKind, ...]


TRADES: tuple[Trade, ...] = (
    Trade(
        "cleaning",
        "N",
        "le nettoyage",
        ("Nettoyage {}", "{} Net", "Propreté {}", "{} Services"),
        "chef d’équipe",
        (
            JobKind(
                "Technicien·ne de surface",
                ("Nettoyer bureaux et couloirs", "Vider les poubelles", "Tenir la fiche de passage"),
                (
                    ("Trois ans d’expérience", "Sait tenir un rythme et suivre une fiche de passage"),
                    ("Français parfait", "Comprend les consignes données oralement"),
                ),
                ("19.00", "24.00", "30.00"),
                "Tôt le matin ou en soirée",
            ),
            JobKind(
                "Aide-ménager·ère",
                ("Entretenir des maisons de particuliers", "Repasser", "Faire de petites courses"),
                (("Permis B et voiture", "Se rend chez les clients du quartier, à pied ou en bus"),),
                ("19.00", "26.00"),
                "Horaire coupé, quatre jours",
            ),
        ),
    ),
    Trade(
        "horeca",
        "I",
        "la restauration",
        ("Brasserie {}", "Le Relais {}", "Friterie {}", "Traiteur {}", "Hôtel {}"),
        "gérant·e",
        (
            JobKind(
                "Commis de cuisine",
                ("Éplucher et préparer les légumes", "Dresser les assiettes froides", "Nettoyer le plan de travail"),
                (("Diplôme d’école hôtelière", "Connaît les gestes d’hygiène et suit une fiche recette"),),
                ("30.00", "38.00"),
                "Midi et soir, deux jours de repos",
            ),
            JobKind(
                "Plongeur·euse polyvalent·e",
                ("Faire la vaisselle", "Ranger la réserve", "Aider en salle aux heures pleines"),
                (("Néerlandais souhaité", "Comprend une dizaine de mots usuels en salle"),),
                ("20.00", "25.00"),
                "Soirées et week-ends",
            ),
        ),
    ),
    Trade(
        "retail",
        "G",
        "la vente",
        ("Superette {}", "Maison {}", "Comptoir {}", "Boulangerie {}"),
        "gérant·e",
        (
            JobKind(
                "Réassortisseur·euse",
                ("Remplir les rayons", "Contrôler les dates", "Renseigner la clientèle"),
                (("CESS exigé", "Lit des étiquettes et sait compter un stock"),),
                ("24.00", "30.00", "36.00"),
                "Six heures à quatorze heures",
            ),
            JobKind(
                "Vendeur·euse en boulangerie",
                ("Servir", "Tenir la caisse", "Nettoyer le comptoir"),
                (("Expérience de caisse", "Rend la monnaie sans erreur après une semaine d’essai"),),
                ("20.00", "28.00"),
                "Week-ends compris",
            ),
        ),
    ),
    Trade(
        "building",
        "F",
        "le bâtiment",
        ("Construction {}", "Toitures {}", "{} Frères", "Plafonnage {}"),
        "patron",
        (
            JobKind(
                "Manœuvre",
                ("Approvisionner le chantier", "Préparer le mortier", "Ranger et nettoyer en fin de journée"),
                (
                    ("Permis B", "Peut rejoindre le dépôt à six heures trente"),
                    ("Cinq ans d’expérience", "Bonne condition physique, sait lire un plan simple"),
                ),
                ("40.00",),
                "Jour, chantiers dans la région",
            ),
            JobKind(
                "Aide-plafonneur·euse",
                ("Préparer les murs", "Gâcher le plâtre", "Poncer"),
                (("Diplôme qualifiant", "A déjà travaillé le plâtre en formation ou sur chantier"),),
                ("40.00",),
                "Jour",
            ),
        ),
    ),
    Trade(
        "logistics",
        "H",
        "la logistique",
        ("Transports {}", "Entrepôts {}", "{} Logistique", "Messageries {}"),
        "responsable du dépôt",
        (
            JobKind(
                "Magasinier·ère",
                ("Réceptionner les palettes", "Lire les bordereaux", "Préparer les commandes"),
                (
                    ("Allemand parlé", "Lit des étiquettes et des bordereaux en allemand"),
                    ("Brevet de cariste", "Brevet à passer dans les trois premiers mois"),
                ),
                ("38.00",),
                "Deux pauses",
            ),
            JobKind(
                "Préparateur·trice de commandes",
                ("Prélever les articles", "Emballer", "Étiqueter"),
                (("Expérience en entrepôt", "Rapidité et attention, formation sur place"),),
                ("38.00", "30.00"),
                "Deux pauses",
            ),
        ),
    ),
    Trade(
        "care",
        "Q",
        "l’aide aux personnes",
        ("Résidence {}", "Maison de repos {}", "Le Foyer {}", "Home {}"),
        "directeur·trice",
        (
            JobKind(
                "Aide logistique en maison de repos",
                ("Servir les repas", "Faire les lits", "Accompagner les résidents aux activités"),
                (("Diplôme d’aide-soignant", "Contact avec les personnes âgées ; les soins restent aux soignants"),),
                ("19.00", "28.50", "38.00"),
                "Un week-end sur deux",
            ),
            JobKind(
                "Auxiliaire de buanderie",
                ("Trier le linge", "Laver et sécher", "Distribuer le linge aux étages"),
                (("Rédaction de rapports", "Remplit un tableau à cocher"),),
                ("19.00", "30.00"),
                "Jour",
            ),
        ),
    ),
    Trade(
        "food",
        "C",
        "l’agroalimentaire",
        ("Salaisons {}", "Biscuiterie {}", "Laiterie {}", "Conserverie {}"),
        "responsable de production",
        (
            JobKind(
                "Opérateur·trice de conditionnement",
                ("Alimenter la ligne", "Contrôler les emballages", "Nettoyer le poste"),
                (
                    ("Flexibilité totale", "Trois pauses annoncées deux semaines à l’avance"),
                    ("CESS exigé", "Lit une fiche de poste et compte les lots"),
                ),
                ("38.00",),
                "Trois pauses",
            ),
        ),
    ),
    Trade(
        "wood",
        "C",
        "le travail du bois",
        ("Menuiserie {}", "Scierie {}", "Parqueterie {}", "Châssis {}"),
        "patron",
        (
            JobKind(
                "Aide-menuisier·ère",
                ("Débiter le bois", "Poncer", "Aider à la pose"),
                (("Qualification de menuisier", "Sait mesurer et travailler en sécurité sur machine"),),
                ("40.00",),
                "Jour",
            ),
        ),
    ),
    Trade(
        "green",
        "A",
        "les espaces verts",
        ("Jardins {}", "Pépinières {}", "Parcs {}", "Élagage {}"),
        "patron",
        (
            JobKind(
                "Ouvrier·ère d’entretien de parcs",
                ("Tondre", "Tailler les haies", "Ramasser les feuilles"),
                (("Permis BE", "Un collègue conduit la remorque ; permis non nécessaire"),),
                ("38.00",),
                "Jour, dehors par tous les temps",
            ),
        ),
    ),
    Trade(
        "garage",
        "G",
        "la mécanique",
        ("Garage {}", "Carrosserie {}", "Pneus {}", "Dépannage {}"),
        "patron",
        (
            JobKind(
                "Aide-mécanicien·ne",
                ("Changer pneus et huile", "Préparer les véhicules", "Ranger l’atelier"),
                (("Deux langues", "Comprend une fiche technique avec schémas"),),
                ("38.00",),
                "Jour, un samedi sur deux",
            ),
        ),
    ),
    Trade(
        "recycling",
        "E",
        "le recyclage",
        ("Récup {}", "Tri {}", "Ressourcerie {}", "Métaux {}"),
        "responsable d’atelier",
        (
            JobKind(
                "Trieur·euse",
                ("Trier sur bande", "Séparer les métaux", "Presser les balles"),
                (("Expérience industrielle", "Porte ses protections et tient une cadence régulière"),),
                ("38.00",),
                "Deux pauses",
            ),
        ),
    ),
    Trade(
        "office",
        "S",
        "le travail de bureau",
        ("Secrétariat {}", "Imprimerie {}", "Cabinet {}", "Mutualité {}"),
        "responsable du personnel",
        (
            JobKind(
                "Employé·e d’accueil",
                ("Accueillir", "Classer le courrier", "Encoder des fiches"),
                (
                    ("Bilinguisme", "Oriente une personne en néerlandais à l’aide d’une fiche"),
                    ("Rédaction de rapports", "Complète un modèle de lettre"),
                ),
                ("19.00", "30.00", "38.00"),
                "Heures de bureau",
            ),
        ),
    ),
    Trade(
        "laundry",
        "S",
        "la blanchisserie",
        ("Blanchisserie {}", "Pressing {}", "Lavoir {}", "Couture {}"),
        "gérant·e",
        (
            JobKind(
                "Repasseur·euse",
                ("Repasser", "Plier", "Étiqueter le linge des clients"),
                (("Expérience de presse industrielle", "Apprend la presse en trois jours sur place"),),
                ("19.00", "30.00", "38.00"),
                "Jour",
            ),
        ),
    ),
)
BY_CODE = {trade.code: trade for trade in TRADES}

FIRM_NAMES: tuple[str, ...] = words(
    """
    Bellefontaine Clairval Hautmarais Vertbois Grandpré Montplainchamp Beauregard Vieux-Chêne Rouge-Cloître
    Trois-Fontaines Longpré Boisrival Champfleury Noirmont Roselies-Sud Bas-Warneau Croix-Blanche Quatre-Bras
    Haut-Fourneau Pont-Levis Prévert-Lez Saint-Elme Sainte-Orelle Val-Serein Mont-Rosé Fond-Pirette Bois-Joli
    Pré-Clément Belle-Île Grand-Courtil Petit-Moulin Malpierre Rivaget Ormelet Sartelle Bruyelle-Bas Corneval
    Fauvillers-Nord Orneauval Samsonnet Hoyouval Vesdret Amblèvon Lessière Semoison Houillet Sambrelle
    Haineval Pietonnet Sennettine Mehaignelle Géronval Burdinelle Bocquelle Flavionne Molignard Ruwelle
    Salmette Eau-d’Hain
    """
)
