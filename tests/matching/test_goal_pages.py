"""What a coach says and reads of a family's goals and web; what both sides of a link-up see, and what only one does."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goals.models import Rating, WebDomain, WellbeingWeb
from goals.reviewing import rate
from goals.wellbeing import fill_in
from matching import linkups
from matching.models import LinkUp
from safeguarding.models import AccessEvent
from tests import cast
from tests.matching.browser import as_
from tests.matching.conftest import Street


@pytest.fixture
def link_up(lived_in: Street, now: datetime) -> LinkUp:
    """Amara's family with Denise's, seven weeks in, seen differently by three people; and its web."""
    made = linkups.start(
        family=lived_in.amara,
        supporter=lived_in.denise,
        goals=lived_in.amara.goals.all(),
        weeks=20,
        on=date(2026, 10, 5),
        by=lived_in.ruth,
        at=now,
    )
    amara, goal = cast.guardian_of(lived_in.amara), lived_in.amara.goals.get()
    for weeks, value, scorer, by in [
        (9, 1, "guardian", amara),
        (8, 2, "guardian", amara),
        (2, 6, "guardian", amara),
        (1, 3, "child", lived_in.ruth),
        (1, 4, "coach", lived_in.ruth),
    ]:
        at = now - timedelta(weeks=weeks)
        rate(goal=goal, value=value, scorer=scorer, words="", by=by, at=at)
    weave(lived_in, now)
    return made


def weave(lived_in: Street, at: datetime) -> WellbeingWeb:
    """Amara's family's web."""
    return fill_in(
        family=lived_in.amara,
        scorer="guardian",
        marks=dict.fromkeys(WebDomain.values, 4),
        words="It was a hard week",
        by=cast.guardian_of(lived_in.amara),
        at=at,
        client_id=uuid4(),
    )


def page_of(browser: Client, name: str, *args: object) -> str:
    """What somebody reads at an address."""
    return browser.get(reverse(f"matching:{name}", args=args)).content.decode()


def test_a_coach_rates_beside_the_family_and_writes_down_what_a_child_said(
    lived_in: Street, ruth: Client
):
    goal = lived_in.amara.goals.get()
    address = reverse("matching:rate", args=[lived_in.amara.pk, goal.pk])
    assert "The child told me" in ruth.get(address).content.decode()
    for scorer, value in (("coach", "3"), ("child", "7")):
        said = {"value": value, "scorer": scorer, "words": "", "client_id": str(uuid4())}
        for _ in range(2):  # a second press changes nothing
            assert ruth.post(address, said).status_code == 302
    kept = [(one.scorer, one.value, one.by) for one in Rating.objects.all()]
    assert kept == [("coach", 3, lived_in.ruth), ("child", 7, lived_in.ruth)]
    page = page_of(ruth, "family", lived_in.amara.pk)
    assert "Me said 3, The child said 7" in page
    opened = AccessEvent.objects.filter(page="matching:rate", family=lived_in.amara)
    assert opened.count() == 5


def test_a_coach_speaks_for_no_parent(lived_in: Street, ruth: Client):
    goal = lived_in.amara.goals.get()
    address = reverse("matching:rate", args=[lived_in.amara.pk, goal.pk])
    page = ruth.post(address, {"value": "9", "scorer": "guardian", "words": "A try"})
    assert "Choose who says so from the list" in page.content.decode()
    assert "A try" in page.content.decode()
    assert not Rating.objects.exists()


def test_nobody_elses_coach_or_goal(lived_in: Street, ruth: Client):
    goal = lived_in.amara.goals.get()
    said = {"value": "3", "scorer": "coach", "words": "", "client_id": str(uuid4())}
    for browser, family in (
        (as_(lived_in.town.imran), lived_in.amara),
        (ruth, lived_in.hollis),  # hers, but not their goal
    ):
        address = reverse("matching:rate", args=[family.pk, goal.pk])
        assert browser.post(address, said).status_code == 404
    imran = as_(lived_in.town.imran)
    for name in ("web", "fill_in"):
        assert imran.post(reverse(f"matching:{name}", args=[lived_in.amara.pk])).status_code in {
            404,
            405,
        }
    assert not Rating.objects.exists()


def test_a_coach_fills_in_the_web_as_they_see_it(lived_in: Street, ruth: Client):
    address = reverse("matching:fill_in", args=[lived_in.amara.pk])
    said = {**dict.fromkeys(WebDomain.values, "unsure"), "safe": "8", "scorer": "coach"}
    assert ruth.post(address, {**said, "client_id": str(uuid4())}).status_code == 302
    web = lived_in.amara.webs.get()
    assert (web.scorer, web.by, web.marks.get(domain="safe").value) == ("coach", lived_in.ruth, 8)
    assert "answered 1 of 8" in page_of(ruth, "web", lived_in.amara.pk)
    assert AccessEvent.objects.filter(page="matching:web").count() == 1


def test_a_coach_writes_down_in_a_call_where_the_children_say_it_is(
    lived_in: Street, link_up: LinkUp, ruth: Client
):
    goal = lived_in.amara.goals.get()
    due = link_up.contacts.filter(side="child").first()
    address = reverse("matching:contact", args=[due.pk])
    assert "Where do they say it is today?" in ruth.get(address).content.decode()
    said = {"kind": "call", "on": "2026-11-19", "words": "Louder than Mum says"}
    wrong = ruth.post(address, {**said, f"goal_{goal.pk}": "11"}).content.decode()
    assert "Pick a number from 0 to 10" in wrong
    assert "Louder than Mum says" in wrong
    for _ in range(2):
        ruth.post(address, {**said, f"goal_{goal.pk}": "2"})
    told = goal.ratings.filter(scorer="child").order_by("-pk")
    assert [(one.value, one.by) for one in told] == [(2, lived_in.ruth), (3, lived_in.ruth)]
    assert AccessEvent.objects.filter(page="matching:contact").count() == 4
    other = link_up.contacts.filter(side="family").first()
    page = page_of(ruth, "contact", other.pk)
    assert goal.words not in page


def test_both_sides_see_every_voice_since_hello(lived_in: Street, link_up: LinkUp):
    helper = as_(cast.guardian_of(lived_in.denise.family))
    page = page_of(helper, "link_up", link_up.pk)
    # What was said before hello is the start; the week after is everybody's own line.
    assert "Amara went from 2 to 6, The child said 3, Ruth said 4" in page
    mine = page_of(as_(cast.guardian_of(lived_in.amara)), "link_up", link_up.pk)
    assert "Me went from 2 to 6, Our child said 3, Ruth said 4" in mine


def test_only_the_family_and_its_coach_see_the_web(lived_in: Street, link_up: LinkUp):
    for user, heading in (
        (cast.guardian_of(lived_in.amara), "Our web"),
        (lived_in.ruth, "Their web"),
    ):
        page = page_of(as_(user), "link_up", link_up.pk)
        assert heading in page
        assert "Feeling safe 4" in page
    helper = as_(cast.guardian_of(lived_in.denise.family))
    page = page_of(helper, "link_up", link_up.pk)
    for secret in ("Our web", "Their web", "Feeling safe", "goals/web"):
        assert secret not in page
    own = helper.get(reverse("goals:web"), {"now": lived_in.amara.webs.get().pk}).content.decode()
    assert "hard week" not in own


def test_a_supporter_sees_nothing_said_after_the_end(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    LinkUp.objects.filter(pk=link_up.pk).update(ended_on=now.date(), ending="done")
    goal, amara = lived_in.amara.goals.get(), cast.guardian_of(lived_in.amara)
    later = now + timedelta(days=30)
    rate(goal=goal, value=9, scorer="guardian", words="", by=amara, at=later)
    helper = as_(cast.guardian_of(lived_in.denise.family))
    assert "Amara went from 2 to 6" in page_of(helper, "link_up", link_up.pk)


def test_a_sharing_family_sets_sees_and_rates_its_own_goals(lived_in: Street):
    denise = as_(cast.guardian_of(lived_in.denise.family))
    said = {"words": "An evening off", "horizon": "short", "rating": "2", "hope": "7"}
    goal = denise.post(reverse("goals:new"), said).url
    denise.post(f"{goal}today/", {"value": "6", "scorer": "child", "words": ""})
    home = denise.get(reverse("home")).content.decode()
    assert "An evening off" in home
    assert "Our child said 6" in denise.get(goal).content.decode()


def test_it_asks_no_more_questions_for_many_views(
    lived_in: Street, link_up: LinkUp, ruth: Client, now: datetime
):
    def asked(name: str, of: int) -> int:
        with CaptureQueriesContext(connection) as told:
            page_of(ruth, name, of)
        return len(told)

    pages = (("family", lived_in.amara.pk), ("link_up", link_up.pk))
    few = [asked(*page) for page in pages]
    goal = lived_in.amara.goals.get()
    for number in range(12):
        at = now + timedelta(minutes=number)
        rate(goal=goal, value=number % 11, scorer="coach", words="", by=lived_in.ruth, at=at)
        weave(lived_in, at)
    assert [asked(*page) for page in pages] == few
