"""The board: what is near, what is hidden, and the talk that an answer opens."""

from datetime import timedelta

import pytest
from django.urls import reverse

from people.models import Block
from tests import cast
from tests.timebank.deeds import as_user, confirmed
from timebank import accounts, listings
from timebank.models import Listing

pytestmark = pytest.mark.django_db


def board_of(neighbours, count: int, now) -> None:
    for n in range(count):
        owner = [neighbours.denise, neighbours.nadia][n % 2]
        kind = ["offer", "request"][n % 3 % 2]
        listings.post_listing(
            owner=owner, kind=kind, title=f"Thing {n}", words="", minutes=30, at=now
        )


def test_it_shows_twenty_of_the_board_a_page(neighbours, now) -> None:
    board_of(neighbours, 25, now)
    first = as_user(neighbours.amara_user).get("/hours/board/").context["page"]
    assert len(first.rows) == 20
    second = as_user(neighbours.amara_user).get(f"/hours/board/?before={first.next_before}")
    assert len(second.context["page"].rows) == 5
    assert second.context["page"].next_before is None


def test_it_shows_one_kind_when_asked(neighbours, now) -> None:
    board_of(neighbours, 6, now)
    page = as_user(neighbours.amara_user).get("/hours/board/?kind=request").context["page"]
    assert {row.listing.kind for row in page.rows} == {Listing.Kind.REQUEST}


def test_it_shows_a_band_and_a_place_and_nothing_finer(neighbours, now) -> None:
    board_of(neighbours, 1, now)
    page = as_user(neighbours.amara_user).get("/hours/board/").content.decode()
    assert "less than a mile away" in page
    assert str(neighbours.families[1].cell_latitude) not in page


def test_it_hides_listings_of_who_is_far_blocked_or_away(neighbours, town, now) -> None:
    far_place = cast.place("Leek", latitude="53.1060", longitude="-2.0250")
    far = accounts.open_account(family=cast.family("Far", guardian="Fay", at=far_place), at=now)
    for owner in (far, neighbours.denise, neighbours.nadia):
        listings.post_listing(
            owner=owner, kind="offer", title="Help", words="", minutes=None, at=now
        )
    Block.objects.create(blocker=neighbours.denise_user, blocked=neighbours.amara_user, at=now)
    neighbours.families[2].standing = "paused"
    neighbours.families[2].save()
    assert listings.board(viewer=neighbours.amara).rows == []
    assert len(listings.board(viewer=None).rows) == 2


def test_it_puts_up_and_takes_down_what_somebody_asks_for(neighbours) -> None:
    amara = as_user(neighbours.amara_user)
    told = {"kind": "request", "title": "A lift on Fridays", "words": "", "took": "1h"}
    amara.post(reverse("timebank:ask"), told)
    listing = Listing.objects.get()
    assert (listing.owner, listing.minutes) == (neighbours.amara, 60)
    close = reverse("timebank:close_listing", args=[listing.pk])
    as_user(neighbours.nadia_user).post(close)
    assert Listing.objects.open().exists()
    amara.post(close)
    assert not Listing.objects.open().exists()


def test_it_puts_up_once_what_was_sent_twice(neighbours, now) -> None:
    def put_up(title: str, minutes_later: int) -> int:
        return listings.post_listing(
            owner=neighbours.amara,
            kind="request",
            title=title,
            words="",
            minutes=None,
            at=now + timedelta(minutes=minutes_later),
        ).pk

    first = put_up("A lift", 0)
    assert put_up("A lift", 1) == first
    assert put_up("A lift, and back", 1) != first
    listings.close_listing(listing=Listing.objects.get(pk=first), by=neighbours.amara_user, at=now)
    second = put_up("A lift", 1)
    assert second != first, "what was taken down may come again"
    assert put_up("A lift", 30) not in {first, second}, "and so may what was put up a while ago"


def test_it_opens_one_talk_however_often_somebody_answers(neighbours, now) -> None:
    board_of(neighbours, 1, now)
    amara, listing = as_user(neighbours.amara_user), Listing.objects.get()
    addresses = {amara.post(reverse("timebank:answer", args=[listing.pk])).url for _ in range(2)}
    assert len(addresses) == 1
    assert neighbours.denise in accounts.met_by(neighbours.amara)
    page = amara.get(f"/hours/record/?listing={listing.pk}").content.decode()
    assert "Thing 0" in page


def test_it_lets_nobody_answer_before_a_coach_said_hello(neighbours, now) -> None:
    board_of(neighbours, 1, now)
    neighbours.families[0].standing = "applied"
    neighbours.families[0].save()
    page = as_user(neighbours.amara_user).post(
        reverse("timebank:answer", args=[Listing.objects.get().pk]), follow=True
    )
    assert "A coach says hello first" in page.content.decode()
    ask = as_user(neighbours.amara_user).post(
        reverse("timebank:ask"), {"kind": "offer", "title": "Bread"}
    )
    assert "A coach says hello first" in ask.content.decode()


def test_it_offers_a_hand_to_lend_at_nothing_left(neighbours, now) -> None:
    confirmed(neighbours)
    listings.post_listing(
        owner=neighbours.nadia, kind="request", title="Hold my ladder", words="", minutes=30, at=now
    )
    page = as_user(neighbours.amara_user).get("/hours/").content.decode()
    assert "would love a hand" in page
    assert "Hold my ladder" in page
