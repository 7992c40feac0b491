"""What is watched has one name each, which an address can hold, and a word that a list can be asked by."""

import re

import pytest

from followup.rules.watching import HORIZONS, Step, Watch


@pytest.mark.parametrize("watched", [Watch, Step])
def test_a_name_stands_in_an_address_and_its_words_are_its_own(watched) -> None:
    assert all(re.fullmatch(r"[a-z0-9-]+", one.value) for one in watched)
    assert len({one.label for one in watched}) == len(watched)


@pytest.mark.parametrize("about", ["PREHIRE", "FOLLOWUP", "CONTRACT"])
def test_each_end_is_watched_at_each_horizon_and_says_it(about: str) -> None:
    for days in HORIZONS:
        watch = Watch[f"{about}_{days}"]
        assert watch.value.endswith(f"-{days}")
        assert f"dans {days} jours" in watch.label


def test_the_steps_go_from_the_referral_to_what_lasts() -> None:
    assert [step.name for step in Step] == ["REFERRED", "ELIGIBLE", "PRE_HIRE", "PROPOSED", "HIRED", "DURABLE"]
