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

AMARA = "amara@example.org"
KEPT = "localStorage.getItem('kith.kept') || ''"
# What a browser itself writes into the console about an address that it can't reach, or that said no.
OF_THE_LINE = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "status of 400")


@pytest.fixture
def amara(meet: Any) -> Iterator[Person]:
    """Amara on her phone, on the page where she writes down time with Denise's family."""
    person = meet("Amara").signs_in(AMARA).opens(where())
    yield person
    person.troubles[:] = [
        told for told in person.troubles if not any(words in told for words in OF_THE_LINE)
    ]


def where() -> str:
    return f"/together/{link_ups_of(User.objects.get(email=AMARA))[0].id}/time/"


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
    amara: Person,
) -> None:
    amara.context.set_offline(True)
    writes(amara, "Ducks, from the train", ago=0).sees("It will be sent when there’s signal.")
    amara.sees("Ducks, from the train").looks()
    assert told("Ducks, from the train") == []
    amara.context.set_offline(False)
    keeps_nothing(amara)
    amara.sees("Sent. The other side says yes to it next.").looks()
    is_one_transfer("Ducks, from the train")
    amara.opens("/home/").opens(where())
    assert len(told("Ducks, from the train")) == 1


def test_it_is_sent_again_when_the_answer_was_lost_and_counts_once(amara: Person) -> None:
    sent: list[int] = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        sent.append(route.fetch().status)
        return route.abort()

    amara.page.route("**/time/", lose_the_answer)
    writes(amara, "Swings, and no answer", ago=1).sees("Kept on this phone")
    assert sent == [200]
    amara.page.unroute("**/time/")
    amara.page.goto(f"{amara.address}/home/")  # the next page opened sends what is kept
    keeps_nothing(amara)
    is_one_transfer("Swings, and no answer")


def test_it_asks_about_a_second_one_that_day_and_the_phone_can_answer(amara: Person) -> None:
    amara.context.set_offline(True)
    writes(amara, "Breakfast on the bench", ago=3).sees("Breakfast on the bench")
    writes(amara, "Supper on the bench", ago=3).sees("Supper on the bench")
    amara.context.set_offline(False)
    amara.sees("Was this another time?").looks_wide_and_dark()
    amara.page.get_by_role("button", name="It was another time").first.click()
    amara.sees("Sent. The other side says yes to it next.")
    keeps_nothing(amara)
    assert len(told("Breakfast on the bench")) == len(told("Supper on the bench")) == 1


def test_what_the_server_refuses_can_be_put_right_or_thrown_away(amara: Person) -> None:
    amara.context.set_offline(True)
    for words in ("Too long ago", "Never mind"):
        writes(amara, words, ago=2_000).sees(words)
    amara.context.set_offline(False)
    amara.sees("Choose a day since your hello").looks()
    never = amara.page.locator("[data-kept] li", has_text="Never mind")
    never.get_by_role("button", name="Throw it away").click()
    never.wait_for(state="detached")
    amara.page.get_by_role("link", name="Put it right").click()
    assert amara.page.get_by_label("What did you do?").input_value() == "Too long ago"
    days(amara).fill(str(timezone.localdate() - timedelta(days=9)))
    with amara.page.expect_navigation():
        amara.page.get_by_role("button", name="Write it down").click()
    amara.sees("Too long ago").looks()
    assert (len(told("Too long ago")), told("Never mind")) == (1, [])
    keeps_nothing(amara)


def test_it_opens_without_a_signal_and_names_nobody(amara: Person) -> None:
    has_a_worker(amara)
    amara.page.goto(f"{amara.address}/home/")
    amara.context.set_offline(True)
    amara.page.goto(amara.address + where())
    amara.sees("There’s no signal just now.").looks_wide_and_dark()
    page = amara.page.content()
    for name in ("Amara", "Joe", "Denise", "csrf", AMARA):
        assert name not in page
    writes(amara, "Chips in a tunnel", ago=5).sees("Chips in a tunnel")
    assert told("Chips in a tunnel") == []
    amara.context.set_offline(False)
    keeps_nothing(amara)
    amara.sees("Sent. The other side says yes to it next.")
    is_one_transfer("Chips in a tunnel")


def test_it_is_gone_after_a_sign_out(amara: Person) -> None:
    has_a_worker(amara)
    amara.context.set_offline(True)
    writes(amara, "Nobody’s business", ago=0).sees("Nobody’s business")
    amara.page.goto(amara.address + where())  # what the phone kept
    amara.sees("Nobody’s business")
    amara.page.route("**/time/", lambda route: route.abort())  # a signal, but this can't be sent
    amara.page.route("**/token/", lambda route: route.abort())
    amara.context.set_offline(False)
    amara.page.goto(f"{amara.address}/home/")
    amara.sees("Nobody’s business")
    asked: list[str] = []
    amara.page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    with amara.page.expect_navigation():
        amara.page.get_by_role("button", name="Sign out").first.click()
    assert "hasn’t been sent yet" in asked[0]
    until(
        amara,
        f"async () => !({KEPT}) && (await caches.keys()).length === 0"
        " && (await navigator.serviceWorker.getRegistrations()).length === 0",
    )
    assert told("Nobody’s business") == []


def test_somebody_else_who_signs_in_on_the_phone_finds_nothing(amara: Person) -> None:
    has_a_worker(amara)
    amara.context.set_offline(True)
    writes(amara, "Only for us", ago=0).sees("Only for us")
    amara.context.clear_cookies()  # her session ran out, or was ended from elsewhere
    amara.context.set_offline(False)
    amara.signs_in("stan@example.org")
    keeps_nothing(amara)
    assert told("Only for us") == []
    assert "Only for us" not in amara.page.content()
