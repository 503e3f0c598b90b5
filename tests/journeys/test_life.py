"""The whole life of a link-up beyond its first hour, as the people concerned: what goes well, and what goes wrong.

The community is one for the whole folder, so each story has people of its own: none whom another story counts on.
"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from matching.models import LinkUp, Shortlist
from matching.waiting import seeking, waiting_days, with_wait
from people.models import Family
from safeguarding.models import Check, Concern
from tests.journeys.life import IMRAN, of, offered, whose
from tests.journeys.people import Person

pytestmark = pytest.mark.browser

STILL_LOOKS = "Would the family like somebody else beside them?"
NOT_NOW = "Not now. They can come back any time"


def sees_to(coach: Person, words: str) -> Person:
    """Find a row of the coach's day by what it says, and follow its button."""
    with coach.page.expect_navigation():
        coach.page.locator(".queue li", has_text=words).get_by_role("link").click()
    return coach.looks()


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
    coach.picks("How did it end?", how).picks(STILL_LOOKS, NOT_NOW)
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


def test_a_link_up_gets_longer_and_comes_to_its_planned_end(meet: Any) -> None:
    link_up = of("mo@example.org")
    where = f"/together/{link_up.pk}/"
    nears_its_end(link_up, days=10)
    mo = meet("Mo").signs_in("mo@example.org")
    femi = meet("Femi").signs_in("femi@example.org")
    looks_back(mo, where, "Three shoes in a row in the hall.")
    looks_back(femi, where, "He rang me first, once.")
    looks_back(femi, where, "They have a trampoline.", whose="My child’s, in their own words")
    mo.page.reload()
    mo.sees("He rang me first, once.").sees("They have a trampoline.").sees("A child of Femi")
    imran = meet("Imran").signs_in(IMRAN).opens(where)
    gets_longer(imran, "The curtain pole comes in a fortnight.")
    for side in (mo, femi):
        assert "curtain" not in side.opens(where).page.locator("main").inner_text()
    nears_its_end(link_up, days=0)
    imran.opens(where).presses("End this link-up").picks(
        "How did it end?", "Came to its planned end"
    )
    imran.picks(STILL_LOOKS, NOT_NOW).presses("End it").sees("They can always come back.")
    for side in (mo, femi):
        side.opens(where).sees("Well done.").presses("Read what you wrote to each other")
        side.sees("This conversation has ended.")
    mo.opens("/home/").presses("Say what you’d like").picks(
        "What would you like next?", "Nothing more for now"
    )
    mo.goes_on().sees("You can come back any time.")


def nears_its_end(link_up: LinkUp, *, days: int) -> None:
    """Let the weeks go by until the planned end is so many days ahead."""
    link_up.planned_end_on = timezone.localdate() + timedelta(days=days)
    link_up.save(update_fields=["planned_end_on"])


def gets_longer(coach: Person, why: str) -> None:
    """Move the end from the page of a link-up: not without having asked both, and a reason."""
    coach.presses("Give it longer").goes_on().sees("Ask both sides first, apart.")
    coach.chooses("How much longer?", "2 weeks").fills("Why would they like longer?", why)
    coach.ticks("I have asked both sides").goes_on().sees("The end has moved.").sees(why)


# --- A check that lapses ----------------------------------------------------------------------


def test_a_link_up_rests_while_a_check_has_lapsed_and_goes_on(meet: Any) -> None:
    link_up = of("chantelle@example.org")
    where, talk = f"/together/{link_up.pk}/", f"/talk/{link_up.conversation_id}/"
    lapses("gemma@example.org")
    chantelle = meet("Chantelle").signs_in("chantelle@example.org").sees("is resting")
    gemma = meet("Gemma").signs_in("gemma@example.org").sees("is resting")
    for side in (chantelle, gemma):
        says = (
            side.opens(where).sees("Imran Latif will ring you.").page.locator("main").inner_text()
        )
        assert not {"check", "cleared", "safety"} & set(re.findall(r"\w+", says.lower()))
        side.opens(talk).sees("nobody can write here just now")
    imran = meet("Imran").signs_in(IMRAN)
    sees_to(imran, f"Their link-up with {link_up.family} rests until they are cleared again.")
    imran.sees("Not cleared to be beside a family.")
    morgan = meet("Morgan").signs_in("morgan@example.org").opens(imran.path)
    writes_down_a_check(morgan)
    for side in (chantelle, gemma):
        assert not side.opens(where).page.get_by_text("is resting").count()
        assert side.opens(talk).page.locator("#id_words").is_visible()


def lapses(email: str) -> None:
    """Let somebody's checks be good until yesterday, and the clock look; the coach is told, and not why in a mail."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Check.objects.filter(guardian__user__email=email).update(valid_until_on=yesterday)
    sent = len(mail.outbox)
    call_command("tick")
    told = [letter for letter in mail.outbox[sent:] if IMRAN in letter.to]
    assert told
    assert not any("Gemma" in letter.subject + letter.body for letter in told)


def writes_down_a_check(lead: Person) -> None:
    """Write down a new decision, from the page of whom it is about."""
    assert lead.troubles == []
    lead.goes_on().fills("When was it issued?", timezone.localdate().isoformat())
    lead.fills("The last four of its number", "4021").picks("What did you decide?", "Cleared")
    lead.goes_on().sees("Say what they do beside a family.")
    lead.troubles.clear()  # a form that came back is a 400, which the browser itself writes down
    lead.picks(
        "What do they do beside a family?", "Spends time with children often, with a parent there"
    )
    lead.goes_on().sees("Written down.").sees("Cleared to be beside a family.")


# --- A concern --------------------------------------------------------------------------------


def test_a_concern_about_somebody_is_kept_from_them_and_handed_to_the_police(meet: Any) -> None:
    link_up, words = of("agnieszka@example.org"), "She came home with a bruise on her arm."
    agnieszka = meet("Agnieszka").signs_in("agnieszka@example.org")
    agnieszka.opens(f"/talk/{link_up.conversation_id}/").presses("Raise a concern")
    agnieszka.fills("What has happened", words).goes_on().sees("Thank you for telling us")
    told = Concern.objects.get(words=words)
    morgan = meet("Morgan").signs_in("morgan@example.org").opens("/concern/all/")
    morgan.presses(f"Concern {told.pk},").sees(words).sees("Kasia i Marek")
    morgan.goes_on().sees("Write what you did, and why.")
    morgan.fills("What did you do, and why?", "Rang the school.").goes_on().sees("Rang the school.")
    morgan.presses("Make the report").sees(f"Report on concern {told.pk}").sees(words)
    morgan.sees("Kasia i Marek").sees("Rang the school.").looks_wide_and_dark()
    morgan.opens(f"/concern/all/{told.pk}/").sees("Rang the school.")
    for email in ("kasia@example.org", IMRAN):
        never_sees(meet(email).signs_in(email), link_up, told)


def never_sees(person: Person, link_up: LinkUp, told: Concern) -> None:
    """Make sure that no page of somebody says that there is a concern, and that its own are not there for them."""
    for path in ("/home/", f"/together/{link_up.pk}/", "/talk/", "/hours/"):
        answer = person.page.request.get(person.address + path)
        assert told.words not in answer.text()
        assert f"Concern {told.pk}" not in answer.text()
    for path in ("", "report/paper/", "about/"):
        answer = person.page.request.get(f"{person.address}/concern/all/{told.pk}/{path}")
        assert answer.status in (403, 404)
        assert told.words not in answer.text()
