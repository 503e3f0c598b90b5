"""How a server is set up: read from the real settings in a process of its own, because tests run with looser ones."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import User
from tests import cast

ROOT = Path(__file__).resolve().parent.parent.parent
SERVER = {
    "DEBUG": "false",
    "SECRET_KEY": "for-this-test-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    "DATABASE_URL": "postgres://kith@127.0.0.1:5432/kith",
    "SITE_ADDRESS": "https://kith.example.org",
    "ALLOWED_HOSTS": "kith.example.org",
}
COOKIES = [
    f"{cookie}_COOKIE_{what}"
    for cookie in ("SESSION", "CSRF", "LANGUAGE")
    for what in ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "DOMAIN", "PATH")
]
OTHERS = [
    "SOCKET_ORIGINS",
    "CSRF_TRUSTED_ORIGINS",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "STAFF_NEED_SECOND_FACTOR",
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
    "ACCOUNT_LOGIN_BY_CODE_TIMEOUT",
    "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT",
    "ACCOUNT_REAUTHENTICATION_REQUIRED",
    "ACCOUNT_EMAIL_NOTIFICATIONS",
    "ACCOUNT_PREVENT_ENUMERATION",
    "WAGTAIL_ENABLE_UPDATE_CHECK",
    "WAGTAIL_GRAVATAR_PROVIDER_URL",
]


def run(*arguments: str, **changed: str | None) -> subprocess.CompletedProcess[str]:
    """Run Python as on a server, with some of its variables changed, or taken away by None."""
    variables = {**SERVER, **changed}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "ignore", *arguments],
        cwd=ROOT,
        env=kept | {name: value for name, value in variables.items() if value is not None},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def served() -> dict[str, Any]:
    """Give the settings of a server."""
    told = run(
        "-c",
        "import json, os; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'\n"
        "from django.conf import settings\n"
        f"print(json.dumps({{name: getattr(settings, name) for name in {COOKIES + OTHERS}}}))",
    )
    assert told.returncode == 0, told.stderr
    given: dict[str, Any] = json.loads(told.stdout)
    return given


def test_the_deploy_check_finds_nothing() -> None:
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout


def test_the_deploy_check_minds_a_server_on_sqlite() -> None:
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", DATABASE_URL=None)
    assert checked.returncode == 1
    assert "kith.W001" in checked.stderr


def test_it_does_not_start_without_a_secret_of_its_own(tmp_path: Path) -> None:
    # An empty value, because a .env file on this machine may hold one.
    told = run("manage.py", "check", SECRET_KEY="")
    assert told.returncode == 1
    assert "Kith needs SECRET_KEY" in told.stderr


def test_plain_http_is_sent_on_and_sockets_are_told_by_whole_origins(served) -> None:
    assert served["SECURE_SSL_REDIRECT"] is True
    assert served["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert served["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert served["SOCKET_ORIGINS"] == served["CSRF_TRUSTED_ORIGINS"] == [SERVER["SITE_ADDRESS"]]


def test_staff_need_a_second_factor_and_codes_last_ten_minutes(served) -> None:
    assert served["STAFF_NEED_SECOND_FACTOR"] is True
    assert served["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False
    assert served["ACCOUNT_LOGIN_BY_CODE_TIMEOUT"] <= 600
    assert served["ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT"] <= 600
    assert served["ACCOUNT_REAUTHENTICATION_REQUIRED"] is True
    assert served["ACCOUNT_EMAIL_NOTIFICATIONS"] is True
    assert served["ACCOUNT_PREVENT_ENUMERATION"]


def test_the_editor_tells_nobody_outside(served) -> None:
    assert served["WAGTAIL_ENABLE_UPDATE_CHECK"] is False
    assert served["WAGTAIL_GRAVATAR_PROVIDER_URL"] is None


@pytest.mark.django_db
def test_every_cookie_is_kept_from_scripts_other_sites_and_plain_http(served, settings) -> None:
    """Set the server's cookie settings, walk a sign-in, and read what was really set (ASVS 3.3)."""
    for name in COOKIES:
        setattr(settings, name, served[name])
    user = cast.user("amara@example.org", "Amara")
    browser = Client()
    seen: dict[str, Any] = {}
    for answer in walk(browser, user):
        seen |= answer.cookies
    assert {"__Host-kith", "__Host-csrf", settings.LANGUAGE_COOKIE_NAME} <= set(seen)
    for name, cookie in seen.items():
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert cookie["samesite"] in ("Lax", "Strict"), name
        if name.startswith("__Host-"):
            assert (cookie["path"], cookie["domain"]) == ("/", ""), name
        else:
            assert name == settings.LANGUAGE_COOKIE_NAME, f"{name} should be called __Host-{name}"


def walk(browser: Client, user: User) -> list[Any]:
    """Ask for a code, come in, choose a language, sign out."""
    answers = [
        browser.get("/accounts/login/", secure=True),
        browser.post("/accounts/login/", {"login": user.email}, secure=True),
        browser.get("/accounts/login/code/confirm/", secure=True),
    ]
    browser.force_login(user)
    return [
        *answers,
        browser.get("/accounts/email/", secure=True),
        browser.post(reverse("people:language"), {"language": "en-gb"}, secure=True),
        browser.post("/accounts/logout/", secure=True),
    ]
