"""Invented people: family names that sound like the region and its newcomers but were made up for this data.

First names are ordinary ones. No list of real persons was used; every phone number is in a block of zeros and every
address ends in ``exemple.test``, a domain that can never exist.
"""

from dataclasses import dataclass

from demo.plan.quotas import MEN
from demo.plan.randomness import Dice
from foundation.rules.text import search_key


@dataclass(frozen=True, slots=True)
class NamePool:
    """First names by sex and invented family names of one community."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]


def words(text: str) -> tuple[str, ...]:
    return tuple(text.replace("\n", " ").split())


WALLOON = NamePool(
    men=words(
        """Alain Arnaud Benoît Bruno Cédric Christophe Damien Daniel David Didier Dimitri Dylan Emmanuel Éric Fabrice
        Frédéric Geoffrey Georges Gilles Grégory Guy Jean-Marc Jérôme Joël Jonathan Julien Kevin Laurent Loïc Luc
        Ludovic Marc Mathieu Maxime Michaël Michel Nicolas Olivier Pascal Patrick Philippe Quentin Raphaël Renaud
        Sébastien Serge Stéphane Steve Thierry Thomas Vincent Xavier Yves"""
    ),
    women=words(
        """Alison Amandine Anne-Marie Audrey Aurélie Bénédicte Brigitte Carine Caroline Catherine Cathy Céline
        Chantal Christelle Cindy Claudine Corinne Delphine Dominique Élodie Émilie Fabienne Françoise Géraldine
        Isabelle Jacqueline Jennifer Jessica Josiane Julie Justine Kelly Laetitia Laurence Magali Martine Mélanie
        Mélissa Monique Muriel Nancy Nathalie Pascale Patricia Sabrina Sandrine Sophie Stéphanie Sylvie Valérie
        Vanessa Véronique Vinciane Virginie"""
    ),
    families=words(
        """Aubrival Bastognard Bierlet-Vaux Bourdonville Brassinelle Brocheval Cambrelin Chanteraine Clairefossé
        Cokaiko Colbroucq Coquelair Corbizet Courtebois Crahaille Dambreville Darimonchamp Debrouxhe Defontignies
        Delcampagne Delmarchin Delpierreux Demarneffet Denoblieu Depasturel Derigneau Desartois Devaunoy Dewallonne
        Dieudonnard Doncelet Dubruyère Duculombier Dufossart Dugrandmesnil Durbuisson Écaussart Fagneval Falmignoul
        Flémalart Fontenoille Forrièreux Froidchapel Gaumetot Genappière Gerpinoux Gobertange Grandrieulx Hamoiret
        Haversinne Hennuyart Herbevin Houffalard Jemeppois Lambermontois Laneffard Leboischamp Lesterny Lierneuville
        Lobbesart Malmédien Marbaisien Marchienval Mazychamp Mettetaux Montignard Nassognard Noiseuille Ohainville
        Orvalois Paliseulois Pironchamp Quaregnaux Ragnicourt Rebecquois Rochefortin Sautourel Seneffard Sivrychamp
        Soumagnard Stavelotte Tamineux Thuinier Tilffard Tongrinne Vencimonte Vervoisin Vieusartois Villersart
        Walcourier Warnimpré Wépionnard Yvoirelle"""
    ),
)
SOUTHERN = NamePool(
    men=words(
        "Angelo Antonio Carlo Diego Enzo Fabio Gino Giuseppe Luigi Manuel Marcello Paolo Pietro Salvatore Tonino"
    ),
    women=words("Angela Assunta Carmela Concetta Franca Giovanna Ines Lucia Maria-Rosa Patrizia Pina Rosalia Teresa"),
    families=words(
        """Altomontese Bellarocca Campofelce Cantalupara Casalfiore Castelgrano Chiaromaggi Ferrocampo Fiumelungo
        Fontanarossi Grottalunga Lagoverde Montefrasca Nocebianca Pietralbino Ponteviva Roccamandola Santaluce
        Serravallino Torrebruna Valdocchia Vignanera Almeirosa Cabralinho Rosamonte"""
    ),
)
MOROCCAN = NamePool(
    men=words(
        "Abdelhak Ahmed Anouar Aziz Brahim Fouad Hamid Hassan Jamal Karim Khalid Mohamed Mourad Nabil Rachid Saïd"
    ),
    women=words(
        "Aïcha Amina Fatiha Fatima Ghizlane Hafida Hakima Imane Karima Khadija Latifa Malika Naïma Rachida Samira"
    ),
    families=words(
        """Abouzerhoun Aïtmellal Amrazouri Belkhadiri Benchaouni Bentaouf Bouchamri Boulmazari Chaouinate Doukkarni
        El-Amzati El-Boukhdari El-Harzouni El-Mezrati Ghazoulni Hamdazi Khattarbi Lamharzi Ouaddarni Ouchebti
        Raghmouni Sebtaoun Tazghini Zemmourat Zerhoudi"""
    ),
)
TURKISH = NamePool(
    men=words("Ahmet Cengiz Erkan Hakan Hasan Ismaïl Kemal Mehmet Metin Murat Mustafa Orhan Serkan Yusuf"),
    women=words("Ayse Derya Emine Fadime Fatma Gülay Hatice Hülya Meryem Nuray Özlem Sevim Yasemin Zeynep"),
    families=words(
        """Akbulutan Altinkayar Bozdaglar Cetinova Demirtasli Gökselim Günesoglan Kaplanova Karabulak Kayatepe
        Kilicarman Özdemiroz Sahintekin Tasyurdu Toprakcan Uzunyayla Yavuzcan Yildirmaz"""
    ),
)
CENTRAL_AFRICAN = NamePool(
    men=words("Alphonse Bienvenu Célestin Dieudonné Emery Fiston Gaspard Innocent Jean-Bosco Modeste Patrice Placide"),
    women=words(
        "Albertine Béatrice Clémentine Déborah Espérance Fifi Godelieve Immaculée Joséphine Mamie Odette Solange"
    ),
    families=words(
        """Bakandowa Bolamuke Ilungasho Kabangulo Kalombaye Kasongwele Lukusambo Makiadila Mbuyindala Mukendibwa
        Mutombola Ndayikeza Ngalulondo Nkurubanga Nsimbawe Rutagamba Tshibasula Tshilumbeya Uwizeyimba Yambokele"""
    ),
)
EASTERN = NamePool(
    men=words("Aleksandr Arben Artur Aslan Bekim Bogdan Dragan Ilir Magomed Ruslan Sergueï Zoran"),
    women=words("Aïda Albana Anjeza Elena Irina Larissa Ludmila Mirjana Natalia Tamila Vesna Zarema"),
    families=words(
        """Avetikhan Berishanaj Dobrovitch Drazhenko Dzhabrailan Gashimaj Hovanessov Ilievanov Kastratovci Krasnikovski
        Lukashenkov Mirzaïan Petrosevitch Shabanovaj Tchermoïan Vasilenkov Zagorevitch"""
    ),
)
WEST_AFRICAN = NamePool(
    men=words("Aboubacar Alpha Amadou Bakary Ibrahima Lamine Mamadou Moussa Ousmane Sékou"),
    women=words("Aminata Aïssatou Binta Djénaba Fanta Fatoumata Hawa Kadiatou Mariama Oumou"),
    families=words("Bangourala Camarané Condélaye Diabatou Doumbouyara Fofanako Kaloga-Sy Keïtanou Sanogoura Tourédia"),
)

FAMILY_TRIES = 8

EUROPEAN = ((WALLOON, 82), (SOUTHERN, 18))
FOREIGN = ((MOROCCAN, 32), (TURKISH, 18), (CENTRAL_AFRICAN, 22), (EASTERN, 15), (WEST_AFRICAN, 13))
ASYLUM = ((EASTERN, 45), (WEST_AFRICAN, 30), (CENTRAL_AFRICAN, 25))

STREETS = words(
    """Acacias Ardoises Aubépines Bateliers Bleuets Bruyères Carrières Cerisiers Charmes Châtaigniers Coquelicots Corons
    Écoles Érables Fougères Framboisiers Genêts Glaneurs Houilleurs Jonquilles Lilas Marronniers Mésanges Mineurs
    Moissons Noisetiers Peupliers Pinsons Tisserands Tilleuls Verriers Vignes"""
)


def full_name(
    pools: tuple[tuple[NamePool, int], ...], sex: str, dice: Dice, taken: set[tuple[str, str]]
) -> tuple[str, str]:
    """Draw a first and a family name that nobody has yet, and remember them in ``taken``."""
    families = [family for _, family in taken]
    tries = 0
    while True:
        pool = dice.weighted(pools)
        name = (dice.pick(pool.men if sex == MEN else pool.women), dice.pick(pool.families))
        tries += 1
        # Few people share a family name, as long as there are names enough.
        if name not in taken and (tries > FAMILY_TRIES or name[1] not in families):
            taken.add(name)
            return name


def street(dice: Dice) -> str:
    """An invented street with a number."""
    return f"{dice.pick(('Rue', 'Clos', 'Allée', 'Avenue'))} des {dice.pick(STREETS)}, {dice.number(1, 148)}"


def mail(first_name: str, last_name: str, domain: str = "exemple.test") -> str:
    """An address in a domain that cannot exist, without accents or spaces."""
    return ".".join(search_key(part).replace(" ", "-") for part in (first_name, last_name)) + f"@{domain}"


def phone(block: int, number: int) -> str:
    """An obviously invented mobile number: ``0470 00 bn nn``, a block of 0 to 9 holds ten thousand numbers."""
    return f"0470 0{block} {number // 100:02d} {number % 100:02d}"
