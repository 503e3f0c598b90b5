"""The pages: a coach records and says yes, the lead grants, a version is set; strangers, retries and slips."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import Guardian, User, Volunteer
from safeguarding.models import (
    AccessEvent,
    Approval,
    Check,
    Exemption,
    RequirementsVersion,
    Step,
    TakenBack,
)
from tests import cast
from tests.matching import cast as street
from tests.safeguarding.cast import EVERY_STEP, check, ready, steps


def as_(user: User) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(user)
    return client


def to(name: str, *args: object) -> str:
    """The address of a page of this app."""
    return reverse(f"safeguarding:{name}", args=args)


def page(client: Client, name: str, *args: object) -> str:
    """A page's words."""
    response = client.get(to(name, *args))
    assert response.status_code == 200
    return response.content.decode()


def a_check(**fields: object) -> dict[str, object]:
    """A check as the form sends it."""
    today = timezone.localdate()
    return {
        "level": "dbs_enhanced",
        "activity": "close",
        "issued_on": today - timedelta(days=9),
        "valid_until_on": today + timedelta(days=900),
        "number_last4": "4471",
        "decision": "cleared",
        **fields,
    }


def test_a_coach_takes_somebody_from_hello_to_active(stan: Volunteer, town: cast.Town):
    ruth, whose = as_(town.ruth), ("volunteers", stan.pk)
    assert "Not cleared" in page(ruth, "clearance", *whose)
    assert ruth.post(to("record_check", *whose), a_check()).status_code == 302
    for kind in EVERY_STEP:
        sent = {"done_on": timezone.localdate(), "client_id": uuid4()}
        for _twice in range(2):
            assert ruth.post(to("record_step", *whose, kind), sent).status_code == 302
    assert Step.objects.count() == 5
    assert "Say yes to them" in page(ruth, "clearance", *whose)
    assert "Ready" in page(ruth, "clearances")
    for _twice in range(2):
        ruth.post(to("approve", *whose))
    stan.refresh_from_db()
    assert stan.standing == Volunteer.Standing.ACTIVE
    assert Approval.objects.count() == 1
    assert "Cleared to be beside a family" in page(ruth, "clearance", *whose)
    assert "Nothing is missing" in page(ruth, "clearances")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"barred_lists": "on"}, "The barred lists may be looked at only"),
        ({"level": "pvg"}, "Pick one of these"),
        ({"activity": ""}, "Say what they do beside a family"),
        ({"number_last4": "001234564471"}, "Write the last four, and no more."),
        ({"valid_until_on": "0001-01-01"}, "Write the day like"),
        ({"issued_on": "soon"}, "Write the day like"),
        ({"decision": "perhaps"}, "Pick one of these"),
    ],
)
def test_what_cannot_be_comes_back_with_the_sentence_why(
    stan: Volunteer, town: cast.Town, fields: dict[str, str], says: str
):
    response = as_(town.ruth).post(to("record_check", "volunteers", stan.pk), a_check(**fields))
    words = response.content.decode()
    assert response.status_code == 400
    assert says in words
    assert "001234564471" not in words
    assert not Check.objects.exists()


def test_only_their_own_coach_and_the_lead_come_in(stan: Volunteer, town: cast.Town, morgan: User):
    row = check(stan, town.ruth)
    addresses = (
        to("clearance", "volunteers", stan.pk),
        to("record_check", "volunteers", stan.pk),
        to("record_step", "volunteers", stan.pk, "interview"),
        to("ask_to_wait", "volunteers", stan.pk, "interview"),
        to("take_back", "checks", row.pk),
    )
    for who, status in ((town.ruth, 200), (morgan, 200), (town.imran, 404), (stan.user, 403)):
        assert {as_(who).get(one).status_code for one in addresses} == {status}
    for wrong in (
        to("clearance", "people", stan.pk),
        to("clearance", "families", stan.pk),
        to("record_step", "volunteers", stan.pk, "check"),
        to("record_check", "families", stan.pk),
        to("take_back", "concerns", row.pk),
        to("clearance", "volunteers", 10**15),
    ):
        assert as_(morgan).get(wrong).status_code == 404


