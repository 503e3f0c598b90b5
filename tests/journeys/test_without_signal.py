"""Time together from a train: kept on the phone, sent once when there is a signal, and gone after a sign-out."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Locator, Route

from matching.models import Together
from matching.reading import link_ups_of
from people.models import User
from tests.journeys.people import Person
from timebank import exchanges
from timebank.models import Exchange, Transfer

pytestmark = pytest.mark.browser

STEPH = "steph@example.org"
KEPT = "localStorage.getItem('kith.kept') || ''"
# What a browser itself writes into the console about an address that it can't reach, or that said no.
OF_THE_LINE = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "status of 400")


@pytest.fixture
def steph(meet: Any) -> Iterator[Person]:
    """Steph on her phone, on the page where she writes down time with Fiona's family."""
    person = meet("Steph").signs_in(STEPH).opens(where())
    yield person
    person.troubles[:] = [
        told for told in person.troubles if not any(words in told for words in OF_THE_LINE)
    ]


def where() -> str:
    return f"/together/{link_ups_of(User.objects.get(email=STEPH))[0].id}/time/"


def told(words: str) -> list[Exchange]:
    return list(Exchange.objects.filter(words=words))


def writes(person: Person, words: str, *, ago: int) -> Person:
    """Tap a day and a length, write a few words, press the button. Each story has a day of its own."""
    if ago < 2:
        person.picks("Which day?", ("Today", "Yesterday")[ago])
    else:
        days(person).evaluate("it => it.closest('details').open = true")
        days(person).fill(str(timezone.localdate() - timedelta(days=ago)))
    person.picks("How long were you together?", "1 h").fills("What did you do?", words)
    person.page.get_by_role("button", name="Write it down").click()
    return person


def days(person: Person) -> Locator:
    """The box for a day that is no tile."""
    return person.page.locator("#id_happened_on")


def until(person: Person, what: str) -> None:
    """Wait until a script of the test says true; the page's own policy lets Playwright's waiting in no other way."""
    by = time.monotonic() + 15
    while not person.page.evaluate(what):
        assert time.monotonic() < by, f"{person.name} at {person.path}: never {what}"
        person.page.wait_for_timeout(50)


def keeps_nothing(person: Person) -> None:
    """Wait until nothing waits on the phone any more."""
    until(person, f"() => !/words/.test({KEPT})")


def has_a_worker(person: Person) -> None:
    """Wait until the page for when there is no signal is kept."""
    until(
        person,
        "async () => !!(await navigator.serviceWorker.getRegistration('/together/'))?.active"
        " && !!(await caches.match('/together/without-signal/', {ignoreVary: true}))",
    )


def is_one_transfer(words: str) -> None:
    """Let the other side say yes, and look at the books."""
    (made,) = told(words)
    assert Together.objects.filter(exchange=made).count() == 1
    giver = made.giver.family.guardians.first().user
    exchanges.confirm(exchange=made, by=giver, at=timezone.now())
    assert Transfer.objects.filter(exchange=made).count() == 1
    call_command("check_ledger")


def test_it_is_one_record_and_one_transfer_from_a_phone_that_lost_its_signal(
    steph: Person,
) -> None:
    steph.context.set_offline(True)
    writes(steph, "Ducks, from the train", ago=0).sees("It will be sent when there’s signal.")
    steph.sees("Ducks, from the train").looks()
    assert told("Ducks, from the train") == []
    steph.context.set_offline(False)
    keeps_nothing(steph)
    steph.sees("Sent. The other side says yes to it next.").looks()
    is_one_transfer("Ducks, from the train")
    steph.opens("/home/").opens(where())
    assert len(told("Ducks, from the train")) == 1


def test_it_is_sent_again_when_the_answer_was_lost_and_counts_once(steph: Person) -> None:
    sent: list[int] = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        sent.append(route.fetch().status)
        return route.abort()

    steph.page.route("**/time/", lose_the_answer)
    writes(steph, "Swings, and no answer", ago=1).sees("Kept on this phone")
    assert sent == [200]
    steph.page.unroute("**/time/")
    steph.page.goto(f"{steph.address}/home/")  # the next page opened sends what is kept
    keeps_nothing(steph)
    is_one_transfer("Swings, and no answer")


