"""Identifiers at sixteen bytes each read like a tuple of identifiers."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.engine.refs import PackedRefs


def packed(refs) -> PackedRefs:
    return PackedRefs(b"".join(ref.bytes for ref in refs))


@given(st.lists(st.lists(st.uuids(), max_size=4), max_size=4), st.integers(-20, 20), st.integers(-20, 20))
def test_they_read_like_the_tuple_of_all_blocks(blocks, start, stop) -> None:
    expected = tuple(ref for block in blocks for ref in block)
    refs = PackedRefs().together_with(*(packed(block) for block in blocks))
    assert refs == expected
    assert tuple(refs) == expected
    assert (len(refs), bool(refs), hash(refs)) == (len(expected), bool(expected), hash(expected))
    assert refs[start:stop] == expected[start:stop]
    for position in range(-len(expected), len(expected)):
        assert refs[position] == expected[position]


def test_beyond_the_end_and_half_an_identifier() -> None:
    one = uuid4()
    with pytest.raises(IndexError):
        packed([one])[1]
    with pytest.raises(IndexError):
        packed([one])[-2]
    with pytest.raises(ValueError, match="whole"):
        PackedRefs(one.bytes[:7])
    assert packed([one]) != (UUID(int=0),)
    assert packed([one]) != "autre chose"
