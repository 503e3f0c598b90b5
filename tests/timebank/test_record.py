"""Writing down an hour: asked, checked, and only then sent; never with a stranger."""

import pytest
from django.urls import reverse
from django.utils import timezone

from messaging.posting import close_conversation, start_conversation
from people.models import Block
from tests import cast
from tests.timebank.deeds import answers, as_user, helped
from timebank import accounts
from timebank.models import Exchange

pytestmark = pytest.mark.django_db


def test_it_asks_checks_and_only_then_sends(neighbours) -> None:
    helped(neighbours)  # so that they have met
    amara, told = as_user(neighbours.amara_user), answers(neighbours)
    address = reverse("timebank:record")
    assert "Who gave their time?" in amara.get(address).content.decode()
    checked = amara.post(address, told | {"step": "check"}).content.decode()
    assert "1\u00a0h\u00a030" in checked
    assert "Is this right?" in checked
    assert Exchange.objects.count() == 1
    for _twice in range(2):
        sent = amara.post(address, told | {"step": "send"})
    written = Exchange.objects.latest("id")
    assert sent.url == reverse("timebank:exchange", args=[written.pk])
    assert (written.giver, written.claimed_minutes) == (neighbours.amara, 90)
    assert Exchange.objects.count() == 2


@pytest.mark.parametrize("going", [True, False])
def test_it_says_where_time_in_a_link_up_belongs(neighbours, going) -> None:
    talk = start_conversation(
        kind="link_up",
        people=[(neighbours.amara_user, "Amara"), (neighbours.denise_user, "Denise")],
        at=timezone.now(),
    )
    if not going:
        close_conversation(conversation=talk, at=timezone.now())
    page = as_user(neighbours.amara_user).post(
        reverse("timebank:record"), answers(neighbours) | {"step": "check"}
    )
    assert ("the community pot stands in" in page.content.decode()) is going


def test_it_gives_back_what_was_written_when_something_is_to_change(neighbours) -> None:
    helped(neighbours)
    page = as_user(neighbours.amara_user).post(
        reverse("timebank:record"), answers(neighbours, took="1,5") | {"step": "change"}
    )
    assert 'value="1,5"' in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"took": "2"}, "2h or 2 min"),
        ({"took": "0"}, "more than nothing"),
        ({"took": "a while"}, "such as 45 min"),
        ({"happened_on": "2999-01-01"}, "still to come"),
        ({"side": ""}, "Choose who gave"),
        ({"words": ""}, "few words"),
        ({"side": "receiver", "took": "11h"}, "room for 10 h"),
    ],
)
def test_it_says_kindly_what_to_put_right(neighbours, changed, words) -> None:
    helped(neighbours)
    page = as_user(neighbours.amara_user).post(
        reverse("timebank:record"), answers(neighbours, **changed) | {"step": "send"}
    )
    assert words in page.content.decode()
    assert "There is a problem" in page.content.decode()
    assert Exchange.objects.count() == 1


def test_it_never_shows_a_stranger_in_the_picker(neighbours) -> None:
    helped(neighbours)
    page = as_user(neighbours.amara_user).get(reverse("timebank:record")).content.decode()
    assert "Denise’s family" in page
    assert "Nadia" not in page


def test_it_refuses_a_stranger_slipped_into_the_picker(neighbours) -> None:
    helped(neighbours)
    told = answers(neighbours, other=str(neighbours.nadia.pk))
    page = as_user(neighbours.amara_user).post(reverse("timebank:record"), told | {"step": "send"})
    assert "Choose somebody from the list" in page.content.decode()
    assert Exchange.objects.count() == 1


def test_it_leaves_somebody_who_is_blocked_out_of_the_picker(neighbours, now) -> None:
    helped(neighbours)
    Block.objects.create(blocker=neighbours.denise_user, blocked=neighbours.amara_user, at=now)
    assert accounts.met_by(neighbours.amara) == []
    assert accounts.met_by(neighbours.denise) == []


def test_it_tells_two_of_one_name_apart(neighbours, town, now) -> None:
    other = cast.family("Denise’s family", guardian="Denny", at=town.rugeley)
    helped(neighbours)
    helped(
        neighbours,
        giver=accounts.open_account(family=other, at=now),
        by=cast.guardian_of(other),
    )
    page = as_user(neighbours.amara_user).get(reverse("timebank:record")).content.decode()
    assert "Denise’s family, Burntwood" in page
    assert "Denise’s family, Rugeley" in page