def test_it_asks_about_a_second_one_that_day_and_the_phone_can_answer(steph: Person) -> None:
    steph.context.set_offline(True)
    writes(steph, "Breakfast on the bench", ago=3).sees("Breakfast on the bench")
    writes(steph, "Supper on the bench", ago=3).sees("Supper on the bench")
    steph.context.set_offline(False)
    steph.sees("Was this another time?").looks_wide_and_dark()
    steph.page.get_by_role("button", name="It was another time").first.click()
    steph.sees("Sent. The other side says yes to it next.")
    keeps_nothing(steph)
    assert len(told("Breakfast on the bench")) == len(told("Supper on the bench")) == 1


def test_what_the_server_refuses_can_be_put_right_or_thrown_away(steph: Person) -> None:
    steph.context.set_offline(True)
    for words in ("Too long ago", "Never mind"):
        writes(steph, words, ago=2_000).sees(words)
    steph.context.set_offline(False)
    steph.sees("Choose a day since your hello").looks()
    never = steph.page.locator("[data-kept] li", has_text="Never mind")
    never.get_by_role("button", name="Throw it away").click()
    never.wait_for(state="detached")
    steph.page.get_by_role("link", name="Put it right").click()
    assert steph.page.get_by_label("What did you do?").input_value() == "Too long ago"
    days(steph).fill(str(timezone.localdate() - timedelta(days=9)))
    with steph.page.expect_navigation():
        steph.page.get_by_role("button", name="Write it down").click()
    steph.sees("Too long ago").looks()
    assert (len(told("Too long ago")), told("Never mind")) == (1, [])
    keeps_nothing(steph)


def test_it_opens_without_a_signal_and_names_nobody(steph: Person) -> None:
    has_a_worker(steph)
    steph.page.goto(f"{steph.address}/home/")
    steph.context.set_offline(True)
    steph.page.goto(steph.address + where())
    steph.sees("There’s no signal just now.").looks_wide_and_dark()
    page = steph.page.content()
    for name in ("Steph", "Jules", "Fiona", "csrf", STEPH):
        assert name not in page
    writes(steph, "Chips in a tunnel", ago=5).sees("Chips in a tunnel")
    assert told("Chips in a tunnel") == []
    steph.context.set_offline(False)
    keeps_nothing(steph)
    steph.sees("Sent. The other side says yes to it next.")
    is_one_transfer("Chips in a tunnel")


def test_it_is_gone_after_a_sign_out(steph: Person) -> None:
    has_a_worker(steph)
    steph.context.set_offline(True)
    writes(steph, "Nobody’s business", ago=0).sees("Nobody’s business")
    steph.page.goto(steph.address + where())  # what the phone kept
    steph.sees("Nobody’s business")
    steph.page.route("**/time/", lambda route: route.abort())  # a signal, but this can't be sent
    steph.page.route("**/token/", lambda route: route.abort())
    steph.context.set_offline(False)
    steph.page.goto(f"{steph.address}/home/")
    steph.sees("Nobody’s business")
    asked: list[str] = []
    steph.page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    with steph.page.expect_navigation():
        steph.page.get_by_role("button", name="Sign out").first.click()
    assert "hasn’t been sent yet" in asked[0]
    until(
        steph,
        f"async () => !({KEPT}) && (await caches.keys()).length === 0"
        " && (await navigator.serviceWorker.getRegistrations()).length === 0",
    )
    assert told("Nobody’s business") == []


def test_somebody_else_who_signs_in_on_the_phone_finds_nothing(steph: Person) -> None:
    has_a_worker(steph)
    steph.context.set_offline(True)
    writes(steph, "Only for us", ago=0).sees("Only for us")
    steph.context.clear_cookies()  # her session ran out, or was ended from elsewhere
    steph.context.set_offline(False)
    steph.signs_in("stan@example.org")
    keeps_nothing(steph)
    assert told("Only for us") == []
    assert "Only for us" not in steph.page.content()
