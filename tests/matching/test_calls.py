"""Cadences as data: what is planned follows the one in use, nothing going moves by itself, and shares own up."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from matching import cadence_versions, linkups
from matching.cadence import Cadence, cadences_of, plan_contacts
from matching.models import CadencePick, CadenceTemplate, Contact, LinkUp
from matching.reading.calls import cadences, shares
from tests import cast
from tests.matching import cast as street
from tests.matching.browser import as_
from tests.matching.conftest import Street

ON = date(2026, 11, 20)
WEEKLY = {
    "family": Cadence((1, 2), 1),
    "supporter": Cadence((1,), 0),
    "child": Cadence((), 0),
}


@pytest.fixture
def morgan(db):
    return cast.staff("morgan@example.org", "Morgan", "manager")


def started(lived_in: Street, now: datetime, on: date = ON, weeks: int = 10) -> LinkUp:
    return linkups.start(
        family=lived_in.amara,
        supporter=lived_in.denise,
        goals=[],
        weeks=weeks,
        on=on,
        by=lived_in.ruth,
        at=now,
    )


def due(link_up: LinkUp, side: str) -> list[int]:
    """After how many weeks each contact of a side is due."""
    days = link_up.contacts.filter(side=side).values_list("due_on", flat=True)
    return [(day - link_up.started_on).days // 7 for day in days]


def changed(morgan, now: datetime, slug: str = "early-and-steady") -> CadenceTemplate:
    newest = CadenceTemplate.objects.filter(slug=slug).latest("version")
    return cadence_versions.new_version(of=newest, sides=WEEKLY, why="To try", by=morgan, at=now)


def test_it_comes_with_five_and_one_of_them_in_use(db):
    read = cadences()
    assert [one.in_use for one in read] == [True, False, False, False, False]
    assert read[0].lines[0] == "The seeking family: after 2, 3, 10, 18 weeks, then every 4 weeks"


def test_a_link_up_keeps_what_it_was_planned_with(lived_in, now, morgan):
    before = started(lived_in, now)
    first = CadenceTemplate.objects.in_use()
    made = changed(morgan, now)
    assert CadenceTemplate.objects.in_use() == made
    before.refresh_from_db()
    assert before.cadence == first
    assert due(before, "family") == [2, 3, 10][: len(due(before, "family"))]
    linkups.end(
        link_up=before, ending="stopped", words="It stopped", on=ON, by=lived_in.ruth, at=now
    )
    after = started(lived_in, now)
    assert after.cadence == made
    assert due(after, "family") == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert due(after, "supporter") == [1]
    assert due(after, "child") == []


def test_an_extension_adds_only_what_is_missing(lived_in, now):
    made = started(lived_in, now)
    before = list(made.contacts.values_list("pk", flat=True))
    assert plan_contacts(made) == []
    made.planned_end_on += timedelta(weeks=12)
    made.save()
    added = plan_contacts(made)
    assert {one.side for one in added} == {"family", "supporter", "child"}
    assert due(made, "family") == [2, 3, 10, 18]
    assert set(before) < set(made.contacts.values_list("pk", flat=True))
    assert plan_contacts(made) == []


def test_planning_anew_moves_nothing_that_was_done_or_is_due(lived_in, now, morgan):
    made = started(lived_in, now, on=ON - timedelta(weeks=3), weeks=20)
    first = made.contacts.filter(side="family").first()
    first.done_on, first.done_by = ON, lived_in.ruth
    first.save()
    changed(morgan, now)
    assert (
        cadence_versions.plan_anew(coach=lived_in.town.imran, by=lived_in.town.imran, at=now) == 0
    )
    assert cadence_versions.plan_anew(coach=lived_in.ruth, by=lived_in.ruth, at=now) == 1
    assert due(made, "family") == [2, 3, *range(4, 20)]
    assert due(made, "supporter") == [2, 3]
    assert due(made, "child") == [3]
    first.refresh_from_db()
    assert first.done_on == ON
    assert cadence_versions.plan_anew(coach=lived_in.ruth, by=lived_in.ruth, at=now) == 0


def test_a_version_is_never_changed_and_a_second_press_makes_no_second(morgan, now):
    base = CadenceTemplate.objects.in_use()
    made = changed(morgan, now)
    again = cadence_versions.new_version(of=base, sides=WEEKLY, why="To try", by=morgan, at=now)
    assert again == made
    with pytest.raises(cadence_versions.PlanningError, match="in use already"):
        cadence_versions.new_version(of=made, sides=WEEKLY, why="Again", by=morgan, at=now)
    with pytest.raises(cadence_versions.OvertakenError):
        cadence_versions.new_version(
            of=base, sides={**WEEKLY, "child": Cadence((4,), 0)}, why="Late", by=morgan, at=now
        )
    with pytest.raises(ValueError, match="never changed"):
        made.save()
    for _twice in range(2):
        cadence_versions.pick(template=base, by=morgan, at=now)
    assert CadencePick.objects.count() == 3


def test_one_that_is_not_in_use_is_changed_without_being_used(morgan, now):
    before = CadenceTemplate.objects.in_use()
    changed(morgan, now, slug="every-quarter")
    assert CadenceTemplate.objects.in_use() == before


@pytest.mark.parametrize("weeks", ["zzz", "3, 2", "2, 2", "0", "-1", "1.5", "9" * 9, "105", "²"])
def test_it_says_how_weeks_are_written_and_loses_nothing(morgan, weeks):
    page = reverse("matching:cadence", args=["every-month"])
    told = {
        "base": 1,
        "family_weeks": weeks,
        "family_every": 4,
        "supporter_weeks": "2",
        "supporter_every": 4,
        "child_weeks": "",
        "child_every": 0,
        "why": "Because",
    }
    client = as_(morgan)
    said = client.post(page, told).content.decode()
    assert "Write the weeks like 2, 3, 10, 18" in said
    assert weeks in said
    assert CadenceTemplate.objects.count() == 5
    none = client.post(page, {**told, "family_weeks": "", "supporter_weeks": ""}).content.decode()
    assert "at least one of the two sides" in none
    client.post(page, {**told, "family_weeks": "1; 2,5"})
    made = CadenceTemplate.objects.get(slug="every-month", version=2)
    assert cadences_of(made)["family"] == Cadence((1, 2, 5), 4)
    client.post(reverse("matching:pick_cadence", args=["every-month"]))
    assert CadenceTemplate.objects.in_use() == made
    assert client.get(reverse("matching:cadence", args=["zzz"])).status_code == 404


def test_it_counts_what_was_made_in_time_for_each_side(lived_in, now):
    made = started(lived_in, now, on=ON - timedelta(weeks=10), weeks=20)
    contacts = {one.side: one for one in made.contacts.filter(due_on=ON - timedelta(weeks=7))}
    for side, late in (("family", 7), ("supporter", 8)):
        one = contacts[side]
        one.done_on, one.done_by = one.due_on + timedelta(days=late), lived_in.ruth
        one.save()
    told = {one.side: (one.made, one.due) for one in shares(coach=lived_in.ruth, on=ON)}
    assert told == {"The seeking family": (1, 2), "The supporter": (0, 2), "The children": (0, 1)}
    assert [one.due for one in shares(coach=lived_in.town.imran, on=ON)] == [0, 0, 0]
    assert [one.due for one in shares(coach=None, on=ON)] == [2, 2, 1]
    ended = ON - timedelta(weeks=7, days=3)
    linkups.end(
        link_up=made, ending="stopped", words="It stopped", on=ended, by=lived_in.ruth, at=now
    )
    assert [one.due for one in shares(coach=lived_in.ruth, on=ON)] == [1, 1, 0]


def test_the_page_costs_the_same_with_many(lived_in, town):
    def costs() -> int:
        ruth = as_(lived_in.ruth)
        with CaptureQueriesContext(connection) as queries:
            page = ruth.get(reverse("matching:calls")).content.decode()
        assert "none yet" in page or " of " in page
        return len(queries)

    few = costs()
    for n in range(5):
        family = street.seeking(f"F{n}", guardian=f"F{n}", at=town.burntwood, coach=town.ruth)
        linkups.start(
            family=family,
            supporter=street.volunteering(f"V{n}", at=town.burntwood, coach=town.ruth),
            goals=[],
            weeks=30,
            on=timezone.localdate() - timedelta(weeks=12),
            by=town.ruth,
            at=timezone.now(),
        )
    assert Contact.objects.exists()
    assert costs() == few
