"""Who may come in: the decorator every view carries, and the doors through which families are loaded.

A policy says which roles may use a view; a door says which row. Both are needed: a coach may use the family page,
but only for the families that this coach looks after. A view whose policy is unknown fails when it is imported.
"""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any
from urllib.parse import urlsplit

import yaml
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from people.models import Family, StaffRole, User, Volunteer

View = Callable[..., HttpResponse]


class SignedIn(HttpRequest):
    """A request behind any policy but "everybody": somebody has signed in, so `user` is a user.

    `htmx` is true when a part of a page asks for itself.
    """

    user: User
    htmx: HtmxDetails


EVERYBODY = "everybody"
SIGNED_IN = "signed in"


@cache
def policies() -> dict[str, Any]:
    """Give the policies of config/policies/roles.yaml: name → "everybody", "signed in" or a list of roles."""
    text = (settings.POLICIES_DIR / "roles.yaml").read_text(encoding="utf-8")
    stated: dict[str, Any] = yaml.safe_load(text)["policies"]
    return stated


def access(policy: str) -> Callable[[View], View]:
    """Let only those in who `policy` names; raises KeyError at import for a policy that roles.yaml does not state."""
    allowed = policies()[policy]

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if allowed != EVERYBODY:
                if not request.user.is_authenticated:
                    return _to_sign_in(request)
                if allowed != SIGNED_IN and not roles_of(request.user) & set(allowed):
                    raise PermissionDenied
            response = view(request, *args, **kwargs)
            if allowed != EVERYBODY:
                add_never_cache_headers(
                    response
                )  # ASVS 14.3.2: nothing of a person stays in a cache
            return response

        guarded.access_policy = policy  # type: ignore[attr-defined]  # read by config.checks
        return guarded

    return guard


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in, and from there back to where somebody stood.

    Whoever was signed out while they filled in a form is told that it wasn't kept, and led back to its page: a button's
    own address has none.
    """
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    messages.warning(
        request, _("You had been signed out, so that wasn’t kept. Sign in, then do it once more.")
    )
    stood_on = urlsplit(request.headers.get("Referer", ""))
    here = stood_on.netloc == request.get_host() and stood_on.path.startswith("/")
    return redirect_to_login(stood_on.path if here else reverse("home"))


def signed_in(request: HttpRequest) -> User:
    """Give whoever is signed in; for views that `@access` has let somebody into."""
    assert isinstance(request.user, User), "only behind a policy that asks people to sign in"
    return request.user


def roles_of(user: Any) -> set[str]:
    """Give the roles of a signed-in user, remembered on the object for the length of a request."""
    if not hasattr(user, "_roles"):
        roles = set(user.staff_roles.values_list("role", flat=True))
        if hasattr(user, "guardian"):
            roles.add("guardian")
        if hasattr(user, "volunteer"):
            roles.add("volunteer")
        user._roles = roles
    return user._roles


def is_staff_member(user: Any) -> bool:
    """Say whether a signed-in user works for the programme, in any role, or may open an admin."""
    return user.is_staff or user.is_superuser or bool(roles_of(user) & set(StaffRole.Role.values))


def own_family(user: Any) -> Family:
    """Give the family of a signed-in guardian; 404 for anybody else."""
    guardian = getattr(user, "guardian", None)
    if guardian is None:
        raise Http404
    return guardian.family


def coached_family(user: User, family_id: int) -> Family:
    """Give a family that this coach looks after; 404 for any other, so that nothing is learnt by asking."""
    family = Family.objects.looked_after_by(user).filter(pk=family_id).first()
    if family is None:
        raise Http404
    return family


def coached_volunteer(user: User, volunteer_id: int) -> Volunteer:
    """Give a volunteer that this coach looks after; 404 for any other."""
    volunteer = (
        Volunteer.objects.filter(coach=user, pk=volunteer_id)
        .select_related("user", "place")
        .first()
    )
    if volunteer is None:
        raise Http404
    return volunteer
