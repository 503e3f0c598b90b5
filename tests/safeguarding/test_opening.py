"""No event, no data: every opening of a family's record leaves a line."""

from datetime import datetime

import pytest
from django.http import Http404

from people.models import Family
from safeguarding.models import AccessEvent
from safeguarding.opening import note_openings, open_family
from tests import cast


@pytest.fixture
def amara(town: cast.Town) -> Family:
    """A family that Ruth looks after."""
    return cast.family("Amara and Joe", guardian="Amara", at=town.burntwood, coach=town.ruth)


def opening(by: object, family: Family, at: datetime) -> Family:
    """Open a family's record as a coach does."""
    return open_family(
        by=by,
        family_id=family.pk,
        purpose=AccessEvent.Purpose.COACHING,
        page="matching:family",
        at=at,
    )


def test_it_gives_the_coach_the_family_and_writes_it_down(
    amara: Family, town: cast.Town, now: datetime
):
    assert opening(town.ruth, amara, now) == amara
    event = AccessEvent.objects.get()
    assert (event.actor, event.family, event.purpose, event.page, event.at) == (
        town.ruth,
        amara,
        "coaching",
        "matching:family",
        now,
    )


def test_it_gives_another_coach_nothing_and_writes_nothing(
    amara: Family, town: cast.Town, now: datetime
):
    with pytest.raises(Http404):
        opening(town.imran, amara, now)
    assert not AccessEvent.objects.exists()


def test_it_gives_nothing_when_the_line_cannot_be_written(
    amara: Family, town: cast.Town, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(AccessEvent.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        opening(town.ruth, amara, now)


def test_it_notes_several_families_in_one_statement(
    amara: Family, town: cast.Town, now: datetime, django_assert_num_queries: object
):
    others = [cast.family(f"Family {n}", guardian=f"A{n}", at=town.burntwood) for n in range(5)]
    with django_assert_num_queries(1):
        note_openings(
            by=town.ruth,
            families=[amara, *others],
            purpose=AccessEvent.Purpose.MATCHING,
            page="matching:round",
            at=now,
        )
    assert AccessEvent.objects.filter(actor=town.ruth, purpose="matching").count() == 6
