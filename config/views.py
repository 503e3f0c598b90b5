"""Home for whoever has signed in, and the health of the house. These views compose; they decide nothing."""

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from config import look as gallery
from config.home import parts_for
from people.access import access, roles_of, signed_in


@require_safe
@access("signed_in")
def home(request: HttpRequest) -> HttpResponse:
    """Show each person the page that says what is next for them."""
    user = signed_in(request)
    if not roles_of(user):
        return redirect("people:join")
    return render(request, "home.html", parts_for(user, at=timezone.now()))


@require_safe
@access("public")
def health(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers; for a supervisor, so it tells nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok"})


@require_safe
@access("public")
def look(request: HttpRequest) -> HttpResponse:
    """Show every component on one page, for whoever builds the next screen."""
    return render(request, "look/gallery.html", {**gallery.words(), **gallery.pictures()})


@access("public")
def to_sign_in(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """Lead Wagtail's and Django's own sign-in pages to ours, which knows second factors; their forms are never read.

    allauth's `secure_admin_login` would not do (trust.md F1): it hands Django's form to staff who are signed in, who
    could then become somebody else with that person's password alone. Somebody who is signed in already and was sent
    here may not go where they wanted: say so, or they would be sent in a circle.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    query = request.META.get("QUERY_STRING", "")
    return redirect(reverse("account_login") + (f"?{query}" if query else ""))
