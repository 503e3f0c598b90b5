"""Roles are given once; a yes holds until it is taken back, and a no at once."""

from datetime import timedelta

import pytest

from people.access import roles_of
from people.consenting import answer, standing_of
from people.models import Consent
from people.roles import give_role
from tests import cast


def test_it_gives_a_role_once(town):
    kemi = cast.user("kemi@example.org", "Kemi")
    assert roles_of(kemi) == set()
    give_role(user=kemi, role="broker")
    give_role(user=kemi, role="broker")
    assert roles_of(kemi) == {"broker"}


def test_it_lets_an_editor_into_the_editor(town):
    kemi = cast.user("kemi@example.org", "Kemi")
    give_role(user=kemi, role="editor")
    assert kemi.groups.filter(name="Moderators").exists()


def test_it_refuses_a_role_that_is_none(town):
    with pytest.raises(ValueError, match="emperor"):
        give_role(user=town.ruth, role="emperor")


def test_it_takes_a_yes_back_at_once(town, now):
    answer(by=town.ruth, purpose="link_up", given=True, at=now)
    later = now + timedelta(seconds=1)
    answer(by=town.ruth, purpose="link_up", given=False, at=later)
    assert Consent.objects.holds(user=town.ruth, purpose="link_up", at=now)
    assert not Consent.objects.holds(user=town.ruth, purpose="link_up", at=later)


def test_it_writes_the_same_answer_once(town, now):
    answer(by=town.ruth, purpose="link_up", given=True, at=now)
    answer(by=town.ruth, purpose="link_up", given=True, at=now + timedelta(days=1))
    assert Consent.objects.count() == 1


def test_it_says_what_was_never_asked(town):
    assert {consent.said_at for consent in standing_of(town.ruth)} == {None}
