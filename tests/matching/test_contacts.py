"""Which calls are still to be made: not those that a later one overtook, and none once the link-up has ended."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from matching import cadence, linkups
from matching.models import LinkUp
from matching.reading import coach_today, family_page, link_up_page
from tests.matching.conftest import Street

ON = date(2026, 11, 20)
Linked = Callable[[date], LinkUp]


@pytest.fixture
def linked(lived_in: Street, now: datetime) -> Linked:
    """Amara's family with Denise's, from the day that is asked for."""
    return lambda on: linkups.start(
        family=lived_in.amara,
        supporter=lived_in.denise,
        goals=lived_in.amara.goals.all(),
        weeks=20,
        on=on,
        by=lived_in.ruth,
        at=now,
    )


def test_it_calls_overtaken_contacts_missed_and_not_overdue(
    lived_in: Street, linked: Linked, now: datetime
):
    link_up = linked(date(2026, 8, 1))
    made = link_up.contacts.filter(due_on=date(2026, 8, 22)).exclude(side="child")
    made.update(done_on=date(2026, 8, 23), done_by=lived_in.ruth, kind="call")
    on = date(2026, 10, 9)
    needs = coach_today(lived_in.ruth, on).needs
    assert "Overdue by 55 days" not in [need.reason for need in needs]
    assert cadence.next_due(link_up=link_up, on=on).side == "child"
    link_up.contacts.filter(side="child").first().delete()
    assert cadence.next_due(link_up=link_up, on=on) is None
    shown = {
        (one.contact.side, one.contact.due_on): one.standing
        for one in link_up_page(link_up, reader=lived_in.ruth, on=on).calls
    }
    assert shown["family", date(2026, 8, 15)] == "Missed"
    assert shown["family", date(2026, 8, 22)] == "Done"
    assert shown["family", date(2026, 10, 10)] == "To come"
    assert date(2026, 8, 15) not in {
        one.due_on
        for one in family_page(lived_in.amara, reader=lived_in.ruth, on=on, at=now).contacts
    }


def test_it_keeps_a_side_overdue_when_only_the_other_was_rung(lived_in: Street, linked: Linked):
    link_up = linked(date(2026, 8, 1))
    link_up.contacts.filter(side="family", due_on=date(2026, 8, 22)).update(
        done_on=date(2026, 8, 22), done_by=lived_in.ruth, kind="call"
    )
    due = cadence.next_due(link_up=link_up, on=date(2026, 9, 1))
    assert (due.side, due.due_on) == ("supporter", date(2026, 8, 15))


def test_it_asks_for_no_calls_after_a_link_up_ended(lived_in: Street, linked: Linked):
    link_up = linked(date(2026, 11, 9))
    LinkUp.objects.filter(pk=link_up.pk).update(ended_on=ON, ending="done")
    link_up.refresh_from_db()
    on = date(2026, 11, 24)
    assert cadence.next_due(link_up=link_up, on=on) is None
    calls = link_up_page(link_up, reader=lived_in.ruth, on=on).calls
    assert {one.standing for one in calls} == {"Missed", "Not needed"}
