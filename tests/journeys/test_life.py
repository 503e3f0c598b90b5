"""The whole life of a link-up beyond its first hour, as the people concerned: what goes well, and what goes wrong.

The community is one for the whole folder, so each story has people of its own: none whom another story counts on.
"""

from typing import Any

import pytest
from django.utils import timezone

from matching import rounds
from matching.models import LinkUp, Shortlist
from matching.waiting import seeking, waiting_days, with_wait
from people.models import Area, Family, User
from safeguarding.models import Concern
from tests.journeys.people import Person

pytestmark = pytest.mark.browser

IMRAN = "imran@example.org"


def of(email: str) -> LinkUp:
    """Give the link-up that a seeking family is in."""
    return LinkUp.objects.going().get(family__guardians__user__email=email)


def offered() -> Shortlist:
    """Give a list that Imran sent to the family whose turn it is; the rounds have a story of their own."""
    imran, at = User.objects.get(email=IMRAN), timezone.now()
    area = Area.objects.get(coaches=imran)
    opened = rounds.open_round(area=area, by=imran, at=at)
    rounds.approve(proposal=opened.proposals.first(), by=imran, at=at)
    return rounds.send(round=opened, by=imran, at=at).shortlists[0]


def whose(shortlist: Shortlist) -> str:
    """Give the address of whoever chooses from a list."""
    return shortlist.family.guardians.first().user.email


def sees_to(coach: Person, words: str) -> Person:
    """Find a row of the coach's day by what it says, and follow its button."""
    with coach.page.expect_navigation():
        coach.page.locator(".queue li", has_text=words).get_by_role("link").click()
    return coach.looks()


# --- Without script ---------------------------------------------------------------------------


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


# --- None of these ----------------------------------------------------------------------------


def test_none_of_these_goes_back_to_the_coach_and_costs_no_place(meet: Any) -> None:
    mine = offered()
    waited = wait(mine)
    family = meet("The family").signs_in(whose(mine)).goes_on()
    family.presses("None of these feels right").goes_on().sees("Tell us in a few words")
    family.fills("What would feel right?", "Somebody who is up at night, like me").goes_on()
    family.sees("You keep your place.")
    imran = meet("Imran").signs_in(IMRAN)
    sees_to(imran, "They said none of these: “Somebody who is up at night, like me”")
    imran.sees("Somebody who is up at night, like me")
    imran.presses("Matches").presses("Run a round").sees("Checked a second way")
    assert seeking(Family.objects.filter(pk=mine.family_id)).exists()
    assert wait(mine) == waited


def wait(mine: Shortlist) -> int:
    """Say for how many days the family of a list has waited."""
    family = with_wait(Family.objects.all()).get(pk=mine.family_id)
    return waiting_days(family, on=timezone.localdate(), wish=mine.wish)


# --- How it ends ------------------------------------------------------------------------------


def test_a_link_up_ends_early_and_the_family_is_there_for_another(meet: Any) -> None:
    link_up = of("tracy@example.org")
    where = f"/together/{link_up.pk}/"
    viv = meet("Viv").signs_in("viv@example.org").opens(where)
    viv.presses("Sooner, later, or not any more?").goes_on().sees("Choose what you would like.")
    viv.picks("What would you like?", "I’d rather stop")
    viv.fills("Anything your coach should know?", "My mother needs me now.").goes_on()
    viv.sees("Your coach will read it").sees("You told your coach something")
    imran = meet("Imran").signs_in(IMRAN)
    sees_to(imran, "They would rather stop. “My mother needs me now.”")
    imran.presses("I’ve talked with them")
    imran.opens(where).presses("End this link-up")
    ends(imran, "Stopped", "Viv’s mother is ill. Nobody’s fault.")
    tracy = meet("Tracy").signs_in("tracy@example.org")
    looks_back(tracy, where, "Mud, mostly. The best kind.")
    looks_back(viv, where, "A goalkeeper of four.")
    viv.sees("Mud, mostly. The best kind.")
    assert "mother" not in tracy.opens(where).page.locator("main").inner_text()
    asks_to_help(tracy, imran)
    comes_back(tracy, imran)


def ends(coach: Person, how: str, why: str) -> None:
    """End a link-up that the coach's page asks about: not without a word why."""
    coach.picks("How did it end?", how)
    coach.picks(
        "Would the family like somebody else beside them?",
        "Not now. They can come back any time",
    )
    coach.presses("End it").sees("so write a line about why")
    coach.fills("A line about it", why).presses("End it").sees("They can always come back.")


def looks_back(person: Person, where: str, line: str, *, whose: str = "Mine") -> None:
    """Leave a line from one side, or from a child of it."""
    person.opens(where).presses("Look back on it").goes_on().sees("Write a line first.")
    person.fills("What will you remember?", line).picks("Whose line is it?", whose)
    person.goes_on().sees("Your line stands there.").sees(line)


def asks_to_help(family: Person, coach: Person) -> None:
    """Be asked at home what comes next; the coach hears that it is to be there for another family."""
    family.opens("/home/").presses("Say what you’d like").goes_on().sees("Choose one.")
    family.picks(
        "What would you like next?", "Be there for another family, like somebody was for us"
    )
    family.goes_on().sees("That’s a lovely thing to want.")
    sees_to(coach.opens("/home/"), "They would like to be a sharing family.")
    coach.presses("I’ve talked with them")


def comes_back(family: Person, coach: Person) -> None:
    """Come back when it is time again, without telling everything twice."""
    family.opens("/home/").presses("Come back any time").goes_on().sees("Welcome back.")
    coach.opens("/home/").sees("They have come back.")
