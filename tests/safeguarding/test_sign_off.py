"""A record that is whole before it is signed off and never changes after it (trust.md SG-20)."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from people.models import User
from safeguarding.concerns import SignedOff, act, raise_concern
from safeguarding.deciding import answer, ask_coach, correct, report, sign_off
from safeguarding.forms.dealing import SignOffForm
from safeguarding.models import Concern, ConcernAction, ConcernDecision
from tests import cast
from tests.safeguarding.raw import refused

FILLED = {
    "facts": "Seen by two neighbours on Monday",
    "said": "“He fell”",
    "outcome": "handed_over",
    "reason": "A child may be hurt",
    "shared": "yes",
    "sharing_reason": "To keep the child safe",
    "recipient": "The council’s front door",
    "basis": "vital",
}
DECIDED = {**FILLED, "shared": True}


@pytest.fixture
def lead(town: cast.Town) -> User:
    return cast.staff("grace@example.org", "Grace", "safeguarding")


@pytest.fixture
def concern(db, now: datetime) -> Concern:
    return raise_concern(words="A bruise", about="Joe", reach="", by=None, at=now)


@pytest.mark.parametrize(
    "missing", ["facts", "outcome", "reason", "shared", "sharing_reason", "recipient", "basis"]
)
def test_it_asks_for_all_that_must_stand_in_it(missing: str) -> None:
    form = SignOffForm({**FILLED, missing: " "})
    assert list(form.errors) == [missing]


def test_it_wants_a_reason_for_telling_nobody_too() -> None:
    nobody = {**FILLED, "shared": "no", "recipient": "left over", "basis": "vital"}
    form = SignOffForm(nobody)
    assert form.is_valid()
    assert (form.cleaned_data["recipient"], form.cleaned_data["basis"]) == ("", "")
    assert list(SignOffForm({**nobody, "sharing_reason": ""}).errors) == ["sharing_reason"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"facts": ""},
        {"reason": ""},
        {"sharing_reason": ""},
        {"recipient": ""},
        {"basis": ""},
        {"shared": False},
        {"outcome": "forgotten"},
    ],
)
def test_the_database_refuses_one_that_is_not_whole(
    concern: Concern, lead: User, now: datetime, wrong: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        sign_off(concern=concern, by=lead, at=now, **{**DECIDED, **wrong})


@pytest.mark.parametrize(
    "wrong",
    [{"recipient": ""}, {"basis": ""}, {"words": ""}, {"kind": "asked"}, {"by": None}],
)
def test_the_database_refuses_telling_somebody_without_whom_and_why(
    concern: Concern, lead: User, now: datetime, wrong: dict[str, object]
) -> None:
    deed = {"words": "x", "kind": "shared", "recipient": "School", "basis": "duty", "by": lead}
    with pytest.raises(IntegrityError), transaction.atomic():
        act(concern=concern, level="bronze", at=now, **{**deed, **wrong})


def test_after_it_only_corrections_and_the_report_are_added(
    concern: Concern, lead: User, now: datetime, town: cast.Town
) -> None:
    asked = ask_coach(concern=concern, coach=town.ruth, words="Ring", basis="duty", by=lead, at=now)
    sign_off(concern=concern, by=lead, at=now, **DECIDED)
    for refused_now in (
        lambda: act(concern=concern, words="x", level="gold", by=lead, at=now),
        lambda: sign_off(concern=concern, by=lead, at=now, **DECIDED),
        lambda: answer(asked=asked, words="x", by=town.ruth, at=now),
        lambda: ask_coach(
            concern=concern, coach=town.ruth, words="x", basis="duty", by=lead, at=now
        ),
    ):
        with pytest.raises(SignedOff):
            refused_now()
    correct(concern=concern, words="It was Tuesday", by=lead, at=now)
    report(concern=concern, by=lead, at=now)
    assert [one.kind for one in concern.actions.all()] == ["asked", "corrected", "reported"]


def test_the_database_keeps_what_was_told_and_done(
    concern: Concern, lead: User, now: datetime
) -> None:
    act(concern=concern, words="Rang", level="silver", by=lead, at=now)
    for sql in (
        "UPDATE safeguarding_concern SET words = 'nothing'",
        "UPDATE safeguarding_concern SET raised_by_id = 1",
        "UPDATE safeguarding_concern SET level = 'bronze'",
        "DELETE FROM safeguarding_concernaction",
        "UPDATE safeguarding_concernaction SET words = 'nothing'",
    ):
        assert "stays as it is" in refused(sql)
    sign_off(concern=concern, by=lead, at=now, **DECIDED)
    for sql in (
        "UPDATE safeguarding_concerndecision SET facts = 'others'",
        "DELETE FROM safeguarding_concerndecision",
        "UPDATE safeguarding_concern SET level = 'gold'",
        "UPDATE safeguarding_concern SET due_at = raised_at",
    ):
        assert "stays as it is" in refused(sql)
    later = ConcernAction(concern=concern, by=lead, at=now, words="x", level="silver")
    with pytest.raises(IntegrityError, match="signed off"), transaction.atomic():
        later.save()


def test_whom_it_is_about_is_never_taken_back(
    town: cast.Town, now: datetime, concern: Concern
) -> None:
    raise_concern(words="x", about="", reach="", by=None, whom=[town.ruth], at=now)
    assert "stays as it is" in refused("DELETE FROM safeguarding_concernabout")
    assert "stays as it is" in refused("UPDATE safeguarding_concernabout SET user_id = NULL")


def test_a_double_press_adds_one_action(concern: Concern, lead: User) -> None:
    client = _as(lead)
    address = reverse("safeguarding:concern", args=[concern.pk])
    form = client.get(address).context["form"]
    told = {"words": "Rang", "level": "silver", "client_id": str(form["client_id"].value())}
    for _ in range(2):
        assert client.post(address, told).status_code == 302
    assert concern.actions.count() == 1


def test_the_page_signs_it_off_and_takes_a_correction(concern: Concern, lead: User) -> None:
    client = _as(lead)
    address = reverse("safeguarding:sign_off", args=[concern.pk])
    page = client.post(address, {**FILLED, "facts": ""}).content.decode()
    assert "Write what we know." in page
    assert "A child may be hurt" in page  # nothing typed is lost
    for _ in range(2):
        answer_of = client.post(address, FILLED)
    assert answer_of.status_code == 200  # the second time it says that it was done
    assert "signed off meanwhile" in answer_of.content.decode()
    assert ConcernDecision.objects.count() == 1
    about = reverse("safeguarding:concern", args=[concern.pk])
    page = client.get(about).content.decode()
    for shown in ("Seen by two neighbours", "He fell", "front door", "To keep the child safe"):
        assert shown in page
    assert "Somebody must act" not in page
    client.post(about, {"words": "It was Tuesday"})
    assert "It was Tuesday" in client.get(about).content.decode()


def test_words_written_while_somebody_else_signed_it_off_are_not_lost(
    concern: Concern, lead: User, now: datetime
) -> None:
    client = _as(lead)
    sign_off(concern=concern, by=lead, at=now, **DECIDED)
    address = reverse("safeguarding:concern", args=[concern.pk])
    page = client.post(address, {"words": "Rang the school", "level": "silver"})
    assert "signed off meanwhile" in page.content.decode()
    assert "Rang the school" in page.content.decode()


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
