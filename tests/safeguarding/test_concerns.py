"""Concerns: stored first, announced without a word of what was told, added to and never brought down."""

import pytest
from django.core import mail
from django.db import transaction

from safeguarding import deciding
from safeguarding.concerns import LevelOnlyClimbs, act, levels_from, open_concern, raise_concern
from safeguarding.models import AccessEvent, Concern, ConcernAction
from tests import cast

CANARY = "a bruise nobody explains"


@pytest.fixture
def lead(town):
    return cast.staff("grace@example.org", "Grace", "safeguarding")


def told(now, **said):
    words = {"words": CANARY, "about": "Joe next door", "reach": "01632 960123", "by": None}
    return raise_concern(**{**words, **said}, at=now)


def test_it_stores_what_was_told(db, now):
    told(now)
    concern = Concern.objects.get()
    assert (concern.words, concern.about, concern.reach) == (
        CANARY,
        "Joe next door",
        "01632 960123",
    )
    assert concern.level == "bronze"


def test_it_tells_the_lead_without_a_word_of_it(db, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        told(now)
    (letter,) = mail.outbox
    everything = letter.subject + letter.body + str(letter.message())
    for secret in (CANARY, "Joe", "01632"):
        assert secret not in everything
    assert f"/concern/all/{Concern.objects.get().pk}/" in letter.body


def test_it_sends_nothing_when_nothing_was_stored(db, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        try:
            with transaction.atomic():
                told(now)
                raise RuntimeError
        except RuntimeError:
            pass
    assert not mail.outbox


def test_it_keeps_the_concern_when_the_mail_cannot_go(
    db, now, monkeypatch, django_capture_on_commit_callbacks
):
    def down(*_, **__):
        raise ConnectionRefusedError

    monkeypatch.setattr("people.letters.get_connection", down)
    with django_capture_on_commit_callbacks(execute=True):
        told(now)
    assert Concern.objects.count() == 1


def test_it_climbs(lead, now):
    concern = told(now)
    act(concern=concern, words="Rang the school.", level="silver", by=lead, at=now)
    act(concern=concern, words="Rang again.", level="silver", by=lead, at=now)
    concern.refresh_from_db()
    assert concern.level == "silver"
    assert ConcernAction.objects.count() == 2


def test_it_never_comes_down(lead, now):
    concern = told(now)
    act(concern=concern, words="Told the council.", level="gold", by=lead, at=now)
    for level in ("bronze", "silver"):
        with pytest.raises(LevelOnlyClimbs):
            act(concern=concern, words="Calm down.", level=level, by=lead, at=now)
    assert ConcernAction.objects.count() == 1
    assert [level for level, _ in levels_from("silver")] == ["silver", "gold"]


def test_it_writes_down_who_opened_one_about_a_family(town, lead, now):
    family = cast.family("the A. family", guardian="Amara", at=town.burntwood)
    concern = told(now)
    open_concern(concern=concern, by=lead, at=now, page="safeguarding:concern")
    assert not AccessEvent.objects.exists()
    deciding.say_whom(concern=concern, whom=family, by=lead, at=now)
    deciding.say_whom(concern=concern, whom=cast.guardian_of(family), by=lead, at=now)
    open_concern(concern=concern, by=lead, at=now, page="safeguarding:concern")
    event = AccessEvent.objects.get()
    assert (event.actor, event.family, event.purpose) == (lead, family, "safeguarding")