def test_a_lead_or_coach_finds_nobody_of_their_own_family(town: cast.Town, morgan: User):
    family = cast.family("Ours", guardian="Kim", at=town.burntwood, coach=morgan)
    Guardian.objects.create(family=family, user=morgan, name="Morgan")
    assert as_(morgan).get(to("clearance", "families", family.pk)).status_code == 404
    assert as_(morgan).post(to("approve", "families", family.pk)).status_code == 404


def test_opening_a_family_is_written_down_with_its_purpose(town: cast.Town, morgan: User):
    helper = street.sharing(
        "Denise and Mark", guardian="Denise", at=town.burntwood, coach=town.ruth
    )
    for who, purpose in ((town.ruth, "coaching"), (morgan, "safeguarding")):
        assert "Denise" in page(as_(who), "clearance", "families", helper.family_id)
        assert AccessEvent.objects.filter(actor=who, purpose=purpose).count() == 1


def test_a_step_waits_when_another_says_so(stan: Volunteer, town: cast.Town, morgan: User):
    ruth, whose = as_(town.ruth), ("volunteers", stan.pk)
    check(stan, town.ruth)
    steps(stan, town.ruth, kinds=[kind for kind in EVERY_STEP if kind != "induction"])
    sent = {
        "reason": "no_date",
        "until_on": timezone.localdate() + timedelta(days=40),
        "client_id": uuid4(),
    }
    for _twice in range(2):
        ruth.post(to("ask_to_wait", *whose, "induction"), sent)
    asked = Exemption.objects.get()
    assert ruth.post(to("grant", asked.pk)).status_code == 403
    assert "1 step that somebody asks may wait" in as_(morgan).get("/home/").content.decode()
    assert as_(morgan).get(to("grant", asked.pk)).status_code == 405
    as_(morgan).post(to("grant", asked.pk))
    assert "May wait until" in page(ruth, "clearance", *whose)
    ruth.post(to("approve", *whose))
    assert Approval.objects.exists()


def test_a_mistake_is_asked_about_first_and_stays_to_be_seen(stan: Volunteer, town: cast.Town):
    row, ruth = check(stan, town.ruth), as_(town.ruth)
    assert "Was this a mistake?" in page(ruth, "take_back", "checks", row.pk)
    assert not TakenBack.objects.exists()
    for _twice in range(2):
        ruth.post(to("take_back", "checks", row.pk))
    assert TakenBack.objects.count() == 1
    assert "Taken back by Ruth" in page(ruth, "clearance", "volunteers", stan.pk)


def test_a_supporter_reads_their_own_steps_and_nobody_elses(town: cast.Town):
    helper = street.sharing(
        "Denise and Mark", guardian="Denise", at=town.burntwood, coach=town.ruth
    )
    assert helper.family is not None
    mark = Guardian.objects.create(
        family=helper.family, name="Mark", user=cast.user("mark@example.org", "Mark")
    )
    check(mark, town.ruth, decision="refused")
    denise = as_(cast.guardian_of(helper.family))
    assert "You’ve done everything we ask. Thank you." in page(denise, "getting_ready")
    own = page(as_(mark.user), "getting_ready")  # type: ignore[arg-type]
    assert "Ruth will talk with you about it." not in own  # the references come first
    assert "Not cleared" in own
    assert "Write to Ruth" in own
    talk = as_(mark.user).post(reverse("messaging:my_coach"))  # type: ignore[arg-type]
    assert "/talk/" in talk["Location"]


