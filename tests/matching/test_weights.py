"""What counts in a match: who may change it, what a look at it shows, and that nobody writes over anybody."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from matching import rounds, snapshot, weighing
from matching.comparing import compare
from matching.engine.terms import Weights
from matching.models import LinkUp, Round, Shortlist, WeightsVersion
from matching.models.weights import PARTS
from matching.reading.weights import previews, versions
from messaging.models import Conversation
from safeguarding.models import AccessEvent
from tests import cast
from tests.matching import cast as street
from tests.matching.browser import as_, post, read
from tests.matching.conftest import Street

FIRST = {part: getattr(Weights(), part) for part in PARTS}
PLAY = {**dict.fromkeys(PARTS, 0), "children": 10}
NEARNESS = {**dict.fromkeys(PARTS, 0), "distance": 10}
WHY = "Our families walk"


@pytest.fixture
def two_ways(town: cast.Town) -> cast.Town:
    """A family between somebody next door and somebody who has been through the same further off."""
    other = cast.place("Chase Terrace", latitude="52.7030", longitude="-1.9300")
    town.area.places.add(other)
    street.seeking("Amara and Joe", guardian="Amara", at=town.burntwood, coach=town.ruth)
    street.sharing("The Near family", guardian="Nell", at=town.burntwood, coach=town.ruth)
    far = street.sharing("The Wise family", guardian="Winnie", at=other, coach=town.ruth)
    far.lived_through.add(street.theme("mornings"))
    return town


@pytest.fixture
def morgan(db) -> Client:
    """The programme manager's browser."""
    return as_(cast.staff("morgan@example.org", "Morgan", "manager"))


def asked(numbers: dict[str, object], **also: object) -> dict[str, object]:
    """What the form sends."""
    return {"base": 1, **numbers, **also}


def test_it_comes_with_a_first_version_that_nobody_made(db):
    first = WeightsVersion.objects.get()
    assert (first.version, first.weights, first.made_by) == (1, Weights(), None)


def test_it_keeps_every_version_as_it_was(db):
    first = WeightsVersion.objects.get()
    first.distance = 9
    with pytest.raises(ValueError, match="never changed"):
        first.save()


def test_it_uses_the_newest_for_the_next_round_and_its_own_for_an_old_one(
    two_ways: cast.Town, now: datetime
):
    town = two_ways
    old = rounds.open_round(area=town.area, by=town.ruth, at=now)
    assert str(old.proposals.get().supporter) == "The Wise family"
    weighing.adopt(base=1, weights=Weights(**NEARNESS), why=WHY, by=town.ruth, at=now)
    rounds.approve_all(round=old, by=town.ruth, at=now)
    sent = rounds.send(round=old, by=town.ruth, at=now).shortlists[0]
    assert sent.entries.first().score == old.proposals.get().score
    Shortlist.objects.all().delete()
    new = rounds.open_round(area=town.area, by=town.ruth, at=now + timedelta(days=7))
    assert (new.weights.version, str(new.proposals.get().supporter)) == (2, "The Near family")
    assert (Round.objects.get(pk=old.pk).weights.version, new.weights.why) == (1, WHY)


def test_it_never_writes_over_a_newer_version(db, now: datetime):
    by = cast.staff("morgan@example.org", "Morgan", "manager")
    weighing.adopt(base=1, weights=Weights(**NEARNESS), why=WHY, by=by, at=now)
    with pytest.raises(weighing.OvertakenError, match="version 2"):
        weighing.adopt(base=1, weights=Weights(distance=4), why="Mine", by=by, at=now)
    with pytest.raises(weighing.WeighingError, match="in use already"):
        weighing.adopt(base=2, weights=Weights(**NEARNESS), why="Again", by=by, at=now)
    assert WeightsVersion.objects.count() == 2


