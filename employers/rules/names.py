"""When two names are those of one firm: legal forms come and go, « & » is « et ».

Pure functions. The forms are those of the Belgian code of companies and associations of 2019 and those that it replaced
(SPRL became SRL, SCRL became SC, until 1 January 2024), in French and in Dutch, with the commonest of our neighbours.
"""

import re

from foundation.rules.text import search_key

_FORMS = frozenset(
    (
        *("sprl", "sprlu", "srl", "sa", "asbl", "aisbl", "scrl", "scris", "scri", "sc", "scs", "sca", "snc", "scomm"),
        *("se", "gie", "geie", "fs"),
        *("bvba", "ebvba", "bv", "nv", "vzw", "ivzw", "cv", "cvba", "cvoa", "vof", "commv", "commva", "esv"),
        *("sarl", "sas", "sasu", "eurl", "gmbh", "ag", "ltd", "plc", "inc"),
    )
)
_AND = frozenset(("et", "en", "and", "und"))
# « S.P.R.L. » is « SPRL ».
_SPELT_OUT = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}", re.UNICODE)


def firm_key(name: str) -> str:
    """Return a firm's name as a key: no legal form, no « et » or « & », no case, accents, spaces or punctuation.

    A name that is nothing else keeps its words.
    """
    joined = _SPELT_OUT.sub(lambda spelt: re.sub(r"[.\s]", "", spelt.group()) + " ", f"{name} ")
    words = search_key(joined).split()
    telling = [word for word in words if word not in _FORMS and word not in _AND]
    return "".join(telling or words)
