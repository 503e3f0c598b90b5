"""An address is one person's, and a yes is somebody's: what a file may not change."""

import pytest

from people.models import Consent, Guardian, User
from tests import cast
from tests.people.importing import FAMILY, bring, programme

__all__ = ["bring", "programme"]  # fixtures

pytestmark = pytest.mark.usefixtures("programme")


def test_an_address_is_one_persons(bring, programme):
    cast.family("the N. family", guardian="Nadia", at=programme.burntwood)
    taken = {**FAMILY, "guardian_email": "nadia@example.org"}
    assert "is used by another family" in bring("import_families", taken)
    twice = [FAMILY, {**FAMILY, "reference": "F002"}]
    assert "“amara@example.org” stands on line 2 already." in bring("import_families", *twice)
    cast.volunteer("Stan", at=programme.burntwood)
    stan = {**FAMILY, "guardian_email": "stan@example.org"}
    assert "is a volunteer's" in bring("import_families", stan)


def test_an_address_that_was_used_is_changed_by_its_owner_only(bring, now):
    bring("import_families", FAMILY)
    moved = {**FAMILY, "guardian_email": "amara.o@example.org"}
    assert "changed: guardian_email" in bring("import_families", moved)
    amara = User.objects.get(email="amara.o@example.org")
    assert amara.emailaddress_set.get().email == "amara.o@example.org"
    amara.last_login = now
    amara.save()
    said = bring("import_families", FAMILY)
    assert "signs in with another address already" in said
    assert User.objects.filter(email="amara.o@example.org").exists()


def test_somebody_who_signed_up_first_keeps_their_account(bring):
    early = cast.user("amara@example.org", "A.")
    bring("import_families", FAMILY)
    assert Guardian.objects.get().user == early


def test_a_yes_that_was_taken_back_is_not_brought_back(bring, now):
    bring("import_families", FAMILY)
    amara = User.objects.get(email="amara@example.org")
    Consent.objects.create(user=amara, purpose="link_up", wording="1", given=False, at=now)
    assert "1 unchanged" in bring("import_families", FAMILY)
    assert not Consent.objects.holds(user=amara, purpose="link_up", at=now)


def test_a_yes_needs_somebody_who_said_it(bring):
    said = bring("import_families", {**FAMILY, "guardian_email": ""})
    assert "agreed_on: needs an email address on the same line" in said
