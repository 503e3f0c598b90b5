"""The pages about the end, as the people concerned open them; nothing typed is lost, and nobody reads too much."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from matching import linkups, words
from matching.models import Extension, LinkUp, Milestone, Word
from matching.reading import coach_today, next_thing
from people.models import Family
from tests import cast
from tests.matching.browser import as_, post, read
from tests.matching.conftest import Street

LONG_AGO = timedelta(weeks=19)


@pytest.fixture
def link_up(lived_in: Street) -> LinkUp:
    """Twenty weeks, of which nineteen are walked."""
    return linkups.start(
        family=lived_in.amara,
        supporter=lived_in.denise,
        goals=lived_in.amara.goals.all(),
        weeks=20,
        on=timezone.localdate() - LONG_AGO,
        by=lived_in.ruth,
        at=timezone.now(),
    )


def over(link_up: LinkUp, lived_in: Street) -> LinkUp:
    """Ended today, as planned; nobody is looked for any more."""
    return linkups.end(
        link_up=link_up,
        ending="done",
        words="",
        on=timezone.localdate(),
        by=lived_in.ruth,
        at=timezone.now(),
        looks_on=False,
    )


def test_a_family_walks_from_the_last_fortnight_to_what_comes_next(
    lived_in: Street, link_up: LinkUp
):
    user = cast.guardian_of(lived_in.amara)
    amara = as_(user)
    assert "Look back together" in amara.get("/home/").content.decode()
    assert next_thing(user).url == reverse("matching:look_back", kwargs={"id": link_up.pk})
    line = {"voice": "family", "words": "We laugh at breakfast"}
    assert "We laugh at breakfast" in post(amara, "look_back", line, id=link_up.pk)
    over(link_up, lived_in)
    assert "And now?" in amara.get("/home/").content.decode()
    page = post(amara, "what_next", {"kind": "share"}, id=link_up.pk)
    assert "Your coach will ring you" in page
    assert "And now?" not in page
    assert "Come back any time" in page
    needs = [(one.who, one.words) for one in coach_today(lived_in.ruth, timezone.localdate()).needs]
    assert ("Amara and Joe", "They would like to be a sharing family.") in needs


def test_the_other_side_reads_the_line_and_writes_its_own(lived_in: Street, link_up: LinkUp):
    amara, denise = (
        as_(cast.guardian_of(family)) for family in (lived_in.amara, lived_in.denise.family)
    )
    post(amara, "look_back", {"voice": "child", "words": "the drums"}, id=link_up.pk)
    page = post(denise, "look_back", {"voice": "supporter", "words": "Ha"}, id=link_up.pk)
    assert "the drums" in page
    assert "A child of Amara and Joe" in page
    wrong = post(denise, "look_back", {"voice": "family", "words": "I am they"}, id=link_up.pk)
    assert "Say whose line it is" in wrong
    assert link_up.looks_back.count() == 2


def test_a_coach_reads_and_writes_no_line(lived_in: Street, link_up: LinkUp):
    ruth = as_(lived_in.ruth)
    assert "Nobody has written one yet" in read(ruth, "look_back", id=link_up.pk)
    assert lived_in.amara.openings.filter(page="matching:look_back").count() == 1
    where = reverse("matching:look_back", kwargs={"id": link_up.pk})
    assert ruth.post(where, {"voice": "family", "words": "Hm"}).status_code == 404


def test_it_is_too_early_to_look_back(lived_in: Street, link_up: LinkUp):
    LinkUp.objects.update(planned_end_on=timezone.localdate() + timedelta(days=40))
    response = as_(cast.guardian_of(lived_in.amara)).get(
        reverse("matching:look_back", kwargs={"id": link_up.pk})
    )
    assert response.url == reverse("matching:link_up", kwargs={"id": link_up.pk})


def test_a_supporter_who_would_rather_stop_is_heard(lived_in: Street, link_up: LinkUp):
    denise, ruth = as_(cast.guardian_of(lived_in.denise.family)), as_(lived_in.ruth)
    told = {"kind": "stop", "words": "I can’t keep it up"}
    assert "Your coach will read it" in post(denise, "about_the_end", told, id=link_up.pk)
    home = ruth.get("/home/").content.decode()
    assert "Denise and Mark" in home
    assert "They would rather stop" in home
    amara = as_(cast.guardian_of(lived_in.amara))
    for name in ("link_up", "about_the_end", "look_back"):
        assert "keep it up" not in read(amara, name, id=link_up.pk)
    page = read(ruth, "family", id=lived_in.amara.pk)
    assert "I can’t keep it up" in page
    word = Word.objects.get()
    assert "Noted that you heard them" in post(ruth, "hear", id=word.pk)
    assert "They would rather stop" not in ruth.get("/home/").content.decode()


def test_what_was_typed_comes_back_when_it_is_too_long(lived_in: Street, link_up: LinkUp):
    amara = as_(cast.guardian_of(lived_in.amara))
    book = "word " * 2000
    page = post(amara, "about_the_end", {"kind": "stop", "words": book}, id=link_up.pk)
    assert "Use 280 letters or fewer" in page
    assert book.strip()[:2000] in page
    page = post(amara, "about_the_end", {"words": "Only words"}, id=link_up.pk)
    assert "Choose what you would like" in page
    assert "Only words" in page


def test_a_coach_gives_it_longer_after_asking_both(lived_in: Street, link_up: LinkUp):
    ruth = as_(lived_in.ruth)
    why = "The move was put off"
    unasked = post(ruth, "extend", {"weeks": 4, "why": why}, id=link_up.pk)
    assert "Ask both sides first, apart." in unasked
    assert why in unasked
    assert "Choose from the list" in post(ruth, "extend", {"weeks": "99"}, id=link_up.pk)
    page = post(ruth, "extend", {"weeks": 4, "why": why, "both": "on"}, id=link_up.pk)
    assert "The end has moved" in page
    assert why in page
    assert Extension.objects.count() == 1
    assert why not in read(as_(cast.guardian_of(lived_in.amara)), "link_up", id=link_up.pk)


def test_a_coach_is_told_of_a_planned_end_that_went_by(lived_in: Street, link_up: LinkUp):
    yesterday = timezone.localdate() - timedelta(days=1)
    LinkUp.objects.update(planned_end_on=yesterday)
    (need,) = [
        one
        for one in coach_today(lived_in.ruth, timezone.localdate()).needs
        if one.reason == "Past its planned end"
    ]
    assert need.url == reverse("matching:end", kwargs={"id": link_up.pk})


def test_coming_back_asks_for_nothing(lived_in: Street, link_up: LinkUp, now: datetime):
    over(link_up, lived_in)
    amara = as_(cast.guardian_of(lived_in.amara))
    page = post(amara, "come_back", {"words": ""})
    assert "Welcome back" in page
    assert "Come back any time" not in page
    lived_in.amara.refresh_from_db()
    assert lived_in.amara.wants_link_up
    assert "already with us" in read(amara, "come_back")
    home = as_(lived_in.ruth).get("/home/").content.decode()
    assert "They have come back" in home


def test_whoever_left_can_come_back_by_themselves(lived_in: Street, now: datetime):
    Family.objects.filter(pk=lived_in.amara.pk).update(standing="left", wants_link_up=False)
    amara = as_(cast.guardian_of(lived_in.amara))
    assert "Come back any time" in amara.get("/home/").content.decode()
    post(amara, "come_back", {"words": ""})
    lived_in.amara.refresh_from_db()
    assert lived_in.amara.standing == Family.Standing.WELCOMED


def test_a_manager_edits_the_milestones_and_a_coach_reads_them(town: cast.Town):
    morgan, ruth = as_(cast.staff("morgan@example.org", "Morgan", "manager")), as_(town.ruth)
    assert "Getting ready to end" in read(ruth, "milestones")
    assert "Add one" not in read(ruth, "milestones")
    new = {
        "name": "Week six",
        "words": "A walk, all of you?",
        "counted_from": "hello",
        "weeks": "6",
        "checklist": "The children were asked\n\n  Photos talked about  ",
        "in_use": "on",
    }
    page = post(morgan, "new_milestone", new)
    assert "Week six" in page
    made = Milestone.objects.get(name="Week six")
    assert made.lines == ["The children were asked", "Photos talked about"]
    half = post(morgan, "milestone", {**new, "counted_from": "half_way"}, id=made.pk)
    assert "Half way is a day of its own" in half
    assert "31" in post(morgan, "milestone", {**new, "weeks": "31"}, id=made.pk)
    assert Milestone.objects.get(pk=made.pk).weeks == 6


def test_ticks_are_for_lines_that_are_there(lived_in: Street, link_up: LinkUp):
    ruth = as_(lived_in.ruth)
    first = Milestone.objects.order_by("pk").first()
    tick = {"milestone": first.pk, "line": first.lines[0]}
    post(ruth, "tick", tick, id=link_up.pk)
    assert link_up.ticks.count() == 1
    post(ruth, "tick", {**tick, "back": "1"}, id=link_up.pk)
    assert link_up.ticks.count() == 0
    assert "isn’t on the list" in post(ruth, "tick", {**tick, "line": "x" * 5000}, id=link_up.pk)
    where = reverse("matching:tick", kwargs={"id": link_up.pk})
    for garbage in ("", "zzz", "9" * 40, "-1"):
        assert ruth.post(where, {**tick, "milestone": garbage}).status_code == 404


def test_a_word_heard_by_the_wrong_coach_is_not_there(lived_in: Street, link_up: LinkUp):
    said = words.about_the_end(
        link_up=link_up,
        side="family",
        kind="longer",
        words="",
        by=cast.guardian_of(lived_in.amara),
        at=timezone.now(),
    )
    where = reverse("matching:hear", kwargs={"id": said.pk})
    assert as_(lived_in.town.imran).post(where).status_code == 404
    assert as_(cast.guardian_of(lived_in.amara)).post(where).status_code == 403
    said.refresh_from_db()
    assert said.heard_at is None