def test_it_holds_one_row_a_version_and_a_reason_in_the_database(db, now: datetime):
    for version, why in ((1, "Twice"), (2, "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            WeightsVersion.objects.create(version=version, made_at=now, why=why, **FIRST)


def test_it_says_who_would_be_with_somebody_else(two_ways: cast.Town, now: datetime):
    before, after = Weights(), Weights(**NEARNESS)
    found = previews(two_ways.ruth, all_areas=False, before=before, after=after, at=now)
    assert [(one.area, one.total, one.placed, one.moved) for one in found] == [
        (two_ways.area, 1, 1, 1)
    ]
    move = found[0].moves[0]
    assert (move.who, move.before, move.after) == (
        "Amara and Joe",
        "The Wise family",
        "The Near family",
    )


@pytest.mark.parametrize("part", PARTS)
def test_it_never_changes_who_is_placed(town: cast.Town, now: datetime, part: str):
    where = {"at": town.burntwood, "coach": town.ruth}
    for n in range(6):
        applied_on = date(2026, 10, 1 + n)
        street.seeking(f"F{n}", guardian=f"F{n}", applied_on=applied_on, **where)
    for n in range(4):
        street.sharing(f"S{n}", guardian=f"S{n}", **where)
    after = Weights(**{**dict.fromkeys(PARTS, 0), part: 10})
    seen = weighing.preview(area=town.area, before=Weights(), after=after, at=now)
    assert seen.change.newly_placed == seen.change.no_longer_placed == ()
    assert seen.after.placed == 4


def test_it_shows_a_manager_every_area_and_nobodys_name(two_ways: cast.Town, morgan: Client):
    page = post(morgan, "weights", asked(NEARNESS))
    assert "One would get another proposal." in page
    assert "The same one of one are placed either way." in page
    assert re.search(r"Burntwood, waited \d+ days", page)
    assert "Sharing family, Chase Terrace" in page
    assert page.count("their names are for the coach") == 1
    assert "Rugeley and Cannock" in page
    for name in ("Amara", "Wise", "Near family"):
        assert name not in page
    assert not AccessEvent.objects.exists()
    assert WeightsVersion.objects.count() == 1


def test_it_names_families_to_their_coach_and_writes_it_down(two_ways: cast.Town):
    page = post(as_(two_ways.ruth), "weights", asked(NEARNESS))
    assert "Amara and Joe" in page
    assert "their names are for the coach" not in page
    assert "Rugeley and Cannock" not in page
    shown = AccessEvent.objects.values_list("family__display_name", "purpose", "page")
    assert sorted(shown) == [
        (name, "matching", "matching:weights")
        for name in ("Amara and Joe", "The Near family", "The Wise family")
    ]
    assert all(name in page for name, _purpose, _page in shown)


def test_it_says_when_nothing_would_change(two_ways: cast.Town, morgan: Client):
    assert "Nothing. The same one of one would be placed" in post(morgan, "weights", asked(FIRST))


def test_it_saves_with_a_reason_for_the_next_round(two_ways: cast.Town, morgan: Client):
    page = post(morgan, "set_weights", asked(NEARNESS, why=WHY))
    assert "Version 2 counts from the next round on." in page
    newest = WeightsVersion.objects.newest()
    assert (newest.weights, newest.why, str(newest.made_by)) == (
        Weights(**NEARNESS, version=2),
        WHY,
        "Morgan",
    )
    assert "Version 2" in read(morgan, "weights")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"distance": "11"}, "from 0 to 10 for “Distance”"),
        ({"distance": "-1"}, "from 0 to 10 for “Distance”"),
        ({"distance": "2.5"}, "from 0 to 10 for “Distance”"),
        ({"distance": "much"}, "from 0 to 10 for “Distance”"),
        ({"distance": ""}, "from 0 to 10 for “Distance”"),
        ({"why": ""}, "Say in a few words why"),
        (dict.fromkeys(PARTS, "0"), "Let at least one of them count."),
        (FIRST, "These are in use already."),
    ],
)
def test_it_refuses_in_words_and_gives_back_what_was_written(
    morgan: Client, told: dict[str, object], words: str
):
    page = post(morgan, "set_weights", asked({**NEARNESS, "why": WHY, **told}))
    assert words in page
    assert "There is a problem" in page
    for part, number in {**NEARNESS, **told}.items():
        assert part == "why" or f'name="{part}" value="{number}"' in page or number == ""
    assert told.get("why") == "" or WHY in page
    assert WeightsVersion.objects.count() == 1


