"""What a coach says of a pair can be taken back, and what it does not bring is not shown."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from matching import rounds
from matching.models import Proposal, Shortlist
from tests.matching.browser import post, read
from tests.matching.conftest import Street, opened
from tests.matching.test_keeping_pairs import pairs

UNDO = "I was wrong: they may be linked after all"


@pytest.fixture
def refused(lived_in: Street) -> Proposal:
    """Amara and Joe with Denise, whom Ruth ruled out today; Stan stands on their list."""
    proposal = opened(lived_in, timezone.now()).proposals.get(family=lived_in.amara)
    rounds.refuse(proposal=proposal, why="They are cousins", by=lived_in.ruth, at=timezone.now())
    proposal.refresh_from_db()
    return proposal


def test_it_shows_no_list_for_a_pair_that_was_ruled_out_but_how_to_undo_it(
    refused: Proposal, ruth: Client
):
    page = read(ruth, "round", id=refused.round_id)
    pair, other = page.split('id="pair-')[1:]
    assert pair.startswith(f'{refused.pk}"')
    for words in ("also choose from", "Leave out", "Nobody else is on their list", ">Approve<"):
        assert words not in pair
    assert UNDO in pair
    assert "Run it again" in pair
    assert "They get no list" in pair
    assert "They would also choose from" in other
    assert ">Approve<" in other
    assert UNDO not in other


def test_it_takes_not_these_two_back_with_the_ban(
    refused: Proposal, ruth: Client, lived_in: Street
):
    pair = post(ruth, "decide", {"take_back": "1"}, id=refused.pk).split('id="pair-')[1]
    assert "They are cousins" not in pair
    assert "They would also choose from" in pair
    refused.refresh_from_db()
    assert (refused.standing, refused.why, refused.decided_by) == ("proposed", "", lived_in.ruth)
    again = opened(lived_in, timezone.now() + timedelta(minutes=5))
    assert pairs(again)["Amara and Joe"] == "Denise and Mark"


def test_it_lifts_the_ban_too_where_an_older_page_approves(refused: Proposal, lived_in: Street):
    rounds.approve(proposal=refused, by=lived_in.ruth, at=timezone.now())
    refused.refresh_from_db()
    assert (refused.standing, refused.why) == ("approved", "")
    again = opened(lived_in, timezone.now() + timedelta(minutes=5))
    assert pairs(again)["Amara and Joe"] == "Denise and Mark"


def test_it_takes_an_approval_back(lived_in: Street, now: datetime, ruth: Client):
    made = opened(lived_in, now)
    proposal = made.proposals.get(family=lived_in.amara)
    rounds.keep(proposal=proposal, by=lived_in.ruth)
    rounds.approve_all(round=made, by=lived_in.ruth, at=now)
    page = post(ruth, "decide", {"take_back": "1"}, id=proposal.pk)
    assert "Send the offer I approved" in page
    proposal.refresh_from_db()
    assert (proposal.standing, proposal.kept_by) == ("proposed", lived_in.ruth)
    rounds.send(round=made, by=lived_in.ruth, at=now)
    assert [str(one.family) for one in Shortlist.objects.all()] == ["The Hollis family"]


def test_it_takes_nothing_back_that_was_not_said_or_is_over(
    lived_in: Street, refused: Proposal, now: datetime
):
    other = refused.round.proposals.get(family=lived_in.hollis)
    rounds.take_back(proposal=other, by=lived_in.ruth, at=now)
    other.refresh_from_db()
    assert (other.standing, other.decided_by) == ("proposed", None)
    opened(lived_in, timezone.now() + timedelta(minutes=5))
    with pytest.raises(rounds.RoundError, match="newer round"):
        rounds.take_back(proposal=refused, by=lived_in.ruth, at=now)
