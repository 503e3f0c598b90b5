"""What every page is given: where a person can go, whose phone it is, and whether staff owe a second factor."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.middleware import must_bring_second_factor
from people.access import roles_of
from people.keeping import kept_for


@dataclass(frozen=True)
class Item:
    """One place in the navigation; `current` marks where the reader is."""

    label: Any
    url: str
    icon: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give `nav_items` for the top of wide pages and the bar of narrow ones: four at most."""
    return {
        "nav_items": [
            Item(
                label,
                url,
                icon,
                request.path == url or (url != "/" and request.path.startswith(url)),
            )
            for label, url, icon in _places(request)
        ]
    }


def second_factor(request: HttpRequest) -> dict[str, Any]:
    """Give `second_factor_wanted`, which a page of theirs asks to tell staff why they were sent to it."""
    return {"second_factor_wanted": partial(must_bring_second_factor, request)}


def kept(request: HttpRequest) -> dict[str, Any]:
    """Give `kept_for`, the mark by which a phone knows whose page it is, and nothing to somebody signed out."""
    user = getattr(request, "user", None)
    return {"kept_for": kept_for(user)} if user is not None and user.is_authenticated else {}


def _places(request: HttpRequest) -> list[tuple[Any, str, str]]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return [
            (_("Stories"), "/stories/", "book"),
            (_("What's on"), "/events/", "calendar"),
            (_("Near you"), "/services/", "map"),
        ]
    roles = roles_of(user)
    if roles & {"guardian", "volunteer"}:
        return [
            (_("My family") if "guardian" in roles else _("Home"), reverse("home"), "home"),
            (_("Messages"), reverse("messaging:conversations"), "talk"),
            (_("My hours"), reverse("timebank:statement"), "clock"),
            (_("What's on"), "/events/", "calendar"),
        ]
    return _places_for_staff(roles)


def _places_for_staff(roles: set[str]) -> list[tuple[Any, str, str]]:
    places: list[tuple[Any, str, str]] = [(_("Today"), reverse("home"), "home")]
    if "coach" in roles:
        places += [
            (_("Families"), reverse("matching:families"), "people"),
            (_("Matches"), reverse("matching:rounds"), "link"),
            (_("Messages"), reverse("messaging:conversations"), "talk"),
        ]
    if "broker" in roles:
        places.append((_("Hours"), reverse("timebank:desk"), "clock"))
    if "editor" in roles:
        places.append((_("Pages"), reverse("wagtailadmin_home"), "book"))
    if "manager" in roles:
        places.append((_("Numbers"), reverse("insight:numbers"), "chart"))
    if "safeguarding" in roles:
        places.append((_("Concerns"), reverse("safeguarding:concerns"), "flag"))
    return places
