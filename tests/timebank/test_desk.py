"""The broker’s desk, the public books, and the same number of queries at any size."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import Consent
from tests import cast
from tests.timebank.deeds import answers, as_user, confirmed, helped
from timebank import accounts, exchanges, listings
from timebank.models import Exchange, Transfer

pytestmark = pytest.mark.django_db


def test_it_shows_a_broker_what_waits_with_disputes_first(neighbours, now) -> None:
    helped(neighbours, words="Older")
    late = helped(neighbours, words="Argued about")
    exchanges.dispute(exchange=late, minutes=30, by=neighbours.amara_user, at=now)
    page = as_user(neighbours.bea).get(reverse("timebank:desk"))
    assert [exchange.words for exchange in page.context["desk"].waiting] == [
        "Argued about",
        "Older",
    ]


def test_it_shows_the_first_that_wait_and_all_when_asked(neighbours) -> None:
    for number in range(10):
        helped(neighbours, words=f"Lift {number}")
    bea, address = as_user(neighbours.bea), reverse("timebank:desk")
    page = bea.get(address)
    assert len(page.context["desk"].waiting) == 8
    assert "Show all 10" in page.content.decode()
    page = bea.get(address, {"waiting": "all"})
    assert len(page.context["desk"].waiting) == 10
    assert "Show all" not in page.content.decode()


def test_it_keeps_a_brokers_own_family_off_the_desk(neighbours) -> None:
    helped(neighbours)
    cast.StaffRole.objects.create(user=neighbours.amara_user, role="broker")
    page = as_user(neighbours.amara_user).get(reverse("timebank:desk"))
    assert page.context["desk"].waiting == []


def test_it_shows_a_broker_who_only_gives_and_who_only_receives(neighbours) -> None:
    confirmed(neighbours)
    desk = as_user(neighbours.bea).get(reverse("timebank:desk")).context["desk"]
    assert (desk.only_give, desk.only_receive) == ([neighbours.denise], [neighbours.amara])


def test_it_lets_a_broker_settle_and_put_right(neighbours) -> None:
    written = helped(neighbours)
    bea = as_user(neighbours.bea)
    settle = reverse("timebank:settle", args=[written.pk])
    page = bea.post(settle, {"took": "9 h"}).content.decode()
    assert "Choose between what the two sides say." in page
    assert 'value="9 h"' in page
    bea.post(settle, {"took": "40 min"})
    written.refresh_from_db()
    assert (written.standing, written.confirmed_minutes) == ("confirmed", 40)
    bea.post(reverse("timebank:put_right", args=[written.pk]), {"reason": "Another week"})
    page = as_user(neighbours.amara_user).get("/hours/").content.decode()
    assert "Put right: Another week" in page
    assert Transfer.objects.count() == 2


def test_it_lets_a_broker_close_without_hours(neighbours) -> None:
    written = helped(neighbours)
    as_user(neighbours.bea).post(reverse("timebank:leave", args=[written.pk]))
    written.refresh_from_db()
    assert written.standing == "withdrawn"


def test_it_lets_a_broker_write_only_where_there_is_a_yes(neighbours, now) -> None:
    helped(neighbours)
    bea, address = (
        as_user(neighbours.bea),
        reverse("timebank:record_for", args=[neighbours.amara.pk]),
    )
    assert bea.get(address).status_code == 404
    Consent.objects.create(
        user=neighbours.amara_user,
        purpose="recorded_for",
        wording="1",
        given=True,
        at=timezone.now() - timedelta(hours=1),
    )
    assert "Amara’s family gave" in bea.get(address).content.decode()
    bea.post(address, answers(neighbours) | {"step": "send"})
    written = Exchange.objects.latest("id")
    assert (written.recorded_by, written.recorded_for) == (neighbours.bea, neighbours.amara_user)
    page = as_user(neighbours.denise_user).get(reverse("timebank:exchange", args=[written.pk]))
    assert "Bea, time broker, for Amara" in page.content.decode()


def test_it_shows_the_books_to_anybody_without_a_name(neighbours) -> None:
    cache.clear()
    confirmed(neighbours)
    page = Client().get(reverse("timebank:books")).content.decode()
    assert "The books balance" in page
    assert "Denise" not in page


def test_it_asks_the_database_as_often_at_any_size(neighbours, town, now) -> None:
    """Statement, board, desk and the form: the same number of queries with little and with much."""
    cache.clear()

    def grow(times: int) -> None:
        for n in range(times):
            name = f"F{Exchange.objects.count()}{n}"
            other = cast.family(f"The {name} family", guardian=name, at=town.burntwood)
            account = accounts.open_account(family=other, at=now)
            told = {"giver": account, "by": cast.guardian_of(other), "minutes": 5}
            confirmed(neighbours, **told)
            helped(neighbours, **told)
            listings.post_listing(
                owner=account, kind="request", title="Help", words="", minutes=30, at=now
            )

    def asked() -> list[int]:
        counts = []
        for user, address in [
            (neighbours.amara_user, "/hours/"),
            (neighbours.amara_user, "/hours/board/"),
            (neighbours.amara_user, "/hours/record/"),
            (neighbours.bea, "/hours/desk/"),
        ]:
            client = as_user(user)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    grow(4)
    as_user(neighbours.bea).get("/hours/desk/")  # opens the pot and fills the cache of the books
    few = asked()
    grow(16)
    assert asked() == few
