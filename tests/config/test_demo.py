"""The demonstration loads whole, its books balance, it is the same every time, and no server gets it by mistake."""

import hashlib
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.conf import settings as chosen
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse

from config.demonstration import community as files
from config.demonstration import dating, growing, loading, people
from goals.models import Goal, Rating, WebMark, WellbeingWeb
from matching.models import Contact, HowWasIt, LinkUp, LookBack, Supporter, Together, Word
from messaging.models import Conversation, Message, Participant
from people.models import Child, Consent, Family, Place, User, Volunteer
from safeguarding.models import Check
from tests import cast
from timebank.models import Account, Exchange, Listing, Transfer

A_FRIDAY = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
A_TUESDAY = datetime(2027, 3, 2, 8, 0, tzinfo=UTC)
# What tells two loads apart if anything does; numbers of rows may differ, what they say may not.
TOLD = {
    Family: (
        "reference",
        "display_name",
        "place__name",
        "free_times",
        "wants_link_up",
        "hopes_for",
        "coach__email",
    ),
    Volunteer: ("reference", "name", "place__name", "standing"),
    Supporter: ("family__reference", "volunteer__reference", "capacity", "about"),
    Child: ("family__reference", "age_band", "interests"),
    Consent: ("user__email", "purpose", "given", "at"),
    Check: ("level", "number_last4", "valid_until_on"),
    Goal: ("family__reference", "words", "set_at", "hope"),
    Rating: ("goal__words", "value", "scorer", "words", "at"),
    WebMark: ("web__family__reference", "web__scorer", "web__at", "domain", "value"),
    LinkUp: ("reference", "family__reference", "planned_end_on", "ended_on", "ending"),
    Contact: ("link_up__reference", "side", "due_on", "done_on", "words"),
    LookBack: ("link_up__reference", "side", "voice", "words", "at"),
    HowWasIt: ("link_up__reference", "week", "answer", "words", "at"),
    Word: ("link_up__reference", "side", "kind", "words", "at"),
    Message: ("author__email", "words", "at", "client_id"),
    Listing: ("reference", "title", "posted_at"),
    Exchange: ("words", "claimed_minutes", "standing", "recorded_at", "settled_at", "client_id"),
    Transfer: ("minutes", "reason", "happened_at", "recorded_at", "payer_balance_after"),
    Account: ("family__reference", "volunteer__reference", "balance_minutes", "opened_at"),
}


def digest() -> str:
    """Give one line that is the same for two databases that tell the same story."""
    own = Account.objects.exclude(kind=Account.Kind.POT)
    told = hashlib.sha256()
    for model, fields in TOLD.items():
        rows = own if model is Account else model.objects.all()
        for row in sorted(map(str, rows.values_list(*fields))):
            told.update(row.encode())
    return told.hexdigest()


def load(size: int = 60, at: datetime = A_FRIDAY) -> None:
    loading.load(size=size, at=at, say=lambda words: None)


