"""Four walls and three courtesies: the looser content policy stays inside the editor, staff bring a second factor, no
cache keeps a page of somebody signed in, no phone keeps anything after a sign-out; everybody is spoken to in the
language they chose, nobody waits for a code that was never sent, and the address of a button says what it is.

The first must stand after CSPMiddleware in settings.MIDDLEWARE, which reads what it leaves on the response.
"""

import logging
from collections.abc import Callable
from http import HTTPStatus

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from people.access import is_staff_member
from people.joining import MailAway

log = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]

EDITOR_PATHS = ("/admin/", "/django-admin/")
# Wagtail 8.0 still writes inline scripts and styles in five templates (trust.md F6). A nonce would make
# browsers ignore 'unsafe-inline', so this policy is never merged with the public one.
EDITOR_DIRECTIVES = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-ancestors": ["'self'"],
    "frame-src": ["'self'"],
}
# Whole folders, and single pages: /concern/ raises one, but /concern/all/ reads them.
FOLDERS_WITHOUT_SECOND_FACTOR = ("/accounts/", "/static/")
PAGES_WITHOUT_SECOND_FACTOR = ("/health/", "/concern/", "/concern/thank-you/")


def policy_for_the_editor(get_response: Answer) -> Answer:
    """Give pages under /admin/ the looser policy that Wagtail needs, and only those."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(EDITOR_PATHS):
            response._csp_replace = EDITOR_DIRECTIVES  # type: ignore[attr-defined]  # django-csp reads it
        return response

    return answer


def their_own_language(get_response: Answer) -> Answer:
    """Speak to whoever is signed in in the language they chose, whatever this phone is set to."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.reads)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return answer


def second_factor_for_staff(get_response: Answer) -> Answer:
    """Let staff go on only in a session that a second factor has opened, whichever door it came in by (trust.md F1).

    To have one isn't enough: a side door that takes a password alone would open a session of somebody who has. Staff
    without one are sent to set one up; the others, to use it.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if (
            request.user.is_authenticated
            and not _open_to_all_staff(request.path)
            and must_bring_second_factor(request)
        ):
            return redirect(_where_to_use_it(request))
        return get_response(request)

    return answer


def must_bring_second_factor(request: HttpRequest) -> bool:
    """Say whether whoever is signed in is staff, in a session that no second factor has opened yet."""
    return (
        settings.STAFF_NEED_SECOND_FACTOR
        and is_staff_member(request.user)
        and not _has_used_it(request)
    )


def nothing_in_a_cache(get_response: Answer) -> Answer:
    """Keep every page of somebody signed in out of caches, Back on a shared phone included (ASVS 14.3.2)."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return answer


def nothing_left_on_the_phone(get_response: Answer) -> Answer:
    """At sign-out, have the browser forget what was kept on it, the page for when there is no signal included.

    static/js/kept.js clears it too, for browsers that don't know the header and for a sign-out without a connection.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        response = get_response(request)
        if was_signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"storage"'
        return response

    return answer


def a_page_for_a_buttons_address(get_response: Answer) -> Answer:
    """Give words to whoever opens an address that only a button sends to, instead of an empty page."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
            allowed = response.headers.get("Allow", "")
            response = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
            response.headers["Allow"] = allowed
        return response

    return answer


def _open_to_all_staff(path: str) -> bool:
    return path in PAGES_WITHOUT_SECOND_FACTOR or path.startswith(FOLDERS_WITHOUT_SECOND_FACTOR)


def _has_used_it(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(used.get("method") == "mfa" for used in records)


def _where_to_use_it(request: HttpRequest) -> str:
    has = set(Authenticator.objects.filter(user=request.user.pk).values_list("type", flat=True))
    if Authenticator.Type.TOTP in has:
        address = reverse("mfa_reauthenticate")
    elif Authenticator.Type.WEBAUTHN in has:
        address = reverse("mfa_reauthenticate_webauthn")
    else:
        return reverse("mfa_index")
    wanted = request.get_full_path() if request.method == "GET" else reverse("home")
    return f"{address}?{urlencode({'next': wanted})}"


class SayItInOurWords:
    """Tell somebody whose code could not be sent to try again, instead of that something broke; and give whoever asks
    for somebody else's page the one that says so, on a developer's machine too.
    """

    def __init__(self, get_response: Answer) -> None:
        """Take what middleware takes; a class, because only a class hears of exceptions."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass everything on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Give the page for MailAway, with 503, or for a page that isn't there, and nothing for anything else."""
        if isinstance(exception, Http404):
            return render(request, "404.html", status=404)
        if not isinstance(exception, MailAway):
            return None
        log.error("The mail server does not take mail: %s", exception.__cause__)
        return render(request, "503.html", status=503)
