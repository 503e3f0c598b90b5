"""What every answer carries: the content policy, and the headers around it (trust.md F6, ASVS 3.4)."""

import gzip

import pytest
from django.test import Client

from people.models import User
from tests import cast

PUBLIC = (
    "/",
    "/look/",
    "/health/",
    "/concern/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/login/code/",
    "/accounts/password/reset/",
    "/no-such-page/",
)
SIGNED_IN = (
    "/home/",
    "/talk/",
    "/talk/1/",
    "/accounts/email/",
    "/accounts/2fa/",
    "/accounts/sessions/",
)
EDITORS = ("/admin/", "/admin/pages/", "/django-admin/", "/django-admin/people/user/")


@pytest.fixture
def chief(db: None) -> Client:
    """The browser of somebody who may do everything."""
    client = Client()
    client.force_login(User.objects.create_superuser("chief@example.org", name="Chief"))
    return client


def policy(answer) -> dict[str, list[str]]:
    """Give the content policy of an answer, directive by directive."""
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip()]
    return {name: sources for name, *sources in parts}


def strict(answer) -> None:
    """Make sure that nothing inline, evaluated or foreign may run."""
    stated = policy(answer)
    assert stated["script-src"] == stated["style-src"] == stated["default-src"] == ["'self'"]
    assert stated["connect-src"] == stated["form-action"] == ["'self'"]
    assert stated["object-src"] == stated["base-uri"] == stated["frame-ancestors"] == ["'none'"]
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_public_and_account_pages_are_strict(client: Client, path: str) -> None:
    strict(client.get(path))
    strict(client.post(path))


@pytest.mark.parametrize("path", PUBLIC + SIGNED_IN)
def test_they_stay_strict_for_somebody_signed_in(chief: Client, path: str) -> None:
    strict(chief.get(path))


@pytest.mark.parametrize("path", EDITORS)
def test_the_editor_gets_its_own_looser_policy(chief: Client, path: str) -> None:
    stated = policy(chief.get(path))
    assert "'unsafe-inline'" in stated["script-src"]
    # A nonce would make browsers ignore 'unsafe-inline', and eval is asked for by nobody.
    assert not any(source.startswith("'nonce-") for source in stated["script-src"])
    assert "'unsafe-eval'" not in stated["script-src"]
    assert stated["object-src"] == ["'none'"]
    assert not any(
        "//" in source or source == "*" for sources in stated.values() for source in sources
    )


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/administration/", "/admins/x/", "/x/admin/", "/talk/admin/"])
def test_only_the_editors_own_folder_is_looser(client: Client, path: str) -> None:
    strict(client.get(path))


@pytest.mark.parametrize("path", PUBLIC + SIGNED_IN + EDITORS)
def test_every_answer_carries_the_other_headers(chief: Client, path: str) -> None:
    headers = chief.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] in ("DENY", "SAMEORIGIN")
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("path", ["/look/", "/concern/", "/accounts/sessions/", "/admin/pages/"])
def test_pages_travel_small(chief: Client, path: str) -> None:
    sent = chief.get(path, headers={"accept-encoding": "gzip"})
    assert sent["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in sent["Vary"]
    # Up to a hundred bytes of it are there by chance, against BREACH.
    assert len(sent.content) < len(gzip.decompress(sent.content))


@pytest.mark.parametrize("path", PUBLIC + SIGNED_IN + EDITORS)
def test_nothing_of_somebody_signed_in_stays_in_a_cache(chief: Client, path: str) -> None:
    assert "no-store" in chief.get(path)["Cache-Control"]


@pytest.mark.django_db
def test_a_public_page_may_be_cached_for_somebody_signed_out(client: Client) -> None:
    assert "no-store" not in client.get("/look/").headers.get("Cache-Control", "")


@pytest.mark.django_db
def test_a_family_gets_no_page_from_a_cache_either() -> None:
    client = Client()
    client.force_login(cast.user("amara@example.org", "Amara"))
    for path in ("/home/", "/look/", "/accounts/email/"):
        assert "no-store" in client.get(path)["Cache-Control"]


@pytest.mark.parametrize("path", ["/health/", "/", "/hours/books/", "/concern/"])
def test_it_answers_whoever_only_asks_whether_it_is_there(client, db, path: str) -> None:
    assert client.head(path).status_code == 200
