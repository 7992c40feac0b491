"""The funding that a document must show: plain values, made by `tables.funding.funding_of`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Funding:
    """What the documents of a co-financed project carry: the emblem's place, the sentence, the project's references.

    Attributes:
        sentence: the statement on the funding, beside the emblem.
        references: labels and words, in the order they are printed.
        emblem_alt: what the emblem shows, in words.
        emblem_first: whether the emblem stands left of the sentence; right of it otherwise.
    """

    sentence: str
    references: tuple[tuple[str, str], ...]
    emblem_alt: str
    emblem_first: bool = True
