"""A coach may say "keep these two": the next round does, as long as nothing has come between them."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from matching import rounds
from matching.locking import locked
from matching.models import Proposal, Round
from people.models import Family, Volunteer
from tests.matching import cast as street
from tests.matching.browser import as_, post, read
from tests.matching.conftest import Street, opened
from tests.matching.engine.rounds import round_of


def pairs(made: Round) -> dict[str, str]:
    """Who is proposed to whom."""
    return {str(one.family): str(one.supporter) for one in made.proposals.all()}


def with_somebody_first(lived_in: Street) -> Family:
    """Somebody joins who waited longer than everybody, and would be placed before them."""
    where = {"at": lived_in.town.burntwood, "coach": lived_in.ruth}
    return street.seeking("Early", guardian="Early", applied_on=street.date(2026, 1, 5), **where)


@pytest.fixture
def kept(lived_in: Street, now: datetime) -> Proposal:
    """The Hollises with Stan, whom Ruth wants to keep."""
    proposal = opened(lived_in, now).proposals.get(family=lived_in.hollis)
    rounds.keep(proposal=proposal, by=lived_in.ruth)
    return proposal


def test_the_next_round_keeps_the_pair_and_still_gives_a_list(
    lived_in: Street, kept: Proposal, now: datetime
):
    with_somebody_first(lived_in)
    again = opened(lived_in, now + timedelta(minutes=5))
    assert pairs(again) == {"The Hollis family": "Stan", "Early": "Denise and Mark"}
    made = again.proposals.get(family=lived_in.hollis)
    assert (made.kept_by, made.standing) == (lived_in.ruth, "proposed")
    assert [str(one.supporter) for one in made.alternatives.all()] == ["Denise and Mark"]
    assert again.answer["not_kept"] == 0
    locks = [one for one in again.snapshot["instance"]["pairs"] if one["locked"]]
    assert len(locks) == 1
    once_more = opened(lived_in, now + timedelta(minutes=10))
    assert pairs(once_more)["The Hollis family"] == "Stan"


def test_the_round_says_that_it_followed_what_a_person_decided(
    lived_in: Street, now: datetime
) -> None:
    """Early waited longest, and Ruth kept the pair that leaves no room for them."""
    ruth = as_(lived_in.ruth)
    made = opened(lived_in, now)
    assert "apart from those pairs" not in read(ruth, "round", id=made.pk)
    rounds.keep(proposal=made.proposals.get(family=lived_in.hollis), by=lived_in.ruth)
    with_somebody_first(lived_in)
    again = opened(lived_in, now + timedelta(minutes=5))
    told = read(ruth, "round", id=again.pk)
    assert "apart from those pairs, nobody was passed over" in told
    assert "after those that a person decided to keep, nobody was passed over" in told


def test_the_round_says_so_too_where_somebody_was_ruled_out(
    lived_in: Street, now: datetime
) -> None:
    first = opened(lived_in, now).proposals.get(family=lived_in.hollis)
    rounds.refuse(proposal=first, why="They are neighbours.", by=lived_in.ruth, at=now)
    again = opened(lived_in, now + timedelta(minutes=5))
    told = read(as_(lived_in.ruth), "round", id=again.pk)
    assert "apart from those pairs, nobody was passed over" in told


def test_it_is_let_go_again(lived_in: Street, kept: Proposal, now: datetime):
    rounds.let_go(proposal=kept)
    with_somebody_first(lived_in)
    again = opened(lived_in, now + timedelta(minutes=5))
    assert "The Hollis family" not in pairs(again)


def test_refusing_lets_it_go_and_nobody_keeps_what_is_refused(
    lived_in: Street, kept: Proposal, now: datetime
):
    rounds.refuse(proposal=kept, why="They are neighbours.", by=lived_in.ruth, at=now)
    kept.refresh_from_db()
    assert kept.kept_by is None
    with pytest.raises(rounds.RoundError):
        rounds.keep(proposal=kept, by=lived_in.ruth)


def test_it_says_when_a_pair_cannot_be_kept_any_more(
    lived_in: Street, kept: Proposal, now: datetime
):
    Volunteer.objects.filter(pk=lived_in.stan.volunteer_id).update(standing="paused")
    again = opened(lived_in, now + timedelta(minutes=5))
    assert "Stan" not in pairs(again).values()
    assert again.answer["not_kept"] == 1
    page = read(as_(lived_in.ruth), "round", id=again.pk)
    assert "One pair was to be kept and can’t be any more" in page


def test_it_keeps_nothing_once_the_offers_are_sent(lived_in: Street, kept: Proposal, now: datetime):
    rounds.approve(proposal=kept, by=lived_in.ruth, at=now)
    rounds.send(round=kept.round, by=lived_in.ruth, at=now)
    again = opened(lived_in, now + timedelta(minutes=5))
    assert "The Hollis family" not in pairs(again)
    assert again.answer["not_kept"] == 0
    with pytest.raises(rounds.RoundError):
        rounds.let_go(proposal=kept)


def test_a_coach_keeps_and_lets_go_on_the_page(lived_in: Street, now: datetime):
    made = opened(lived_in, now)
    proposal = made.proposals.get(family=lived_in.amara)
    ruth: Client = as_(lived_in.ruth)
    for name, marked, by in (("keep", 1, lived_in.ruth), ("let_go", 0, None)):
        page = post(ruth, "decide", {name: "1"}, id=proposal.pk)
        assert page.count("Kept for the next round") == marked
        proposal.refresh_from_db()
        assert proposal.kept_by == by


def test_it_locks_no_more_than_there_is_room_for_and_nothing_that_may_not_be():
    scores = {("a", "x"): 1, ("b", "x"): 1, ("b", "y"): 1}
    asked = round_of({"a": 1, "b": 5}, {"x": 1, "y": 1}, scores, forbidden={("b", "y")})
    found = locked(asked, {("a", "x"), ("b", "x"), ("b", "y"), ("c", "x")})
    assert {(one.seeking, one.supporter) for one in found.pairs if one.locked} == {("b", "x")}
    assert locked(asked, set()) is asked


def test_a_round_is_run_again_at_once_for_whoever_decided_on_a_pair(
    lived_in: Street, now: datetime
):
    first = opened(lived_in, now)
    assert opened(lived_in, now + timedelta(seconds=5)) == first  # a double click
    proposal = first.proposals.get(family=lived_in.amara)
    rounds.refuse(proposal=proposal, why="They are cousins", by=lived_in.ruth, at=now)
    second = opened(lived_in, now + timedelta(seconds=9))
    assert pairs(second)["Amara and Joe"] == "Stan"
    rounds.keep(proposal=second.proposals.get(family=lived_in.amara), by=lived_in.ruth)
    third = opened(lived_in, now + timedelta(seconds=15))
    assert third not in (first, second)
    assert opened(lived_in, now + timedelta(seconds=16)) == third
    rounds.let_go(proposal=third.proposals.get(family=lived_in.amara))
    assert opened(lived_in, now + timedelta(seconds=20)) not in (first, second, third)


def test_it_says_who_kept_a_pair_of_the_round_before(lived_in: Street, now: datetime, ruth: Client):
    proposal = opened(lived_in, now).proposals.get(family=lived_in.amara)
    rounds.keep(proposal=proposal, by=lived_in.ruth)
    assert "Kept for the next round" in read(ruth, "round", id=proposal.round_id)
    again = opened(lived_in, now + timedelta(minutes=5))
    page = read(ruth, "round", id=again.pk)
    assert "You kept these two" in page
    assert "Kept for the next round" not in page
    again.area.coaches.add(lived_in.town.imran)
    page = read(as_(lived_in.town.imran), "round", id=again.pk)
    assert f"{lived_in.ruth} kept these two" in page
    other = again.proposals.get(family=lived_in.hollis)
    rounds.keep(proposal=other, by=lived_in.ruth)
    assert "Kept for the next round" in read(ruth, "round", id=again.pk)
