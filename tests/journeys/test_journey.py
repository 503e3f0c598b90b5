"""The whole journey, steps 2 to 5 of the plan, as four people in four browsers on a phone.

Leonie joins and says what she wants; Ruth, her coach, opens a round; Leonie chooses; her supporter says yes; they do
something together and both see the hour; they talk, with the socket and without; and Bea sees that the books balance.
"""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import WebSocketRoute

from matching.models import LinkUp, Shortlist, Supporter
from people.models import Guardian
from tests.journeys.people import Person
from timebank.models import Account

pytestmark = pytest.mark.browser

LEONIE = "leonie@example.org"
GOAL = "Tea on the table before everybody is too tired to eat it"


def test_four_people_walk_from_hello_to_an_hour(meet) -> None:
    leonie, ruth, bea = meet("Leonie"), meet("Ruth"), meet("Bea")
    join(leonie)
    # Leonie came last, and nobody is passed over for her; so let there be room for all who came before.
    Supporter.objects.update(capacity=3)
    open_a_round_and_send(ruth.signs_in("ruth@example.org"))
    email = choose(leonie)
    other = meet("The supporter").signs_in(email)
    say_yes(other)
    link_up = LinkUp.objects.get(family__guardians__user__email=LEONIE)
    assert 10 * 7 <= (link_up.planned_end_on - link_up.started_on).days + 1 <= 30 * 7
    record_and_confirm(leonie, other, link_up)
    see_the_books(bea.signs_in("bea@example.org"))
    talk(leonie, other, link_up)


def join(leonie: Person) -> None:
    """Sign up with an address and a code, then answer one question a page."""
    leonie.opens("/").presses("Ask for a link-up").fills("email", LEONIE)
    leonie.asks_for_code_and_gives_it(LEONIE).goes_on()
    leonie.fills("Your name", "Leonie").goes_on()
    leonie.chooses("Which part", "Chase Terrace").goes_on()
    leonie.chooses("How old", "5 to 7").fills("What do they like?", "space, football").goes_on()
    leonie.ticks("English").goes_on()
    for slot in ("Saturday, morning", "Saturday, after school", "Sunday, morning"):
        leonie.ticks(slot)
    leonie.goes_on()
    leonie.picks("How far could you go?", "About six miles").goes_on()
    beside = leonie.page.get_by_role("group", name="Who would you like beside you?")
    beside.get_by_role("radio").first.focus()
    for _each in range(3):
        leonie.page.keyboard.press("ArrowDown")
    assert beside.get_by_label("I’m not sure, whoever suits us").is_checked()
    leonie.goes_on()
    leonie.fills("What would you like to be different?", GOAL).goes_on()
    leonie.picks("When do you hope for it?", "In a few months").goes_on()
    leonie.picks("Where is it today?", "3").picks("Where would be good enough?", "7").goes_on()
    leonie.picks("Is that all right with you?", "Yes").goes_on()
    leonie.sees(GOAL).goes_on()
    leonie.opens("/home/").sees(GOAL)


def open_a_round_and_send(ruth: Person) -> None:
    """Look at the round's arithmetic and reasons, approve Leonie's pair alone, send it."""
    ruth.opens("/together/rounds/").presses("Run a round")
    ruth.sees("Checked a second way").sees("Not yet, and why")
    pair = ruth.page.locator("li", has_text=re.compile("Leonie")).filter(
        has=ruth.page.locator("table")
    )
    pair.locator("summary").first.click()
    pair.get_by_text("What they lived through").first.wait_for()
    with ruth.page.expect_navigation():
        pair.get_by_role("button", name=re.compile("^Approve")).click()
    ruth.looks().presses("Send the offer I approved")


def choose(leonie: Person) -> str:
    """Choose the first card, check, send; give the address of the supporter who was chosen."""
    leonie.opens("/home/").goes_on()
    assert leonie.path == "/together/choose/"
    assert "@" not in leonie.page.locator("main").inner_text()
    leonie.page.locator("main input[name=entry]").first.check(force=True)
    leonie.goes_on().goes_on().sees("We’ve asked")
    entry = Shortlist.objects.get(family__guardians__user__email=LEONIE).choices.get().entry
    supporter = entry.supporter
    if supporter.volunteer:
        return supporter.volunteer.user.email
    return Guardian.objects.filter(family=supporter.family).first().user.email


def say_yes(other: Person) -> None:
    """Read who asks, and say yes."""
    other.opens("/home/").goes_on().sees(GOAL)
    with other.page.expect_navigation():
        other.page.get_by_role("button", name="Yes, we’d like to").click()
    other.looks()


def record_and_confirm(leonie: Person, other: Person, link_up: LinkUp) -> None:
    """Leonie writes down an hour, the other side says yes; both statements show it, and the sum is zero."""
    leonie.opens(f"/together/{link_up.pk}/").presses("Write it down")
    leonie.picks("How long were you together?", "1 h 30").fills(
        "What did you do", "Made soup, all of us"
    ).goes_on()
    other.opens("/hours/").sees("Made soup, all of us").presses("Yes, that’s right")
    other.opens("/hours/").sees("Made soup, all of us").sees("1 h 30")
    leonie.opens("/hours/").sees("Made soup, all of us").sees("1 h 30")
    assert sum(Account.objects.values_list("balance_minutes", flat=True)) == 0
    call_command("check_ledger")


def see_the_books(bea: Person) -> None:
    """The broker's desk and the page that everybody may see."""
    bea.opens("/home/").opens("/hours/desk/").opens("/hours/books/").sees("The books balance")


def talk(leonie: Person, other: Person, link_up: LinkUp) -> None:
    """They talk live; then the socket is cut and it still works, nothing lost and nothing twice."""
    sockets: list[WebSocketRoute] = []
    cut = False

    def line(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        if cut:
            socket.close()
        else:
            socket.connect_to_server()

    other.page.route_web_socket(re.compile("/live/talk/"), line)
    where = f"/talk/{link_up.conversation_id}/"
    leonie.opens(where)
    other.opens(where)
    say(leonie, "Hello, it’s Leonie. Is Saturday any good?")
    other.page.locator("#talk").get_by_text("Is Saturday any good?").wait_for()
    say(other, "Saturday is lovely. Bring the football.")
    leonie.page.locator("#talk").get_by_text("Bring the football.").wait_for()
    cut = True
    for socket in sockets:
        socket.close()
    say(leonie, "We’ll bring two, one always ends up in the brook.")
    other.page.locator("#talk").get_by_text("ends up in the brook").wait_for(timeout=20_000)
    say(other, "Wellies, then.")
    leonie.page.locator("#talk").get_by_text("Wellies, then.").wait_for(timeout=20_000)
    for person in (leonie, other):
        assert person.page.locator("#talk .said").count() == 4
        person.looks()


def say(person: Person, words: str) -> None:
    """Write a message and send it."""
    person.page.locator("#id_words").fill(words)
    person.page.get_by_role("button", name="Send").click()
    person.page.locator("#talk").get_by_text(words).wait_for()
