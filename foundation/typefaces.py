"""The house's typefaces, made from those that packages ship: for screens only the letters of Latin, compressed.

Their licence (SIL OFL 1.1, "Source" being a reserved name) wants that what was changed bears another name and that its
text goes with it. Screens so read Ancrage Texte and Ancrage Titre, and the texts of the licences lie beside them.
Documents embed the letters that they show from the whole files, which know more scripts.
"""

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import fontTools
from django.conf import settings
from fontTools import subset
from fontTools.ttLib import TTFont

from foundation.aside import written_aside

# What European names and French text are written with: Latin and its accents (Romanian and Pinyin among those that
# stand apart), marks that combine, Vietnamese, quotes and dashes, the euro, arrows and signs of comparison. The machine
# draws other scripts.
LETTERS = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x1A0, 0x1A1),
    (0x1AF, 0x1B0),
    (0x1CD, 0x1DC),
    (0x218, 0x21B),
    (0x300, 0x36F),
    (0x1E00, 0x1EFF),
    (0x2010, 0x203A),
    (0x2044, 0x2044),
    (0x20AC, 0x20AC),
    (0x2116, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2248, 0x2265),
    (0xFB01, 0xFB02),
)
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "lnum", "tnum"]
# 1 family, 2 style, 4 whole name, 6 PostScript, 16 and 17 their long forms; 0, 13 and 14 (whose, the licence) are kept.
_RENAMED = (1, 2, 4, 6, 16, 17)
_KEPT = (0, 5, 13, 14)


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of a typeface.

    Attributes:
        family: our name, by which screens and documents ask for it.
        style: the end of our file's name.
        weight: the ``font-weight`` of documents.
        package, source: who ships the whole file, and its name there.
    """

    family: str
    style: str
    weight: int
    package: str
    source: str

    @property
    def name(self) -> str:
        """The name of the file that screens read."""
        return f"{self.family.replace(' ', '')}-{self.style}.woff2"

    @property
    def whole(self) -> Path:
        """The file of the package.

        Raises:
            ModuleNotFoundError: the package is not installed.
        """
        return _folder(self.package) / self.source


_SANS, _SERIF = "font_source_sans_pro", "font_source_serif_pro"
FACES = (
    Face("Ancrage Texte", "Regular", 400, _SANS, "SourceSansPro-Regular.ttf"),
    Face("Ancrage Texte", "Semibold", 600, _SANS, "SourceSansPro-Semibold.ttf"),
    Face("Ancrage Titre", "Semibold", 600, _SERIF, "SourceSerifPro-Semibold.ttf"),
)
LICENCES = {"AncrageTexte-OFL.txt": _SANS, "AncrageTitre-OFL.txt": _SERIF}


def files() -> dict[str, Path]:
    """What screens are served, by name: each face, made if it is not yet, and the texts of the licences."""
    found = {face.name: made(face) for face in FACES}
    return found | {name: licence(name) for name in LICENCES}


def licence(name: str) -> Path:
    """The text of the licence that lies beside the faces under `name`, one of :data:`LICENCES`."""
    return _folder(LICENCES[name]) / "LICENSE.txt"


@cache
def made(face: Face) -> Path:
    """Where the face for screens lies, under ``settings.TYPEFACES_DIR``; it is made the first time.

    The folder is named after what it was made of: another version of the package, or other letters, is another folder.
    """
    recipe = repr((LETTERS, FEATURES, _KEPT, face, fontTools.version))
    key = hashlib.sha256(face.whole.read_bytes() + recipe.encode()).hexdigest()[:16]
    path = Path(settings.TYPEFACES_DIR) / key / face.name
    if not path.exists():
        with written_aside(path) as aside:
            _make(face, aside)
    return path


def _make(face: Face, path: str) -> None:
    options = subset.Options()
    options.layout_features = FEATURES
    options.flavor = "woff2"
    options.hinting = False
    options.name_IDs = [*_KEPT, *_RENAMED]
    options.notdef_outline = True
    with TTFont(face.whole) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[code for first, last in LETTERS for code in range(first, last + 1)])
        cutter.subset(font)
        said = {1: face.family, 2: face.style, 4: f"{face.family} {face.style}", 6: face.name.removesuffix(".woff2")}
        said |= {16: face.family, 17: face.style}
        names = font["name"]
        names.names = [one for one in names.names if one.nameID in _KEPT]
        for number, words in said.items():
            names.setName(words, number, 3, 1, 0x409)
        subset.save_font(font, path, options)


@cache
def document_faces() -> str:
    """The typefaces of documents, inside the style sheet: a document reads nothing from outside."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; src: url("data:font/ttf;base64,'
        f'{b64encode(face.whole.read_bytes()).decode()}") format("truetype"); }}'
        for face in FACES
    )


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent / "files"