def test_it_loses_nothing_when_two_managers_save(morgan: Client):
    other = as_(cast.staff("bo@example.org", "Bo", "manager"))
    theirs = {**FIRST, "children": 9}
    post(other, "set_weights", asked(theirs, why="More play"))
    page = post(morgan, "set_weights", asked(NEARNESS, why=WHY))
    assert "Somebody saved version 2 while you wrote. Nothing of yours is lost." in page
    assert "Bo saved it, and wrote: “More play”" in page
    assert 'name="distance" value="10"' in page
    assert WHY in page
    assert 'name="base" value="2"' in page
    assert WeightsVersion.objects.count() == 2
    post(morgan, "set_weights", {**asked(NEARNESS, why=WHY), "base": 2})
    assert WeightsVersion.objects.newest().version == 3


def test_it_lets_a_coach_look_and_not_decide(two_ways: cast.Town):
    ruth = as_(two_ways.ruth)
    page = read(ruth, "weights")
    assert "A programme manager decides which are used." in page
    assert "Use these from the next round" not in page
    refused = ruth.post(reverse("matching:set_weights"), asked(NEARNESS, why=WHY))
    assert refused.status_code == 403
    assert WeightsVersion.objects.count() == 1


def ended(round_: Round, ending: str, number: int, supporter: object) -> None:
    """A link-up that a round led to, which ended like this."""
    for n in range(number):
        family = cast.family(f"{ending}{n}", guardian=f"{ending}{n}", at=round_.area.places.first())
        shortlist = Shortlist.objects.create(
            round=round_, family=family, offered_by=round_.opened_by, offered_at=round_.opened_at
        )
        choice = shortlist.choices.create(
            chosen_by=cast.guardian_of(family), chosen_at=round_.opened_at
        )
        LinkUp.objects.create(
            family=family,
            supporter=supporter,
            choice=choice,
            conversation=Conversation.objects.create(kind="link_up"),
            started_on=date(2026, 1, 1),
            planned_end_on=date(2026, 5, 1),
            ended_on=date(2026, 5, 1) if ending else None,
            ending=ending,
        )


def test_it_tells_how_link_ups_went_under_each_version(
    lived_in: Street, now: datetime, morgan: Client
):
    made = rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)
    for ending, number in (("done", 2), ("early_done", 1), ("stopped", 1), ("", 2)):
        ended(made, ending, number, lived_in.denise)
    first = versions()[0]
    assert (first.link_ups, first.ended, first.well, first.stopped, first.too_few) == (
        6,
        4,
        3,
        1,
        True,
    )
    assert "Four have ended: too few to say." in read(morgan, "weights")
    ended(made, "moved", 1, lived_in.denise)
    page = read(morgan, "weights")
    assert "Of 5 that ended, 3 came to a good end, 1 stopped early, and in 1 somebody" in page


def test_it_asks_the_same_number_of_questions_whatever_the_area(town: cast.Town, morgan: Client):
    where = {"at": town.burntwood, "coach": town.ruth}
    ruth = as_(town.ruth)

    def questions() -> list[int]:
        counted = []
        for client in (ruth, morgan):
            with CaptureQueriesContext(connection) as told:
                post(client, "weights", asked(PLAY))
            counted.append(len(told))
        return counted

    for n in range(
        30
    ):  # to each family somebody wise, and somebody whose children like football too
        street.seeking(f"F{n}", guardian=f"F{n}", **where)
        street.sharing(f"P{n}", guardian=f"P{n}", **where)
        wise = street.sharing(f"W{n}", guardian=f"W{n}", **where)
        wise.lived_through.add(street.theme("mornings"))
        wise.family.children.update(interests=["chess"])
        if n == 9:
            few = questions()
    assert questions() == few
    moved = previews(
        town.ruth, all_areas=False, before=Weights(), after=Weights(**PLAY), at=timezone.now()
    )
    assert moved[0].more > 0


def test_it_weighs_anew_what_was_compared_once(lived_in: Street, now: datetime):
    lived_in.denise.family.children.all().delete()
    seen = snapshot.of_area(lived_in.town.area, at=now)
    once = compare(seen, weights=Weights())
    for weights in (Weights(), Weights(**NEARNESS), Weights(**PLAY)):
        assert weighing.weighed_anew(once, weights) == compare(seen, weights=weights).instance
