"""Who to look for, as a round keeps it and a coach reads it: names are not kept, and none is told that is not shown."""

from datetime import datetime

import pytest
from django.test import Client

from matching import rounds
from matching.reading.recruiting import recruiting
from tests import cast
from tests.matching import cast as street
from tests.matching.browser import as_, read
from tests.matching.conftest import Street, opened
from tests.matching.test_wishes import hope


def test_it_says_whom_one_more_supporter_would_place(lived_in: Street, now: datetime, ruth: Client):
    lived_in.stan.delete()
    made = opened(lived_in, now)
    (one,) = made.answer["recruiting"]["wanted"]
    assert one["gain"] == [1, 1, 1]
    page = read(ruth, "round", id=made.pk)
    assert "Mornings" in page
    assert "In Burntwood." in page
    assert page.count("Would place one family more, even if they have room for several") == 1
    assert "Speaks" not in page  # English is enough


def test_it_names_those_who_wait_and_what_they_share(lived_in: Street, now: datetime, ruth: Client):
    where = {"at": lived_in.town.burntwood, "coach": lived_in.ruth, "languages": ["pl"]}
    lived_in.stan.delete()
    ola = street.sharing("Ola and Jan", guardian="Ola", **where)
    for name in ("The K. family", "The L. family", "The M. family"):
        street.seeking(name, guardian=name, **where)
    made = opened(lived_in, now)
    assert "L. family" not in str(made.answer)
    assert set(recruiting(made, {}).families) == {lived_in.denise.family, ola.family}
    page = read(ruth, "round", id=made.pk)
    assert (
        "The L. family, The M. family and one more family share only one Polish-speaking "
        "supporter, who has room for one: two are left waiting. Room for one more there would "
        "place one more; one more supporter like Ola and Jan, with room for three, would "
        "place two." in page
    )
    assert "Speaks Polish and English." in page


def test_it_looks_for_nobody_when_everybody_has_somebody(
    lived_in: Street, now: datetime, ruth: Client
):
    made = opened(lived_in, now)
    assert made.answer["recruiting"] == {"wanted": [], "shortages": []}
    assert "Who to look for" not in read(ruth, "round", id=made.pk)


def test_it_still_shows_a_round_from_before_this_was_kept(
    lived_in: Street, now: datetime, ruth: Client
):
    lived_in.stan.delete()
    made = opened(lived_in, now)
    del made.answer["recruiting"]
    made.save()
    page = read(ruth, "round", id=made.pk)
    assert "Two families share only one supporter" in page


def test_it_folds_what_is_beyond_ten_lines(town: cast.Town, now: datetime):
    where = {"at": town.burntwood, "coach": town.ruth}
    for n in range(12):
        family = street.seeking(f"F{n}", guardian=f"F{n}", **where)
        family.goals.update(theme=street.theme(f"theme-{n:02d}"))
    made = rounds.open_round(area=town.area, by=town.ruth, at=now)
    page = read(as_(town.ruth), "round", id=made.pk)
    assert "Two more to look for" in page
    assert page.index("Theme-09") < page.index("Two more to look for") < page.index("Theme-10")


def test_it_names_and_counts_a_family_with_two_wishes_once(
    lived_in: Street, now: datetime, ruth: Client
):
    where = {"at": lived_in.town.burntwood, "coach": lived_in.ruth}
    late = street.date(2026, 11, 1)
    hope(street.seeking("The K. family", guardian="Kay", applied_on=late, **where), "both")
    page = read(ruth, "round", id=opened(lived_in, now).pk)
    assert (
        "The K. family and two more families (one of them with two wishes) share only two supporters, "
        "who together have room for two: two wishes are left waiting." in page
    )


def test_it_says_once_what_those_would_do_who_would_do_the_same(town: cast.Town, now: datetime):
    where = {"at": town.burntwood, "coach": town.ruth}
    for theme, many in (("two", 2), ("four", 4), ("one", 1), ("other", 1)):
        for n in range(many):
            family = street.seeking(f"{theme} {n}", guardian=f"G{theme}{n}", **where)
            family.goals.update(theme=street.theme(theme))
    page = read(
        as_(town.ruth), "round", id=rounds.open_round(area=town.area, by=town.ruth, at=now).pk
    )
    places = [
        page.index(words)
        for words in (
            "Would place as many more as they have room for, up to three",
            ">Four<",
            "Would place as many more as they have room for, up to two",
            ">Two<",
            "Would place one family more, even if they have room for several",
            ">One<",
            ">Other<",
        )
    ]
    assert places == sorted(places)
    assert page.count("Would place") == 3


@pytest.mark.parametrize(
    ("further", "words", "folded"),
    [
        (2, "In Burntwood, Place 00 or Place 01.", ""),
        (7, "Place 04, Place 05 or Place 06.", ""),
        (
            8,
            "In Burntwood, Place 00, Place 01 or six more places.",
            "Place 02, Place 03, Place 04, Place 05, Place 06, Place 07",
        ),
    ],
)
def test_it_names_every_place_and_folds_those_of_a_long_list(
    lived_in: Street, now: datetime, ruth: Client, further: int, words: str, folded: str
):
    lived_in.stan.delete()
    made = opened(lived_in, now)
    (one,) = made.answer["recruiting"]["wanted"]
    for n in range(further):
        there = cast.place(f"Place {n:02d}", latitude="52.7", longitude="-1.9")
        one["places"].append(there.pk)
    made.save()
    page = read(ruth, "round", id=made.pk)
    assert words in page
    told = f"</summary><p>{folded}</p></details>"
    assert (told in page) == bool(folded)
    assert ("The other places" in page) == bool(folded)