def test_a_supporter_without_a_coach_meets_no_dead_end(town: cast.Town):
    ros = cast.volunteer("Ros", at=town.burntwood, standing="applied")
    words = page(as_(ros.user), "getting_ready")  # type: ignore[arg-type]
    assert "Your coach" in words
    assert "Write to" not in words
    assert to("getting_ready") in as_(ros.user).get("/home/").content.decode()  # type: ignore[arg-type]
    assert as_(ros.user).post(reverse("messaging:my_coach")).status_code == 404  # type: ignore[arg-type]


def test_the_list_costs_the_same_however_long(town: cast.Town):
    ruth, asked = as_(town.ruth), []
    for many in (1, 9):
        for n in range(many):
            street.sharing(
                f"F{many}{n}", guardian=f"G{many}{n}", at=town.burntwood, coach=town.ruth
            )
            cast.volunteer(f"V{many}{n}", at=town.burntwood, coach=town.ruth)
        with CaptureQueriesContext(connection) as queries:
            page(ruth, "clearances")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_list_is_soonest_first_and_leaves_out_who_has_everything(town: cast.Town):
    today = timezone.localdate()
    for name, ends in (("Late", 80), ("Gone", -3), ("Soon", 10), ("Fine", 600)):
        helper = cast.volunteer(name, at=town.burntwood, coach=town.ruth)
        check(helper, town.ruth, valid_until_on=today + timedelta(days=ends))
        ready(helper, town.ruth)
    words = page(as_(town.ruth), "clearances")
    places = [words.index(f"<b>{name}</b>") for name in ("Gone", "Soon", "Late")]
    assert places == sorted(places)
    assert "Fine" not in words
    assert "One other has everything" in words


class TestWhatIsAsked:
    """The page of requirements."""

    @staticmethod
    def sent(client: Client, **fields: object) -> dict[str, object]:
        """The form as the page gives it, with the days and a reason filled in."""
        form = client.get(to("requirements")).context["form"]
        today = timezone.localdate()
        told = {name: form[name].value() for name in form.fields if form[name].value() is not None}
        told |= {
            "counts_from_on": today,
            "existing_until_on": today + timedelta(days=120),
            "why": "Two were too few.",
            "references": 3,
            **fields,
        }
        return {name: value for name, value in told.items() if value is not False}

    def test_a_lead_sets_a_version_once(self, morgan: User):
        client = as_(morgan)
        sent = self.sent(client)
        assert client.post(to("set_requirements"), sent).status_code == 302
        again = client.post(to("set_requirements"), sent)
        assert again.status_code == 400
        assert "Somebody set version 3 while you wrote" in again.content.decode()
        made = RequirementsVersion.objects.get(version=3)
        assert (made.references, made.set_by, made.levels.count()) == (3, morgan, 6)
        assert "Two were too few." in page(client, "requirements")

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"why": ""}, "Say why"),
            ({"references": "many"}, "whole number"),
            ({"existing_until_on": "2026-11-23"}, "ninety days"),
            ({"counts_from_on": "9999-12-31"}, "Write the day like"),
            ({"scotland_volunteer_level": "dbs_basic"}, "Pick one of these"),
            ({"england_wales_volunteer_activity": "chance"}, "a basic check only"),
            ({"code_version": 0, "references": 2, "interview": None}, ""),
        ],
    )
    def test_a_slip_comes_back_as_it_was_written(
        self, morgan: User, fields: dict[str, object], says: str
    ):
        client = as_(morgan)
        sent = {k: v for k, v in self.sent(client, **fields).items() if v is not None}
        response = client.post(to("set_requirements"), sent)
        if says:
            assert response.status_code == 400
            assert says in response.content.decode()
            assert RequirementsVersion.objects.count() == 2
        else:
            assert RequirementsVersion.objects.get(version=3).interview is False

    def test_a_coach_reads_it_and_cannot_set_it(self, town: cast.Town):
        words = page(as_(town.ruth), "requirements")
        assert "Came with Kith" in words
        assert "Set this version" not in words
