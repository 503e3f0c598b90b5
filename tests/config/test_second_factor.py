"""Staff go on only in a session that a second factor has opened, whichever door it came in by (trust.md F1)."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client

from config.checks import our_views
from people.access import policies
from people.models import StaffRole, User
from tests import cast

SECRET = "JBSWY3DPEHPK3PXP"
OPEN_TO_ALL = ("health", "safeguarding:raise", "safeguarding:thanks", "admin:login")


@pytest.fixture(autouse=True)
def wanted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a server; the clock of the apps on people's phones stands still until a test moves it on."""
    settings.STAFF_NEED_SECOND_FACTOR = True
    PHONE.step = (
        time.time_ns()
    )  # another code in each test, because used ones are remembered for half a minute
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([PHONE.step]))


class PHONE:
    """Counts half minutes, as the app does."""

    step = 0


def staff_paths() -> Iterator[str]:
    """Give an address of every view that any staff may use, with made-up numbers in it, and of both admins."""
    yield from ("/admin/", "/admin/pages/", "/django-admin/", "/django-admin/people/user/")
    from django.urls import get_resolver  # noqa: PLC0415

    def walk(resolver: Any, before: str, space: str) -> Iterator[tuple[str, str]]:
        for entry in resolver.url_patterns:
            path = before + str(entry.pattern)
            if hasattr(entry, "url_patterns"):
                inner = f"{space}{entry.namespace}:" if entry.namespace else space
                yield from walk(entry, path, inner)
            else:
                yield f"{space}{entry.name}", path

    addresses = dict(walk(get_resolver(), "/", ""))
    for name, _path, view in our_views():
        allowed = policies()[view.access_policy]
        for_staff = not isinstance(allowed, list) or set(allowed) & set(StaffRole.Role.values)
        if for_staff and name not in OPEN_TO_ALL:
            yield re.sub(r"<[^>]+>", "1", addresses[name])


def test_it_knows_many_staff_pages() -> None:
    assert len(set(staff_paths())) > 20
    assert "/concern/all/" in set(staff_paths())


@pytest.mark.parametrize("role", StaffRole.Role.values)
def test_no_staff_page_opens_without_a_second_factor(db: None, role: str) -> None:
    client = Client()
    client.force_login(cast.staff(f"{role}@example.org", "Worker", role))
    for path in staff_paths():
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code == 302, path
            assert answer["Location"] == "/accounts/2fa/", path


@pytest.mark.parametrize("flag", ["is_staff", "is_superuser"])
def test_whoever_may_open_an_admin_counts_as_staff(db: None, flag: str) -> None:
    user = cast.user("chief@example.org", "Chief")
    setattr(user, flag, True)
    user.save()
    client = Client()
    client.force_login(user)
    assert client.get("/home/")["Location"] == "/accounts/2fa/"


def test_to_have_one_and_not_to_use_it_is_not_enough(db: None) -> None:
    coach = with_totp(cast.staff("ruth@example.org", "Ruth", "coach"))
    client = Client()
    client.force_login(coach)  # what a door that takes a password alone would do
    answer = client.get("/talk/?page=2")
    assert answer["Location"] == "/accounts/2fa/reauthenticate/?next=%2Ftalk%2F%3Fpage%3D2"
    assert client.post("/talk/1/")["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fhome%2F"


def test_a_key_is_asked_for_as_a_key(db: None) -> None:
    coach = cast.staff("ruth@example.org", "Ruth", "coach")
    Authenticator.objects.create(user=coach, type=Authenticator.Type.WEBAUTHN, data={})
    client = Client()
    client.force_login(coach)
    assert client.get("/home/")["Location"].startswith("/accounts/2fa/webauthn/reauthenticate/")


def test_recovery_codes_alone_are_not_a_second_factor(db: None) -> None:
    coach = cast.staff("ruth@example.org", "Ruth", "coach")
    Authenticator.objects.create(user=coach, type=Authenticator.Type.RECOVERY_CODES, data={})
    client = Client()
    client.force_login(coach)
    assert client.get("/home/")["Location"] == "/accounts/2fa/"


def test_a_code_by_mail_and_one_from_the_app_let_staff_in(db: None) -> None:
    coach = with_totp(cast.staff("ruth@example.org", "Ruth", "coach"))
    client = Client()
    answer = come_in_by_mail(client, coach)
    assert "/accounts/2fa/authenticate/" in answer["Location"]
    assert "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": code_now()})
    assert client.get("/talk/").status_code == 200


def test_staff_without_one_can_set_one_up_and_use_it(db: None) -> None:
    """No dead end for somebody who was made by file and never had a password."""
    coach = cast.staff("ruth@example.org", "Ruth", "coach")
    coach.set_unusable_password()
    coach.save()
    EmailAddress.objects.create(user=coach, email=coach.email, primary=True, verified=True)
    client = Client()
    come_in_by_mail(client, coach)
    assert client.get("/home/", follow=True).redirect_chain == [("/accounts/2fa/", 302)]
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    secret = client.session["mfa.totp.secret"]
    client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    assert Authenticator.objects.filter(user=coach, type=Authenticator.Type.TOTP).exists()
    answer = client.get("/talk/")
    assert answer["Location"].startswith("/accounts/2fa/reauthenticate/")
    PHONE.step += 1
    answer = client.post(answer["Location"], {"code": code_now(secret)})
    assert answer["Location"] == "/talk/"
    assert client.get("/talk/").status_code == 200


def test_a_code_is_taken_once(db: None) -> None:
    """ASVS 6.5.1: whoever looked over a shoulder can't use the same code again."""
    coach = with_totp(cast.staff("ruth@example.org", "Ruth", "coach"))
    client, other = Client(), Client()
    come_in_by_mail(client, coach)
    client.post("/accounts/2fa/authenticate/", {"code": code_now()})
    come_in_by_mail(other, coach)
    other.post("/accounts/2fa/authenticate/", {"code": code_now()})
    assert "_auth_user_id" in client.session
    assert "_auth_user_id" not in other.session


def test_staff_may_raise_a_concern_and_sign_out_without_one(db: None) -> None:
    client = Client()
    client.force_login(cast.staff("ruth@example.org", "Ruth", "coach"))
    assert client.get("/concern/").status_code == 200
    assert client.get("/health/").status_code == 200
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_families_are_never_asked(db: None) -> None:
    client = Client()
    client.force_login(cast.user("amara@example.org", "Amara"))
    assert not client.get("/home/").headers.get("Location", "").startswith("/accounts/2fa/")


def test_on_somebodys_own_machine_it_can_be_left_out(db: None, settings: Any) -> None:
    settings.STAFF_NEED_SECOND_FACTOR = False
    client = Client()
    client.force_login(cast.staff("ruth@example.org", "Ruth", "coach"))
    assert client.get("/talk/").status_code == 200


def with_totp(user: User) -> User:
    """Give the user with an app on their phone and an address they have shown to be theirs."""
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    totp.TOTP.activate(user, SECRET)
    return user


def code_now(secret: str = SECRET) -> str:
    """Give what the app on the phone shows."""
    return totp.format_hotp_value(totp.hotp_value(secret, PHONE.step))


def come_in_by_mail(client: Client, user: User) -> Any:
    """Ask for a code, type it, and give the answer."""
    client.post("/accounts/login/", {"login": user.email})
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", str(mail.outbox[-1].body))
    assert code
    return client.post("/accounts/login/code/confirm/", {"code": code[0]})
