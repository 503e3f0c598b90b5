"""A link-up's life with JavaScript off: joining, choosing, recording time and raising a concern."""

from typing import Any

import pytest

from matching.models import Shortlist
from people.models import User
from safeguarding.models import Concern
from tests.journeys.life import of, offered, whose
from tests.journeys.people import Person

pytestmark = pytest.mark.browser


def test_a_family_joins_without_script(meet: Any) -> None:
    rowan = meet("Rowan", script=False)
    rowan.opens("/").presses("Ask for a link-up").fills("email", "rowan@example.org")
    rowan.asks_for_code_and_gives_it("rowan@example.org").goes_on()
    rowan.goes_on().sees("There is a problem").fills("Your name", "Rowan").goes_on()
    rowan.chooses("Which part", "Brereton").goes_on()
    rowan.chooses("How old", "8 to 10").fills("What do they like?", "drums").goes_on()
    rowan.ticks("English").goes_on()
    rowan.ticks("Saturday, morning").ticks("Sunday, morning").goes_on()
    rowan.picks("How far could you go?", "About six miles").goes_on()
    rowan.picks("Who would you like beside you?", "I’m not sure, whoever suits us").goes_on()
    says_what_they_hope(rowan, "A Sunday without shouting")
    rowan.picks("Is that all right with you?", "Yes").goes_on()
    rowan.sees("A Sunday without shouting").goes_on()
    rowan.opens("/home/").sees("A Sunday without shouting")


def says_what_they_hope(person: Person, goal: str) -> None:
    """Set a goal, and say where it stands and what would do."""
    person.fills("What would you like to be different?", goal).goes_on()
    person.picks("When do you hope for it?", "In a few months").goes_on()
    person.picks("Where is it today?", "2").picks("Where would be good enough?", "6").goes_on()


def test_a_family_chooses_without_script(meet: Any) -> None:
    mine = offered()
    family = meet("The family", script=False).signs_in(whose(mine)).goes_on()
    assert family.path == "/together/choose/"
    family.goes_on().sees("Choose one of them")
    family.page.locator("main input[name=entry]").first.check(force=True)
    family.fills("What your children said", "They have a dog").goes_on()
    family.sees("They have a dog").presses("Change it").sees("None of these feels right")
    assert family.page.locator("main input[name=entry]").first.is_checked()
    family.goes_on().goes_on().sees("We’ve asked")
    mine.refresh_from_db()
    assert mine.standing == Shortlist.Standing.CHOSEN


def test_both_sides_record_time_without_script(meet: Any) -> None:
    link_up = of("grace.o@example.org")
    grace = meet("Grace", script=False).signs_in("grace.o@example.org")
    grace.opens(f"/together/{link_up.pk}/").presses("Write it down")
    grace.goes_on().sees("There is a problem")
    grace.picks("How long were you together?", "1 h").fills("What did you do", "Made a beat")
    grace.goes_on().sees("Made a beat")
    darnell = meet("Darnell", script=False).signs_in("darnell@example.org")
    darnell.opens(f"/together/{link_up.pk}/").presses("Made a beat").presses("Yes, that’s right")
    for person in (grace, darnell):
        did = person.opens(f"/together/{link_up.pk}/").page.locator("li", has_text="Made a beat")
        assert "Waiting for the other side" not in did.inner_text()


def test_a_family_raises_a_concern_from_its_link_up_without_script(meet: Any) -> None:
    link_up = of("beata@example.org")
    beata = meet("Beata", script=False).signs_in("beata@example.org")
    beata.opens(f"/together/{link_up.pk}/").presses("Raise a concern").sees("Call 999.")
    beata.goes_on().sees("Write a few words about what worries you.")
    beata.fills("What has happened", "The gate by the canal was open again.").goes_on()
    beata.sees("Thank you for telling us")
    told = Concern.objects.get(words="The gate by the canal was open again.")
    assert told.raised_by == User.objects.get(email="beata@example.org")
    assert [one.family for one in told.people.all()] == [link_up.supporter.family]


def test_somebody_raises_a_concern_signed_out_without_script(meet: Any) -> None:
    somebody = meet("Somebody", script=False).opens("/").presses("Raise a concern")
    somebody.sees("You don’t need an account")
    somebody.fills("What has happened", "A boy is out alone every night.")
    somebody.fills("Who is it about?", "I don’t know his name").goes_on()
    somebody.sees("Thank you for telling us").sees("call 999")
    told = Concern.objects.get(words="A boy is out alone every night.")
    assert told.raised_by is None
    assert not told.people.exists()
