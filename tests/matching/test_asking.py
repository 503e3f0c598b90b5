"""Why not somebody else: whom one may ask about, what it would cost, and for whom alone the answer is."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching import rounds
from matching.models import Proposal, Round, Supporter
from matching.reading.asking import ask_page
from matching.reading.whynot import Sum, why_not_page
from people.models import Family
from safeguarding.models import AccessEvent
from safeguarding.models import Check as CheckRow
from tests import cast
from tests.matching import cast as street
from tests.matching.browser import as_, read
from tests.matching.conftest import Street, opened


@pytest.fixture
def round_(lived_in: Street, now: datetime) -> Round:
    """A round of the street: Amara with Denise, the Hollises with Stan."""
    return opened(lived_in, now)


def test_it_leads_from_a_pair_and_from_a_family_without_one(
    lived_in: Street, now: datetime, ruth: Client
):
    lived_in.stan.delete()
    page = read(ruth, "round", id=opened(lived_in, now).pk)
    for family in (lived_in.amara, lived_in.hollis):
        assert f"/families/{family.pk}/" in page


def test_it_shows_who_may_by_points_and_who_may_not_and_why(
    lived_in: Street, round_: Round, ruth: Client
):
    where = {"at": lived_in.town.burntwood, "coach": lived_in.ruth}
    street.sharing("The Polish house", guardian="Ola", languages=["pl"], **where)
    street.sharing("The new ones", guardian="Neil", check=False, **where)
    street.volunteering("Late Larry", **where)
    page = read(ruth, "ask", id=round_.pk, family_id=lived_in.amara.pk)
    places = [
        page.index(words)
        for words in (
            "This round proposes Denise and Mark for Amara and Joe.",
            "Allowed, and free in this round",
            ">Late Larry<",
            "Could not be proposed when this round was run",
            "Allowed, but taken by others in this round",
            ">Stan<",
            "Something stands in the way today",
            "They share no language",
            "You may decide",
            "Their checks are not done",
            "A firm rule",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(("room", "free", "taken"), [(1, [], ["Stan"]), (2, ["Stan"], [])])
def test_it_calls_somebody_taken_when_others_have_all_their_room(
    lived_in: Street, now: datetime, room: int, free: list[str], taken: list[str]
):
    Supporter.objects.filter(pk=lived_in.stan.pk).update(capacity=room)
    page = ask_page(opened(lived_in, now), lived_in.amara, name="", at=now)
    assert [one.supporter.name for one in page.free] == free
    assert [one.supporter.name for one in page.taken] == taken


def test_it_finds_somebody_by_a_part_of_their_name(lived_in: Street, round_: Round, ruth: Client):
    address = reverse("matching:ask", kwargs={"id": round_.pk, "family_id": lived_in.amara.pk})
    assert ">Stan<" in ruth.get(address, {"name": "sTA"}).content.decode()
    assert "Nobody of that name" in ruth.get(address, {"name": "Zoe"}).content.decode()


def test_it_lays_the_two_beside_each_other_and_says_what_it_would_cost(
    lived_in: Street, round_: Round, ruth: Client
):
    page = read(ruth, "why_not", **told(round_, lived_in.amara, lived_in.stan.pk))
    proposal = round_.proposals.get(family=lived_in.amara)
    assert "Why not Amara and Joe with Stan?" in page
    assert f"With Denise and Mark, as it is: {proposal.score:,} points." in page
    assert "The Hollis family would move from Stan to Denise and Mark." in page
    assert "What they lived through" in page
    assert "not known" in page  # nobody asked Stan what he lived through
    assert "In the way today" not in page


def test_its_differences_add_up_to_the_whole_whatever_is_not_known_of_either(
    lived_in: Street, round_: Round, now: datetime
):
    def added_up(values: list[int | None]) -> Sum:
        parts = [
            {"code": str(n), "label": f"Part {n}", "value": value, "points": 2 * (value or 0)}
            for n, value in enumerate(values)
        ]
        return Sum(sum(part["points"] for part in parts), 0, 0, parts)

    every = list(product((None, 0, 30, 100), repeat=2))
    found = replace(
        why_not_page(round_, lived_in.amara, lived_in.stan, at=now),
        chosen_sum=added_up([chosen for chosen, _asked in every]),
        asked_sum=added_up([asked for _chosen, asked in every[:-4]] + [100] * 4),
    )
    told = [part.difference for part in found.parts]
    assert sum(one or 0 for one in told) == found.difference == 2 * (400 - 130)
    assert told[:4] == [None, 0, 60, 200]  # nothing is known of the one who was chosen
    assert told[8] == -60  # nothing is known of the one asked about


def test_it_says_who_would_lose_a_place_and_that_they_waited_longer(
    lived_in: Street, now: datetime, ruth: Client
):
    lived_in.stan.delete()
    made = opened(lived_in, now)
    page = read(ruth, "why_not", **told(made, lived_in.hollis, lived_in.denise.pk))
    assert "Amara and Joe would lose their place with Denise and Mark." in page
    assert "They have waited longer than The Hollis family: 50 days, against 31." in page


def test_it_says_which_rules_a_person_may_overrule(lived_in: Street, round_: Round, ruth: Client):
    CheckRow.objects.filter(volunteer__isnull=False).delete()
    firm = read(ruth, "why_not", **told(round_, lived_in.amara, lived_in.stan.pk))
    assert "Their checks are not done. " in firm
    assert "Nobody may overrule this." in firm
    where = {"at": lived_in.town.burntwood, "coach": lived_in.ruth}
    other = street.sharing("The Polish house", guardian="Ola", languages=["pl"], **where)
    soft = read(ruth, "why_not", **told(round_, lived_in.amara, other.pk))
    assert "You may decide otherwise." in soft
    assert "They weren’t among the supporters when this round was run." in soft


def test_it_says_that_a_person_said_not_these_two(
    lived_in: Street, round_: Round, now: datetime, ruth: Client
):
    proposal = Proposal.objects.get(round=round_, supporter=lived_in.denise)
    rounds.refuse(proposal=proposal, why="They are cousins", by=lived_in.ruth, at=now)
    newer = opened(lived_in, now + timedelta(days=7))
    page = read(ruth, "why_not", **told(newer, proposal.family, lived_in.denise.pk))
    assert "A person said “not these two”." in page


def test_it_is_there_for_a_family_of_the_round_and_a_supporter_of_the_area_alone(
    lived_in: Street, round_: Round, ruth: Client
):
    elsewhere = {"at": lived_in.town.rugeley, "coach": lived_in.town.imran}
    other = street.seeking("The Others", guardian="Olga", **elsewhere)
    far = street.volunteering("Far Fred", **elsewhere)
    for family, supporter in (
        (other, lived_in.stan.pk),
        (lived_in.amara, far.pk),
        (lived_in.amara, 999_999),
    ):
        address = reverse("matching:why_not", kwargs=told(round_, family, supporter))
        assert ruth.get(address).status_code == 404
    address = reverse("matching:ask", kwargs={"id": round_.pk, "family_id": other.pk})
    assert ruth.get(address).status_code == 404
    imran = as_(lived_in.town.imran)
    for name, where in (
        ("ask", {"id": round_.pk, "family_id": lived_in.amara.pk}),
        ("why_not", told(round_, lived_in.amara, lived_in.stan.pk)),
    ):
        assert imran.get(reverse(f"matching:{name}", kwargs=where)).status_code == 404


def test_it_tells_nothing_of_a_family_that_moved_away_or_of_itself_as_its_own_supporter(
    lived_in: Street, round_: Round, ruth: Client
):
    itself = Supporter.objects.create(family=lived_in.amara)
    address = reverse("matching:why_not", kwargs=told(round_, lived_in.amara, itself.pk))
    assert ruth.get(address).status_code == 404
    Family.objects.filter(pk=lived_in.amara.pk).update(place=lived_in.town.rugeley)
    for name, where in (
        ("ask", {"id": round_.pk, "family_id": lived_in.amara.pk}),
        ("why_not", told(round_, lived_in.amara, lived_in.stan.pk)),
    ):
        assert ruth.get(reverse(f"matching:{name}", kwargs=where)).status_code == 404


def test_it_writes_down_everybody_whom_it_names(lived_in: Street, round_: Round, ruth: Client):
    AccessEvent.objects.all().delete()
    read(ruth, "why_not", **told(round_, lived_in.amara, lived_in.stan.pk))
    assert set(AccessEvent.objects.values_list("family", "purpose", "page")) == {
        (family.pk, "matching", "matching:why_not")
        for family in (lived_in.amara, lived_in.hollis, lived_in.denise.family)
    }
    AccessEvent.objects.all().delete()
    page = read(ruth, "ask", id=round_.pk, family_id=lived_in.amara.pk)
    assert "Hollis" not in page
    assert set(AccessEvent.objects.values_list("family", flat=True)) == {
        lived_in.amara.pk,
        lived_in.denise.family_id,
    }


def test_it_writes_nothing_else_down(lived_in: Street, round_: Round, ruth: Client):
    before = Round.objects.values().get()
    read(ruth, "why_not", **told(round_, lived_in.amara, lived_in.stan.pk))
    assert Round.objects.values().get() == before
    assert set(Proposal.objects.values_list("standing", flat=True)) == {"proposed"}


def test_it_calls_whoever_was_erased_somebody_who_has_left(
    lived_in: Street, round_: Round, ruth: Client
):
    round_.proposals.filter(family=lived_in.hollis).delete()
    Family.objects.filter(pk=lived_in.hollis.pk).delete()
    page = read(ruth, "why_not", **told(round_, lived_in.amara, lived_in.stan.pk))
    assert "Somebody who has left would move from Stan" in page


def test_it_asks_the_same_number_of_questions_whatever_the_area(town: cast.Town, now: datetime):
    where = {"at": town.burntwood, "coach": town.ruth}
    ruth = as_(town.ruth)

    def questions(at: datetime) -> list[int]:
        made = rounds.open_round(area=town.area, by=town.ruth, at=at)
        one, other = made.proposals.all()[:2]
        found = []
        for name, address in (
            ("ask", {"id": made.pk, "family_id": one.family_id}),
            ("why_not", told(made, one.family, other.supporter_id)),
        ):
            with CaptureQueriesContext(connection) as asked:
                read(ruth, name, **address)
            found.append(len(asked))
        return found

    for n in range(30):
        street.seeking(f"F{n}", guardian=f"F{n}", **where)
        street.sharing(f"S{n}", guardian=f"S{n}", **where)
        if n == 4:
            few = questions(now)
    many = questions(now + timedelta(days=7))
    assert many == few
    assert max(few) <= 60


def told(round_: Round, family: Family, supporter_id: int) -> dict[str, int]:
    """Where the answer about these two stands."""
    return {"id": round_.pk, "family_id": family.pk, "supporter_id": supporter_id}
