"""Running a round again: what it would undo is said before, and what it undid is said after."""

from datetime import datetime, timedelta

from django.test import Client

from matching import rounds
from tests.matching.browser import read
from tests.matching.conftest import Street, opened

LATER = timedelta(minutes=5)


def test_it_says_how_many_approvals_would_have_to_be_given_again(
    lived_in: Street, now: datetime, ruth: Client
):
    made = opened(lived_in, now)
    assert "given again" not in read(ruth, "round", id=made.pk)
    refused, other = made.proposals.all()
    rounds.approve(proposal=other, by=lived_in.ruth, at=now)
    one = "If you run it again, the one approval here has to be given again."
    assert read(ruth, "round", id=made.pk).count(one) == 1
    rounds.refuse(proposal=refused, why="They are cousins", by=lived_in.ruth, at=now)
    assert read(ruth, "round", id=made.pk).count(one) == 2  # beside the pair too
    rounds.approve(proposal=refused, by=lived_in.ruth, at=now)
    page = read(ruth, "round", id=made.pk)
    assert "If you run it again, the two approvals here have to be given again." in page


def test_it_says_first_that_what_was_approved_before_was_not_sent(
    lived_in: Street, now: datetime, ruth: Client
):
    before = opened(lived_in, now)
    rounds.approve_all(round=before, by=lived_in.ruth, at=now)
    again = opened(lived_in, now + LATER)
    told = (
        f"Two pairs were approved in round {before.pk}, and nothing was sent. Decide on them again."
    )
    assert told in read(ruth, "round", id=again.pk).split("</h1>")[1].split("Checked")[0]
    assert "Nothing that was approved here was sent." in read(ruth, "round", id=before.pk)
    rounds.approve_all(round=again, by=lived_in.ruth, at=now)
    rounds.send(round=again, by=lived_in.ruth, at=now)
    for made in (before, again, opened(lived_in, now + 2 * LATER)):
        assert "Decide on them again" not in read(ruth, "round", id=made.pk)


def test_it_says_nothing_of_a_round_of_which_nothing_was_approved(
    lived_in: Street, now: datetime, ruth: Client
):
    before = opened(lived_in, now)
    again = opened(lived_in, now + LATER)
    for made in (before, again):
        page = read(ruth, "round", id=made.pk)
        assert "were approved" not in page
        assert "approved here" not in page
