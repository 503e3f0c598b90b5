"""What if: more room, or further to travel. It is exact, nothing is written, and it is for the area's coaches alone."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching import rounds, supposing
from matching.models import Proposal, Round, Supporter
from matching.reading.whatif import Steps, Supposedly, Supposition, WhatIfPage
from people.models import Family, Volunteer
from safeguarding.models import AccessEvent
from tests import cast
from tests.matching import cast as street
from tests.matching.browser import as_, read
from tests.matching.conftest import Street, make_street


@pytest.fixture
def short(lived_in: Street, now: datetime) -> Round:
    """A round in which Amara has Denise, and the Hollises wait for her."""
    lived_in.stan.delete()
    return rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)


def supposed(client: Client, round_: Round, **asked: int) -> str:
    """What is read when it is asked."""
    response = client.get(reverse("matching:what_if", kwargs={"id": round_.pk}), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_it_says_who_would_have_a_place_if_somebody_had_more_room(
    lived_in: Street, short: Round, ruth: Client
):
    assert "What if somebody had more room?" in read(ruth, "round", id=short.pk)
    assert "would have a place" not in supposed(ruth, short)
    page = supposed(ruth, short, supporter=lived_in.denise.pk, more=2)
    assert "Room for two more families with Denise and Mark" in page
    assert "One more would have a place." in page
    assert "Placed as it is: one. Then: two." in page


def test_it_says_what_would_change_if_everybody_travelled_further(
    lived_in: Street, short: Round, ruth: Client
):
    far = cast.place("Further", latitude="52.7700", longitude="-1.9300")
    lived_in.town.area.places.add(far)
    street.volunteering("Far Fred", at=far, coach=lived_in.ruth)
    Family.objects.update(travel_km=8)
    Volunteer.objects.update(travel_km=8)
    assert "Nothing would change" in supposed(ruth, short, further=2)
    page = supposed(ruth, short, further=10)
    assert "Everybody travels 10 km further" in page
    assert "The Hollis family</b> with Far Fred" in page


def test_it_says_in_its_first_line_who_would_lose_a_place(short: Round):
    def lead(lost: int) -> str:
        found = Supposedly(9, *(Steps([], many) for many in (2, 4, lost)), score=0)
        page = WhatIfPage(short, [], Supposition(further_km=5), "", found, [])
        words = render_to_string("matching/what_if_found.html", {"page": page, "found": found})
        return words.split('<p class="lead">')[1].split("</p>")[0]

    assert lead(1) == (
        "Two would gain a place and one would lose theirs. Four would be with somebody else."
    )
    assert lead(0) == "Two more would have a place. Four would be with somebody else."


def test_it_writes_nothing_but_whose_names_it_showed(lived_in: Street, short: Round, ruth: Client):
    AccessEvent.objects.all().delete()
    before = Round.objects.values().get(), list(Proposal.objects.values())
    supposed(ruth, short, supporter=lived_in.denise.pk, more=1)
    assert (Round.objects.values().get(), list(Proposal.objects.values())) == before
    assert set(AccessEvent.objects.values_list("family", "page")) == {
        (family.pk, "matching:what_if") for family in (lived_in.hollis, lived_in.denise.family)
    }
    assert Supporter.objects.get(pk=lived_in.denise.pk).capacity == 1


def test_it_answers_for_those_alone_whom_families_wait_for(
    lived_in: Street, short: Round, ruth: Client
):
    address = reverse("matching:what_if", kwargs={"id": short.pk})
    assert ruth.get(address, {"supporter": 999_999, "more": 1}).status_code == 404
    for asked in ({"more": "9"}, {"further": "3"}, {"supporter": "x", "more": "1"}):
        assert b"would have a place" not in ruth.get(address, asked).content
    imran = as_(lived_in.town.imran)
    assert imran.get(address).status_code == 404


def test_it_says_when_more_room_would_place_nobody(lived_in: Street, now: datetime, ruth: Client):
    made = rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)
    assert "More room would place nobody" in supposed(ruth, made)


def test_it_asks_the_same_number_of_questions_whatever_the_area(town: cast.Town, now: datetime):
    where = {"at": town.burntwood, "coach": town.ruth}
    ruth = as_(town.ruth)

    def questions(at: datetime) -> list[int]:
        made = rounds.open_round(area=town.area, by=town.ruth, at=at)
        one = made.answer["shortages"][0]["supporters"][0]
        found = []
        for asked in ({"supporter": int(one[1:]), "more": 1}, {"further": 5}):
            with CaptureQueriesContext(connection) as counted:
                supposed(ruth, made, **asked)
            found.append(len(counted))
        return found

    street.seeking("First", guardian="First", **where)
    for n in range(20):
        street.seeking(f"F{n}", guardian=f"F{n}", **where)
        street.sharing(f"S{n}", guardian=f"S{n}", **where)
        if n == 4:
            few = questions(now)
    assert questions(now + timedelta(days=7)) == few
    assert max(few) <= 45


@pytest.mark.django_db(transaction=True)
def test_it_keeps_nobody_from_writing_while_it_is_worked_out(
    now: datetime, monkeypatch: pytest.MonkeyPatch
):
    lived_in = make_street(cast.town())
    made = rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)
    held: list[bool] = []
    as_before = supposing.pair

    def watched(*asked: object) -> object:
        held.append(connection.in_atomic_block)
        return as_before(*asked)

    monkeypatch.setattr(supposing, "pair", watched)
    supposed(as_(lived_in.ruth), made, further=5)
    assert held == [False, False]
