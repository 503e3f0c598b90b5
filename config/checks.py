"""The house's own system checks: every view an access policy, every stored personal field a retention rule.

`manage.py check` runs them, so a view or a field without an answer stops the build, not a review.
"""

from collections.abc import Iterator
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

OURS = (
    "people",
    "safeguarding",
    "goals",
    "messaging",
    "timebank",
    "matching",
    "cms",
    "insight",
    "config",
)


def our_views(
    resolver: URLResolver | None = None, before: str = ""
) -> Iterator[tuple[str, str, Any]]:
    """Give (full name, path, view) of every URL pattern that leads to a view of our own apps."""
    resolver = resolver or get_resolver()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{before}{entry.namespace}:" if entry.namespace else before
            yield from our_views(entry, space)
        elif isinstance(entry, URLPattern) and _is_ours(entry.callback):
            yield f"{before}{entry.name}", str(entry.pattern), entry.callback


@register()
def every_view_has_a_policy(**_: Any) -> list[CheckMessage]:
    """Refuse a view of ours without `@access(...)`, which would be open to everybody by oversight."""
    return [
        Error(
            f"The view {view.__module__}.{view.__name__} ({name}) says nothing about who may use it.",
            hint='Add @access("...") from people.access; the policies stand in config/policies/roles.yaml.',
            id="kith.E001",
        )
        for name, _path, view in our_views()
        if not hasattr(view, "access_policy")
    ]


@register()
def every_field_has_a_retention_rule(**_: Any) -> list[CheckMessage]:
    """Refuse a stored field that config/policies/retention.yaml does not label (trust.md SG-27)."""
    stated = retention()
    problems: list[CheckMessage] = []
    for model in _our_models():
        labels = stated["models"].get(model._meta.label) or {}
        labelled = set(labels.get("none", [])) | set(labels.get("personal", {}))
        stored = {field.name for field in _stored_fields(model)}
        problems += [
            Error(
                f"{model._meta.label}.{name} has no retention rule.",
                hint="Say in config/policies/retention.yaml whether it is personal, and how long it is kept.",
                id="kith.E002",
            )
            for name in sorted(stored - labelled)
        ]
        problems += [
            Error(
                f"retention.yaml names {model._meta.label}.{name}, which is not stored.",
                id="kith.E003",
            )
            for name in sorted(labelled - stored)
        ]
        problems += [
            Error(
                f"{model._meta.label}.{name} names the rule “{rule}”, which retention.yaml does not state.",
                id="kith.E004",
            )
            for name, rule in labels.get("personal", {}).items()
            if rule not in stated["rules"]
        ]
    return problems


@register(Tags.security, deploy=True)
def served_from_postgresql(**_: Any) -> list[CheckMessage]:
    """Warn on a server that runs on SQLite: it is for a demonstration on one machine (trust.md RL-07)."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return [
            Warning(
                "A server should keep its people in PostgreSQL, not in a SQLite file.",
                hint="Set DATABASE_URL, for example postgres://kith@127.0.0.1:5432/kith.",
                id="kith.W001",
            )
        ]
    return []


def retention() -> dict[str, Any]:
    """Give the retention policy as it stands in config/policies/retention.yaml."""
    text = (settings.POLICIES_DIR / "retention.yaml").read_text(encoding="utf-8")
    stated: dict[str, Any] = yaml.safe_load(text)
    return stated


def _is_ours(view: Any) -> bool:
    return str(view.__module__).split(".")[0] in OURS


def _our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def _stored_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    # Relations are labelled by what they lead to; a page's inherited fields belong to Wagtail.
    return [
        field
        for field in model._meta.local_fields
        if not field.primary_key and not field.is_relation
    ]
