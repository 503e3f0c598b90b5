"""Time together recorded twice from a phone that lost its connection is one record and one transfer."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching import linkups, recording
from matching.models import LinkUp, Together
from matching.recording_form import TogetherForm
from people.models import User
from tests import cast
from tests.matching.browser import as_, post, read
from tests.matching.conftest import Street
from timebank import exchanges
from timebank.models import Exchange, Transfer

TODAY = date(2026, 11, 20)
DAYS = {"today": TODAY, "first": date(2026, 10, 5), "last": TODAY}


@pytest.fixture
def link_up(lived_in: Street) -> LinkUp:
    """Amara's family and Denise's, for six weeks."""
    return linkups.start(
        family=lived_in.amara,
        supporter=lived_in.denise,
        goals=[],
        weeks=20,
        on=timezone.localdate() - timedelta(weeks=6),
        by=lived_in.ruth,
        at=timezone.now() - timedelta(weeks=6),
    )


@pytest.fixture
def adult(lived_in: Street) -> User:
    """Amara, who writes things down."""
    return cast.guardian_of(lived_in.amara)


@pytest.fixture
def amara(adult: User) -> Client:
    """Her phone."""
    return as_(adult)


def told(**other: object) -> dict[str, object]:
    """An hour and a half yesterday, as the page sends it."""
    return {
        "near_day": (timezone.localdate() - timedelta(days=1)).isoformat(),
        "happened_on": "",
        "length": "90",
        "minutes": "",
        "words": "Park, then chips",
        "client_id": str(uuid4()),
        **other,
    }


def sends(client: Client, link_up: LinkUp, what: dict[str, object]) -> tuple[int, dict]:
    """Send it as a phone does that kept it."""
    response = client.post(
        reverse("matching:together", args=[link_up.pk]),
        what,
        headers={"accept": "application/json"},
    )
    return response.status_code, response.json()


def confirmed(link_up: LinkUp, by: User) -> None:
    exchanges.confirm(
        exchange=Exchange.objects.get(together__link_up=link_up), by=by, at=timezone.now()
    )


def test_it_is_one_record_and_one_transfer_however_often_it_arrives(
    lived_in: Street, link_up: LinkUp, amara: Client
):
    what = told()
    first = sends(amara, link_up, what)
    assert (first, sends(amara, link_up, what)) == ((200, first[1]), first)
    assert "Waiting for the other side" in post(amara, "together", what, id=link_up.pk)
    confirmed(link_up, cast.guardian_of(lived_in.denise.family))
    assert sends(amara, link_up, what) == first  # the other side has said yes meanwhile
    assert "the other side has answered" in post(amara, "together", what, id=link_up.pk)
    assert (Together.objects.count(), Exchange.objects.count()) == (1, 1)
    assert Transfer.objects.filter(exchange__together__link_up=link_up).count() == 1


def test_it_arrives_again_after_it_was_taken_back(link_up: LinkUp, amara: Client, adult: User):
    what = told()
    sends(amara, link_up, what)
    exchanges.withdraw(exchange=Exchange.objects.get(), by=adult, at=timezone.now())
    page = post(amara, "together", what, id=link_up.pk)
    assert "it was taken back since" in page
    assert Exchange.objects.get().standing == Exchange.Standing.WITHDRAWN


def test_it_arrives_again_after_the_link_up_ended(lived_in: Street, link_up: LinkUp, amara: Client):
    what = told()
    first = sends(amara, link_up, what)
    linkups.end(
        link_up=link_up,
        ending="moved",
        words="They moved",
        on=timezone.localdate() - timedelta(days=3),
        by=lived_in.ruth,
        at=timezone.now(),
    )
    assert sends(amara, link_up, what) == first
    status, answer = sends(
        amara, link_up, told(near_day=timezone.localdate().isoformat())
    )  # a new one, for a day after it ended
    assert (status, answer["problem"]) == (
        400,
        "Choose a day since your hello, up to the day it ended.",
    )
    assert Together.objects.count() == 1


def test_it_refuses_other_minutes_under_the_same_id_and_loses_nothing(
    link_up: LinkUp, amara: Client
):
    what = told()
    sends(amara, link_up, what)
    other = {**what, "length": "", "minutes": "45 min"}
    page = post(amara, "together", other, id=link_up.pk)
    assert "You sent this before, with 1 h 30 on" in page
    assert 'value="45 min"' in page
    assert 'value="Park, then chips"' in page
    assert what["client_id"] not in page  # sent once more, it is another time
    status, answer = sends(amara, link_up, other)
    assert (status, answer["ask_another"]) == (400, False)
    assert answer["client_id"] not in (what["client_id"], "")
    assert Exchange.objects.get().claimed_minutes == 90
    again = {**other, "client_id": answer["client_id"], "is_another": "on"}
    assert sends(amara, link_up, again)[0] == 200
    assert Together.objects.count() == 2


def test_another_persons_id_is_another_record(lived_in: Street, link_up: LinkUp, amara: Client):
    what = told()
    sends(amara, link_up, what)
    denise = as_(cast.guardian_of(lived_in.denise.family))
    assert sends(denise, link_up, {**what, "is_another": "on"})[0] == 200
    sides = Exchange.objects.values_list("recorded_side", flat=True)
    assert sorted(sides) == ["giver", "receiver"]


def test_a_second_tab_or_the_other_side_is_asked_whether_it_was_another_time(
    lived_in: Street, link_up: LinkUp, amara: Client
):
    sends(amara, link_up, told())
    denise = as_(cast.guardian_of(lived_in.denise.family))
    for somebody in (amara, denise):
        what = told(words="Chips")
        page = post(somebody, "together", what, id=link_up.pk)
        assert "Park, then chips" in page
        assert "Was this another time?" in page
        assert 'name="is_another"' in page
        assert 'value="Chips"' in page
        status, answer = sends(somebody, link_up, what)
        assert (status, answer["ask_another"]) == (400, True)
        assert answer["client_id"] == what["client_id"]
    assert Together.objects.count() == 1


def test_it_takes_nothing_from_a_stranger(lived_in: Street, link_up: LinkUp):
    craig = as_(cast.guardian_of(lived_in.hollis))
    response = craig.post(
        reverse("matching:together", args=[link_up.pk]),
        told(),
        headers={"accept": "application/json"},
    )
    assert response.status_code == 404
    assert not Together.objects.exists()


def test_a_tile_and_a_box_are_two_ways_to_say_it():
    for what, day, minutes in (
        ({"near_day": "2026-11-20", "length": "30"}, TODAY, 30),
        ({"near_day": "2026-11-20", "happened_on": "14/11/2026", "length": "30"}, None, 30),
        ({"near_day": "", "happened_on": "2026-11-19", "minutes": "1.5"}, None, 90),
        ({"happened_on": "2026-11-19", "length": "60", "minutes": "1h"}, None, 60),
    ):
        form = TogetherForm({"words": "Park", "client_id": str(uuid4()), **what}, **DAYS)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["minutes"] == minutes
        if day:
            assert form.cleaned_data["happened_on"] == day


def test_it_asks_which_of_two_lengths_and_for_what_is_missing():
    form = TogetherForm({"length": "60", "minutes": "2h"}, **DAYS)
    assert form.errors["minutes"] == ["You picked 1 h and wrote 2 h. Leave the right one."]
    assert form.errors["happened_on"] == ["Choose the day."]
    assert TogetherForm({"minutes": ""}, **DAYS).errors["minutes"] == [
        "Write how long it took, such as 45 min."
    ]
    assert TogetherForm({"length": "999"}, **DAYS).errors["length"]


def test_a_tile_of_a_page_from_before_midnight_means_its_own_day():
    form = TogetherForm({**told(), "near_day": "2026-11-17", "minutes": "2"}, **DAYS)
    assert form.cleaned_data["happened_on"] == date(2026, 11, 17) if form.is_valid() else True
    assert form["happened_on"].value() == "2026-11-17"  # and comes back with the rest
    assert not TogetherForm({"near_day": "x" * 9_000}, **DAYS).is_valid()


def test_what_a_phone_keeps_names_nobody(lived_in: Street, link_up: LinkUp, adult: User):
    amara = as_(adult)
    post(amara, "together", told(), id=link_up.pk)  # leaves words for the next page
    page = read(amara, "without_signal")
    for word in ("Amara", "Joe", "Denise", "@", "csrfmiddlewaretoken", "Written down", "sessionid"):
        assert word not in page
    assert page == read(amara, "without_signal")


def test_a_phone_is_told_whose_token_it_gets(lived_in: Street, adult: User):
    mine, theirs = (
        as_(one).get(reverse("matching:token")).json()
        for one in (adult, cast.guardian_of(lived_in.hollis))
    )
    assert mine["who"] != theirs["who"]
    assert mine["who"] in read(as_(adult), "without_signal")
    assert str(adult.pk) != mine["who"]


def test_the_phone_forgets_at_sign_out(amara: Client):
    response = amara.post(reverse("account_logout"))
    assert response.headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in amara.get(reverse("account_login")).headers


def test_two_domain_calls_at_once_ask_the_second(
    lived_in: Street, link_up: LinkUp, adult: User, now: datetime
):
    what = {
        "link_up": link_up,
        "minutes": 60,
        "happened_on": link_up.started_on,
        "words": "Park",
        "is_another": False,
        "by": adult,
        "at": timezone.now(),
    }
    recording.write_down(**what, client_id=uuid4())
    with pytest.raises(recording.DayHasOne, match="Was this another time"):
        recording.write_down(**what, client_id=uuid4())
