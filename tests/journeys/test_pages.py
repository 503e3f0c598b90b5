"""Everybody's own pages, on a phone by day and on a wide screen at night: nobody is shut out, nothing errs, no other
host is asked."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone
from playwright.sync_api import Request

from bench.pages import pages
from cms.models import StoryIndexPage
from config.checks import our_views
from people.models import User
from tests.journeys.people import WIDE, Person

pytestmark = pytest.mark.browser

LINK = re.compile(r'href="(/[^"#?]*)"')
OUR_VIEWS = {name for name, _path, _view in our_views()}
PEOPLE = ("amara", "denise", "stan", "ruth", "bea", "morgan")
FOLLOW_LINKS = {
    "amara",
    "ruth",
    "bea",
}  # a family, a coach, a broker: the others see the same kinds of page


def open_to(name: str) -> list[str]:
    """Give the addresses that answer somebody with a page, and for one of each role one of each kind they link to."""
    client = Client()
    if name:
        client.force_login(User.objects.get(email=f"{name}@example.org"))
    read = {path: words for path in pages() if (words := page_at(client, path))}
    if name not in FOLLOW_LINKS:
        return list(read)
    kinds = {resolve(path).view_name for path in read}
    links = (link for words in read.values() for link in LINK.findall(words))
    for path in dict.fromkeys(links):  # in the order in which they are met, each once
        if (kind := kind_of(path)) and kind not in kinds and page_at(client, path):
            kinds.add(kind)
            read[path] = ""
    return list(read)


def page_at(client: Client, path: str) -> str:
    """Give the HTML at an address, nothing where there is none for this reader."""
    response = client.get(path)
    is_page = response.status_code == 200 and response["Content-Type"].startswith("text/html")
    return response.content.decode() if is_page else ""


def kind_of(path: str) -> str:
    """Give the name of our own view that answers an address with one thing, nothing for any other."""
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    return found.view_name if found.kwargs and found.view_name in OUR_VIEWS else ""


def test_somebody_who_looks_notices_who_is_shut_out(meet) -> None:
    somebody = meet("Somebody")
    somebody.page.set_content(
        "<html lang=en><title>A page</title><h1>A page</h1><img src='data:,'>"
    )
    with pytest.raises(AssertionError, match="image-alt"):
        somebody.looks()


def test_it_shuts_nobody_out_of_the_public_pages(meet) -> None:
    somebody = meet("Somebody")
    for path in open_to(""):
        somebody.opens(path).looks_wide_and_dark()


@pytest.mark.parametrize("name", PEOPLE)
def test_it_shuts_nobody_out_of_their_own_pages(meet, name: str) -> None:
    person = meet(name.title()).signs_in(f"{name}@example.org")
    for path in sorted(set(open_to(name)) - set(open_to(""))):
        person.opens(path).looks_wide_and_dark()


def test_a_keyboard_alone_is_enough_and_shows_where_it_is(meet) -> None:
    amara = meet("Amara", dark=True).signs_in("amara@example.org")
    amara.opens("/home/").tabs_to("Skip to the page").tabs_to("Write it down").tabs_to("Sign out")
    amara.opens("/join/details/times/").tabs_to("mon-morning").tabs_to("tue-morning")
    amara.tabs_to("sun-evening").tabs_to("Save").page.keyboard.press("Enter")
    amara.sees("What we hold about me")


def test_an_editor_publishes_a_story_that_stands_on_the_public_site(meet) -> None:
    ellis: Person = meet("Ellis", screen=WIDE).signs_in("ellis@example.org")
    stories = StoryIndexPage.objects.get()
    ellis.page.add_init_script(
        "addEventListener('w-unsaved:watch-edits', () => { document.documentElement.dataset.watched = '' })"
    )
    ellis.page.goto(f"{ellis.address}/admin/pages/add/cms/storypage/{stories.pk}/")
    ellis.page.locator("html[data-watched]").wait_for()
    ellis.page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    # Pressed while Wagtail is saving the draft, as quick hands do: both would make the same page.
    with ellis.page.expect_request(is_a_draft):
        ellis.page.locator("[name=title]").fill("The bus that waited")
        ellis.page.locator("textarea[name=lead]").fill("Somebody held the door.")
    ellis.page.locator("footer button[name=action-publish]").evaluate("it => it.click()")
    ellis.page.wait_for_url(f"**/admin/pages/{stories.pk}/")
    reader = meet("A reader").opens("/stories/").presses("The bus that waited")
    reader.sees("Somebody held the door.")


def is_a_draft(request: Request) -> bool:
    """Say whether a request is Wagtail keeping what is half written."""
    return request.method == "POST" and request.headers.get("accept") == "application/json"


def test_a_family_writes_down_time_and_talks_without_script(meet) -> None:
    amara = meet("Amara", script=False)
    amara.signs_in("amara@example.org").presses("Write it down")
    amara.picks("How long were you together?", "30 min").fills(
        "What did you do", "Fed the ducks"
    ).goes_on()
    amara.sees("Fed the ducks").presses("Talk")
    amara.page.locator("#id_words").fill("The ducks say hello.")
    amara.presses("Send").sees("The ducks say hello.")


def test_a_broker_writes_down_a_gathering_without_script(meet) -> None:
    bea = meet("Bea", script=False)
    bea.signs_in("bea@example.org").opens("/hours/desk/").presses("Write down a gathering")
    bea.fills("What did you all do", "Tidied the brook").fills("Person 1: how long", "1h30")
    bea.goes_on().sees("There is a problem").sees("Choose who this was.")
    bea.page.locator("#id_who_1").select_option(index=1)
    bea.goes_on().sees("Is this right?").sees("Tidied the brook")
    bea.goes_on().sees("Counted. Everybody has it on their hours now.")


def test_a_broker_looks_at_an_account_and_lets_it_go_lower(meet) -> None:
    bea = meet("Bea").signs_in("bea@example.org").opens("/hours/desk/")
    bea.presses("Kelly and the twins").looks_wide_and_dark()
    bea.presses("Let them go lower for a while").looks_wide_and_dark().goes_on()
    bea.fills("How many hours", "15").fills("Why", "A new baby")
    soon = timezone.localdate() + timedelta(days=30)
    bea.fills("Until the end of which day", soon.isoformat()).goes_on().sees("A new baby")
    bea.goes_on().sees("Holds now").looks_wide_and_dark()


def test_a_family_chooses_days_and_gives_an_hour_away(meet) -> None:
    amara = meet("Amara").signs_in("amara@example.org").opens("/hours/")
    amara.page.get_by_text("Choose days").click()
    amara.fills("From", "2020-01-01").presses("Show these days").sees("Before the first entry")
    amara.looks_wide_and_dark().presses("Give hours away").looks_wide_and_dark().goes_on()
    amara.picks("Who shall have them?", "The community pot, for whoever needs hours")
    amara.fills("How much time", "10 min").fills("A few words", "For a lift").goes_on()
    amara.looks_wide_and_dark().goes_on().sees("Given. Thank you.")
    amara.page.go_back()  # what answered a form is asked for anew: no error of the browser's own
    amara.looks().sees("Who shall have them?")
    amara.opens("/hours/close/").looks_wide_and_dark().sees("There are hours left.")


@pytest.mark.parametrize("width", [320, 390])
def test_a_statement_leaves_its_words_most_of_a_narrow_screen(meet, width: int) -> None:
    amara = meet("Amara", screen={"width": width, "height": 700}).signs_in("amara@example.org")
    amara.opens("/hours/")
    table = amara.page.locator("table.statement")
    row = table.locator("tbody tr").first
    words, whole = row.locator("th").bounding_box(), table.bounding_box()
    assert words["width"] > 0.6 * whole["width"]
    assert row.locator(".slim").is_visible()
    assert not row.locator(".roomy").is_visible()
