"""Where the firms and the people of each project are, and the trades that hire there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """Where the firms and the people of one project are: ``(postal code, town)`` and the trades, with their weight."""

    towns: tuple[tuple[str, str], ...]
    trades: tuple[tuple[str, int], ...]


REGIONS: dict[str, Region] = {
    "edit": Region(
        (
            ("4800", "Verviers"),
            ("4820", "Dison"),
            ("4860", "Pepinster"),
            ("4650", "Herve"),
            ("4910", "Theux"),
            ("4900", "Spa"),
            ("4830", "Limbourg"),
        ),
        (
            ("building", 22),
            ("cleaning", 16),
            ("horeca", 16),
            ("garage", 10),
            ("retail", 14),
            ("care", 10),
            ("wood", 8),
            ("logistics", 8),
        ),
    ),
    "ceppst": Region(
        (
            ("6700", "Arlon"),
            ("6780", "Messancy"),
            ("6760", "Virton"),
            ("6800", "Libramont"),
            ("6900", "Marche-en-Famenne"),
            ("6690", "Vielsalm"),
            ("6600", "Bastogne"),
        ),
        (("horeca", 16), ("retail", 14), ("food", 18), ("wood", 14), ("logistics", 18), ("office", 10), ("green", 6)),
    ),
    "fleurus": Region(
        (("6220", "Fleurus"), ("6041", "Gosselies"), ("6040", "Jumet"), ("6200", "Châtelet"), ("5140", "Sombreffe")),
        (("cleaning", 24), ("retail", 16), ("care", 18), ("logistics", 16), ("laundry", 10), ("building", 12)),
    ),
    "forma": Region(
        (
            ("5000", "Namur"),
            ("5100", "Jambes"),
            ("5002", "Saint-Servais"),
            ("5020", "Vedrin"),
            ("5300", "Andenne"),
            ("5030", "Gembloux"),
            ("5150", "Floreffe"),
        ),
        (("cleaning", 30), ("horeca", 26), ("care", 20), ("laundry", 12), ("retail", 16), ("office", 8)),
    ),
    "mire-centre": Region(
        (
            ("7100", "La Louvière"),
            ("7110", "Houdeng-Goegnies"),
            ("7130", "Binche"),
            ("7140", "Morlanwelz"),
            ("7170", "Manage"),
            ("7060", "Soignies"),
            ("7070", "Le Rœulx"),
        ),
        (
            ("building", 20),
            ("green", 14),
            ("cleaning", 14),
            ("logistics", 16),
            ("food", 10),
            ("recycling", 8),
            ("retail", 10),
            ("garage", 8),
        ),
    ),
    "res": Region(
        (("4040", "Herstal"), ("4100", "Seraing"), ("4000", "Liège"), ("4680", "Oupeye"), ("4460", "Grâce-Hollogne")),
        (("recycling", 20), ("garage", 14), ("logistics", 20), ("building", 16), ("horeca", 14), ("laundry", 12)),
    ),
}