@pytest.fixture(scope="class")
def demonstration(django_db_setup, django_db_blocker):
    """The whole demonstration, loaded once for a class of tests and undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("demonstration", "db")
class TestTheCommunity:
    """What is there once it is loaded."""

    def test_it_is_all_there(self):
        written = files.read()
        assert Family.objects.filter(reference__startswith="F").count() == len(written["families"])
        assert Supporter.objects.count() == len(written["supporters"]) + len(written["volunteers"])
        assert LinkUp.objects.count() == len(written["linkups"])
        assert Contact.objects.count() == len(written["contacts"])
        assert Together.objects.count() == len(written["togethers"])
        assert WellbeingWeb.objects.count() == len(written["webs"])
        assert WebMark.objects.filter(value=None).exists()  # somebody isn't sure
        assert Listing.objects.count() == len(written["listings"])
        assert Message.objects.count() == len(written["messages"])
        hours = len(written["exchanges"]) + len(written["togethers"])
        assert Exchange.objects.count() == hours

    def test_its_books_balance(self):
        said = StringIO()
        call_command("check_ledger", stdout=said)
        assert "sum 0" in said.getvalue()
        assert "0 drift" in said.getvalue()
        confirmed = Exchange.objects.filter(standing=Exchange.Standing.CONFIRMED)
        assert Transfer.objects.count() == confirmed.count() > 200
        assert Exchange.objects.filter(standing=Exchange.Standing.WAITING).exists()

    def test_its_hours_were_posted_in_the_order_of_their_days(self):
        days = list(Transfer.objects.order_by("id").values_list("recorded_at", flat=True))
        assert days == sorted(days)

    def test_nothing_in_it_happens_later_than_now(self):
        for model, field in {
            Message: "at",
            Rating: "at",
            Transfer: "recorded_at",
            Exchange: "recorded_at",
            Listing: "posted_at",
            Goal: "set_at",
        }.items():
            assert not model.objects.filter(**{f"{field}__gt": A_FRIDAY}).exists()

    def test_ended_link_ups_take_no_more_words_and_their_families_look_no_further(self):
        ended = LinkUp.objects.filter(ended_on__isnull=False)
        assert not ended.filter(conversation__closed_at__isnull=True).exists()
        niamh = Family.objects.get(reference="F056")
        assert niamh.supporter
        assert not niamh.wants_link_up
        assert Family.objects.get(guardians__name="Nadia").wants_link_up

    def test_children_and_coaches_are_heard_beside_the_adults(self):
        child = Rating.objects.filter(scorer="child").select_related("by", "goal__family").first()
        assert child.by == child.goal.family.coach
        assert Rating.objects.filter(scorer="coach").exists()

    def test_somebody_has_something_new_to_read_and_nobody_everything(self):
        talks = Participant.objects.all()
        assert talks.filter(seen_id__gt=0).count() > talks.count() / 2

    def test_everybody_to_sign_in_as_is_there(self):
        for name, email, _ in people.PEOPLE:
            user = User.objects.get(email=email)
            assert user.name.startswith(name)
            assert user.emailaddress_set.get().verified
            assert not user.has_usable_password()  # a code lets them in

    def test_its_pages_are_published(self):
        from cms.models import EventPage, StoryPage  # noqa: PLC0415

        assert StoryPage.objects.live().count() >= 6
        assert EventPage.objects.live().filter(starts_at__gt=A_FRIDAY).exists()

    def test_loading_it_again_says_that_it_is_here(self, settings):
        settings.DEBUG = True
        before = digest()
        said = StringIO()
        call_command("demo", stdout=said)
        assert "is here already; nothing was changed" in said.getvalue()
        assert digest() == before

    def test_the_files_go_in_a_second_time_unchanged(self, tmp_path):
        from matching.importing import families  # noqa: PLC0415
        from people.importing.running import run  # noqa: PLC0415

        moved = dating.moved_to(files.read(), A_FRIDAY.date())
        files.write(moved, tmp_path)
        report = run(families(), tmp_path / "families.csv", at=A_FRIDAY)
        assert (report.new, report.changed) == (0, 0)
        assert report.unchanged == len(moved["families"])


@pytest.mark.django_db
def test_two_loads_tell_the_same_story():
    digests = []
    for _ in range(2):
        with transaction.atomic():
            load(size=70)
            digests.append(digest())
            assert Family.objects.filter(reference__startswith="F").count() == 70
            transaction.set_rollback(True)
    assert digests[0] == digests[1]


@pytest.mark.django_db
def test_it_stands_as_at_the_last_friday_whatever_the_day():
    load(size=5, at=A_TUESDAY)
    assert Message.objects.filter(at__lte=A_TUESDAY).count() == Message.objects.count()
    written = {row["reference"]: row["started_on"] for row in files.read()["linkups"]}
    for link_up in LinkUp.objects.all():
        moved = link_up.started_on - date.fromisoformat(written[link_up.reference])
        assert moved.days == 14 * 7
    assert Conversation.objects.exists()


def test_a_larger_one_is_of_the_same_kind():
    written = files.read()
    larger = growing.grown(written, 240)
    for name in ("families", "supporters", "volunteers", "linkups", "ratings", "togethers"):
        assert len(larger[name]) == 4 * len(written[name])
        assert larger[name][: len(written[name])] == written[name]
    coaches = [row for row in larger["staff"] if "coach" in row["roles"]]
    assert len(coaches) == 8
    references = [row["reference"] for row in larger["families"]]
    assert len(set(references)) == len(references)
    assert {row["place"] for row in larger["families"]} > {
        row["place"] for row in written["families"]
    }
    assert growing.grown(written, 240) == larger


@pytest.mark.parametrize("size", [1, 7, 60, 61, 125])
def test_any_size_holds_together(size):
    some = growing.grown(files.read(), size)
    assert len(some["families"]) == size
    people_there = {
        row["reference"]
        for name in ("families", "supporters", "volunteers", "organisations")
        for row in some[name]
    }
    link_ups = files.references(some["linkups"])
    assert {row["owner"] for row in some["listings"]} <= people_there
    assert {row["listing"] for row in some["exchanges"]} - {""} <= files.references(
        some["listings"]
    )
    assert {row["linkup"] for row in some["togethers"] + some["contacts"]} <= link_ups
    for row in some["linkups"]:
        assert {row["family"], row["supporter"]} <= people_there


def test_it_is_refused_on_a_server_unless_forced(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="This is a server"):
        call_command("demo")


@pytest.mark.django_db
def test_forced_on_a_server_it_loads_and_its_people_sign_in_by_code(settings, client):
    settings.DEBUG = False
    said = StringIO()
    call_command("demo", "--force", "--families=1", stdout=said, stderr=StringIO())
    assert "amara@example.org" in said.getvalue()
    client.post(reverse("account_login"), {"login": "amara@example.org"})
    assert mail.outbox[-1].to == ["amara@example.org"]


@pytest.mark.django_db
def test_it_is_refused_where_there_are_other_people(settings, town: cast.Town):
    settings.DEBUG = True
    with pytest.raises(CommandError, match="There are people in this database already"):
        call_command("demo")
    assert Place.objects.count() == 2


@pytest.mark.django_db
def test_it_says_whom_to_sign_in_as_without_loading(settings):
    settings.DEBUG = True
    said = StringIO()
    call_command("demo", "--people", stdout=said)
    assert "amara@example.org" in said.getvalue()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_wrong_line_in_its_files_stops_it_and_leaves_nothing(settings, monkeypatch):
    settings.DEBUG = True
    wrong = files.read()
    wrong["families"][3]["place"] = "atlantis"
    monkeypatch.setattr(files, "read", lambda: wrong)
    with pytest.raises(CommandError, match=r"families.csv: .*Line 5, place: “atlantis”"):
        call_command("demo", stderr=StringIO())
    assert not Place.objects.exists()


def test_it_makes_the_tables_of_a_database_that_has_none(tmp_path):
    address = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    told = subprocess.run(
        [sys.executable, "manage.py", "demo", "--force", "--families", "2"],
        cwd=chosen.BASE_DIR,
        env={**os.environ, "DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert "Sign in as" in told.stdout
