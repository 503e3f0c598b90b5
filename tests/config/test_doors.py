"""Every door into the house leads to the one sign-in (trust.md F1, ASVS 6.3.4)."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.contrib.auth.views import LoginView, PasswordResetConfirmView, PasswordResetView
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from config.views import to_sign_in
from people.models import User
from tests import cast

DOORS = ("/admin/login/", "/_util/login/", "/django-admin/login/")
PASSWORD = "a-long-password"


@pytest.fixture
def chief(db: None) -> User:
    """Somebody who may do everything."""
    return User.objects.create_superuser("chief@example.org", PASSWORD, name="Chief")


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("method", ["get", "post", "head", "put"])
def test_it_leads_to_the_one_sign_in_and_back(
    client: Client, db: None, door: str, method: str
) -> None:
    answer = getattr(client, method)(f"{door}?next=/admin/pages/")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/admin/pages/"


@pytest.mark.parametrize("door", DOORS)
def test_it_lets_nobody_in_by_password_at_a_side_door(
    client: Client, chief: User, door: str
) -> None:
    for field in ("username", "email", "login"):
        client.post(door, {field: chief.email, "password": PASSWORD})
        assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("door", DOORS)
def test_staff_who_are_signed_in_do_not_become_somebody_else_there(chief: User, door: str) -> None:
    worker = cast.staff("worker@example.org", "Worker")
    worker.is_staff = True
    worker.save()
    client = Client()
    client.force_login(worker)
    for field in ("username", "email", "login"):
        answer = client.post(door, {field: chief.email, "password": PASSWORD})
        assert answer.status_code == 403
        assert client.session["_auth_user_id"] == str(worker.pk)


@pytest.mark.parametrize("page", ["/admin/", "/django-admin/", "/admin/login/", "/_util/login/"])
def test_somebody_signed_in_is_told_no_and_not_sent_in_circles(db: None, page: str) -> None:
    client = Client()
    client.force_login(cast.user("amara@example.org", "Amara"))
    assert client.get(page, follow=True).status_code == 403


def test_the_chief_may_still_open_both_admins(chief: User) -> None:
    client = Client()
    client.force_login(chief)
    for page in ("/admin/", "/django-admin/"):
        assert client.get(page).status_code == 200


@pytest.mark.parametrize("page", ["/admin/", "/django-admin/"])
def test_somebody_signed_out_comes_to_the_sign_in_with_the_way_back(
    client: Client, db: None, page: str
) -> None:
    address = client.get(page, follow=True).redirect_chain[-1][0]
    assert address == f"/accounts/login/?next={quote(page, safe='')}"


@pytest.mark.parametrize(
    "rest", ["", "done/", "complete/", "confirm/MQ/set-password/", "confirm/MQ/abc-def/"]
)
def test_passwords_are_reset_in_one_place(client: Client, db: None, rest: str) -> None:
    for answer in (
        client.get(f"/admin/password_reset/{rest}"),
        client.post(f"/admin/password_reset/{rest}", {"email": "chief@example.org"}),
    ):
        assert answer.status_code == 302
        assert answer["Location"] == "/accounts/password/reset/"


@pytest.mark.parametrize("rest", ["", "done/"])
def test_passwords_are_changed_in_one_place(chief: User, rest: str) -> None:
    client = Client()
    client.force_login(chief)
    answer = client.get(f"/django-admin/password_change/{rest}")
    assert answer["Location"] == "/accounts/password/change/"


@pytest.mark.parametrize(
    "path",
    ["//admin/login/", "/admin//login/", "/ADMIN/login/", "/admin/login", "/admin/%6cogin/"],
)
def test_no_other_spelling_of_a_door_opens_it(client: Client, chief: User, path: str) -> None:
    client.post(path, {"username": chief.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def _addresses(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        path = before + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from _addresses(entry, path)
        elif isinstance(entry, URLPattern):
            yield path


def test_no_package_brings_a_sign_in_that_nobody_has_shadowed() -> None:
    """Walk every address; whatever answers at one with "login" in it is allauth's or our own door."""
    fixed = {path for path in _addresses() if not set("<(?$") & set(path)}
    assert set(DOORS) <= fixed
    for path in fixed:
        answering = resolve(path).func
        of_django = getattr(answering, "view_class", object)
        assert not issubclass(of_django, LoginView | PasswordResetView | PasswordResetConfirmView)
        if "login" in path and not path.startswith("/accounts/"):
            assert answering is to_sign_in
