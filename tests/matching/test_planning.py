"""What we'll do next: one side suggests, the other answers; ideas fit the goals; a calendar learns a day alone."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from goals.models import Theme
from matching import linkups, planning
from matching.importing_ideas import ideas
from matching.models import Idea, LinkUp, Plan, Together
from matching.reading import next_thing
from matching.reading.plans import ideas_for
from people.importing.running import run
from people.models import User
from tests import cast
from tests.matching.browser import as_, post, read
from tests.matching.conftest import Street


@pytest.fixture
def link_up(lived_in: Street) -> LinkUp:
    """Amara's family and Denise's, for six weeks."""
    return linkups.start(
        family=lived_in.amara,
        supporter=lived_in.denise,
        goals=lived_in.amara.goals.all(),
        weeks=20,
        on=timezone.localdate() - timedelta(weeks=6),
        by=lived_in.ruth,
        at=timezone.now() - timedelta(weeks=6),
    )


@pytest.fixture
def amara(lived_in: Street) -> User:
    return cast.guardian_of(lived_in.amara)


@pytest.fixture
def denise(lived_in: Street) -> User:
    return cast.guardian_of(lived_in.denise.family)


def suggested(link_up: LinkUp, by: User, **other: object) -> Plan:
    """The park, in a week."""
    return planning.suggest(
        **{
            "link_up": link_up,
            "on": timezone.localdate() + timedelta(days=7),
            "part": "morning",
            "what": "The park",
            "where": "by the swings",
            "by": by,
            "at": timezone.now(),
            "client_id": uuid4(),
            **other,
        }
    )


def agreed(link_up: LinkUp, by: User, answers: User, **other: object) -> Plan:
    plan = suggested(link_up, by, **other)
    return planning.agree(plan=plan, by=answers, at=timezone.now())


def gone_by(link_up: LinkUp, by: User, answers: User, *, days: int = 2) -> Plan:
    """An agreed plan whose day went by."""
    then = timezone.now() - timedelta(days=days + 7)
    plan = suggested(link_up, by, on=timezone.localdate() - timedelta(days=days), at=then)
    return planning.agree(plan=plan, by=answers, at=then)


def test_one_side_suggests_and_the_other_says_yes(link_up: LinkUp, amara: User, denise: User):
    plan = suggested(link_up, amara)
    with pytest.raises(planning.PlanError, match="other side says yes"):
        planning.agree(plan=plan, by=amara, at=timezone.now())
    for _twice in range(2):
        assert planning.agree(plan=plan, by=denise, at=timezone.now()).standing == "agreed"
    plan.refresh_from_db()
    assert plan.changes == 1


def test_another_day_is_answered_by_the_other_side_again(
    link_up: LinkUp, amara: User, denise: User
):
    plan = agreed(link_up, amara, denise)
    later = plan.on + timedelta(days=1)
    moved = planning.move(plan=plan, on=later, part="", by=denise, at=timezone.now())
    assert (moved.on, moved.standing, moved.said_by) == (later, "suggested", "supporter")
    planning.move(plan=plan, on=later, part="", by=denise, at=timezone.now())  # pressed twice
    with pytest.raises(planning.PlanError, match="other side"):
        planning.agree(plan=plan, by=denise, at=timezone.now())
    assert planning.agree(plan=plan, by=amara, at=timezone.now()).changes == 3


def test_a_double_press_suggests_once_and_ten_are_enough(link_up: LinkUp, amara: User):
    key = uuid4()
    assert suggested(link_up, amara, client_id=key) == suggested(link_up, amara, client_id=key)
    for _more in range(planning.MOST_OPEN - 1):
        suggested(link_up, amara)
    with pytest.raises(planning.PlanError, match="ten plans already"):
        suggested(link_up, amara)
    planning.drop(plan=link_up.plans.first(), by=amara, at=timezone.now())
    assert suggested(link_up, amara)


@pytest.mark.parametrize(("days", "words"), [(-1, "That day is over"), (200, "half a year away")])
def test_it_takes_days_that_can_be_meant(link_up: LinkUp, amara: User, days: int, words: str):
    on = timezone.localdate() + timedelta(days=days)
    with pytest.raises(planning.PlanError, match=words):
        suggested(link_up, amara, on=on)
    page = post(
        as_(amara), "plan", {"on": on, "what": "Swings", "client_id": uuid4()}, id=link_up.pk
    )
    assert words in page
    assert 'value="Swings"' in page


def test_nothing_is_planned_after_the_end_and_a_dropped_plan_stays_dropped(
    lived_in: Street, link_up: LinkUp, amara: User, denise: User
):
    plan, other = suggested(link_up, amara), suggested(link_up, amara)
    for _twice in range(2):
        planning.drop(plan=plan, by=denise, at=timezone.now())
    with pytest.raises(planning.PlanError, match="dropped meanwhile"):
        planning.agree(plan=plan, by=denise, at=timezone.now())
    linkups.end(
        link_up=link_up,
        ending="early_done",
        words="They moved",
        on=timezone.localdate(),
        by=lived_in.ruth,
        at=timezone.now(),
    )
    with pytest.raises(planning.PlanError, match="has ended"):
        suggested(link_up, amara)
    with pytest.raises(planning.PlanError, match="has ended"):
        planning.agree(plan=other, by=denise, at=timezone.now())


def test_its_pages_walk_from_an_idea_to_a_time_together(
    link_up: LinkUp, amara: User, denise: User, ruth: Client
):
    Idea.objects.create(
        reference="oats", theme=Theme.objects.get(slug="mornings"), words="Porridge"
    )
    hers, theirs = as_(amara), as_(denise)
    page = read(hers, "plan", id=link_up.pk)
    assert "Ideas that fit your goals" in page
    idea = Idea.objects.get()
    where = f"{reverse('matching:plan', args=[link_up.pk])}?idea={idea.pk}"
    assert where in page
    assert 'value="Porridge"' in hers.get(where).content.decode()
    told = {"on": timezone.localdate(), "part": "", "what": "Porridge", "client_id": uuid4()}
    assert "Waiting for the other side" in post(hers, "plan", told, id=link_up.pk)
    plan = Plan.objects.get()
    assert next_thing(denise).words == "Porridge"
    assert "Say yes, or another day" in read(theirs, "link_up", id=link_up.pk)
    assert "Put it into my calendar" in post(theirs, "agree_plan", id=plan.pk)
    coachs = read(ruth, "link_up", id=link_up.pk)
    assert "Porridge" in coachs
    assert "plans/" not in coachs  # she reads it, and changes nothing
    form = hers.get(f"{reverse('matching:together', args=[link_up.pk])}?plan={plan.pk}")
    assert 'value="Porridge"' in form.content.decode()
    sent = {
        "near_day": timezone.localdate().isoformat(),
        "length": "60",
        "words": "Porridge",
        "plan": plan.pk,
        "client_id": uuid4(),
    }
    for _twice in range(2):
        post(hers, "together", sent, id=link_up.pk)
    plan.refresh_from_db()
    assert (plan.standing, plan.together) == ("done", Together.objects.get())


def test_a_plan_that_went_by_is_asked_about_until_it_is_answered(
    link_up: LinkUp, amara: User, denise: User
):
    plan = gone_by(link_up, amara, denise)
    assert next_thing(amara).title == next_thing(denise).title == "Did you do it?"
    form = as_(amara).get(next_thing(amara).url).content.decode()
    assert "We didn’t do it" in form
    assert f'value="{plan.on.isoformat()}"' in form
    post(as_(amara), "drop_plan", id=plan.pk)
    assert next_thing(amara).title != "Did you do it?"


def test_a_plan_of_long_ago_is_let_be(link_up: LinkUp, amara: User, denise: User):
    gone_by(link_up, amara, denise, days=9)
    assert next_thing(amara).title != "Did you do it?"


def test_a_plan_of_other_people_is_no_ones(
    lived_in: Street, link_up: LinkUp, amara: User, ruth: Client
):
    plan = suggested(link_up, amara)
    craig = as_(cast.guardian_of(lived_in.hollis))
    for name in ("move_plan", "agree_plan", "drop_plan", "plan_calendar"):
        where = reverse(f"matching:{name}", args=[plan.pk])
        assert craig.post(where).status_code in (404, 405)
        assert craig.get(where).status_code in (404, 405)
        assert ruth.post(where).status_code in (403, 405)
        assert Client().post(where).status_code in (302, 405)
    for garbage in ("x", "-1", "9" * 400, "\0", ""):
        for name, asked in (("plan", "idea"), ("together", "plan")):
            where = reverse(f"matching:{name}", args=[link_up.pk])
            assert as_(amara).get(where, {asked: garbage}).status_code == 200
    plan.refresh_from_db()
    assert (plan.standing, plan.changes) == ("suggested", 0)


def test_a_calendar_learns_a_day_and_nothing_else(link_up: LinkUp, amara: User, denise: User):
    plan = agreed(link_up, amara, denise)
    where = reverse("matching:plan_calendar", args=[plan.pk])

    def event() -> tuple[str, Calendar]:
        response = as_(amara).get(where)
        assert response.headers["Content-Type"].startswith("text/calendar")
        assert "no-store" in response.headers["Cache-Control"]
        assert "plan.ics" in response.headers["Content-Disposition"]
        (found,) = Calendar.from_ical(response.content).walk("VEVENT")
        return response.content.decode(), found

    text, first = event()
    for word in ("park", "swings", "Amara", "Denise", "Kith", "kith", "example.org", "link"):
        assert word not in text
    assert (first["status"], first["dtstart"].dt, first["sequence"]) == ("CONFIRMED", plan.on, 1)
    assert first["dtstamp"].dt == plan.changed_at.replace(microsecond=0)
    planning.drop(plan=plan, by=denise, at=timezone.now())
    _text, gone = event()
    assert (gone["uid"], gone["status"], gone["sequence"]) == (first["uid"], "CANCELLED", 2)


def test_ideas_fit_the_goals_the_ages_and_what_the_children_like(
    lived_in: Street, link_up: LinkUp, amara: User
):
    mornings = Theme.objects.get(slug="mornings")
    mornings.parent = Theme.objects.create(slug="behaviour", name="Behaviour")
    mornings.save()
    other = Theme.objects.create(slug="money", name="Money")
    for reference, theme, fields in (
        ("a-walk", mornings, {}),
        ("b-parent", mornings.parent, {}),
        ("c-babies", mornings, {"oldest": 2}),
        ("d-football", mornings, {"likes": ["football"]}),
        ("e-money", other, {}),
        ("f-more", mornings, {}),
    ):
        Idea.objects.create(reference=reference, theme=theme, words=reference, **fields)
    assert [str(idea) for idea in ideas_for(link_up)] == ["d-football", "a-walk", "b-parent"]
    suggested(link_up, amara, what="d-football")
    assert [str(idea) for idea in ideas_for(link_up)] == ["a-walk", "b-parent", "f-more"]


def test_ideas_come_by_file_all_or_none(lived_in: Street, tmp_path: Path, now: datetime):
    file = tmp_path / "ideas.csv"
    head = "reference,theme,words,cost,place,youngest,oldest,likes\n"
    file.write_text(head + "oats,mornings,Porridge,little,indoors,3,12,Cooking;chips\n")
    assert run(ideas(), file, at=now).new == 1
    assert run(ideas(), file, at=now).unchanged == 1
    assert Idea.objects.get().likes == ["cooking", "chips"]
    file.write_text(head + "oats,mornings,Oats,free,indoors,3,12,\nx,morning,X,free,indoors,9,2,\n")
    report = run(ideas(), file, at=now)
    faults = " ".join(str(fault) for fault in report.faults.in_order())
    assert "Did you mean mornings?" in faults
    assert "younger" in faults
    assert Idea.objects.get().words == "Porridge"


def test_it_asks_as_often_with_ten_plans_as_with_one(link_up: LinkUp, amara: User):
    client = as_(amara)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            read(client, "link_up", id=link_up.pk)
            client.get("/home/")
        return len(asked)

    suggested(link_up, amara)
    queries()  # a first look at one's home opens the account
    once = queries()
    for _more in range(9):
        suggested(link_up, amara)
    assert queries() == once
