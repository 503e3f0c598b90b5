"""Filling in a wellbeing web: all eight or nothing, kept as it was said."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from goals.models import WebDomain, WebMark, WellbeingWeb
from goals.models.web import HIGHEST, LOWEST
from people.models import Family, User


class NotWholeError(ValueError):
    """A web has a mark, or "not sure", for each of the eight."""

    words = _("Pick a number from 1 to 10 for each of the eight, or the question mark.")


def fill_in(
    *,
    family: Family,
    scorer: str,
    marks: Mapping[str, int | None],
    words: str,
    by: User,
    at: datetime,
    client_id: UUID,
) -> WellbeingWeb:
    """Give a new web with its eight marks, None for "not sure"; the same `client_id` again gives the first one.

    `scorer` says whose view it is, `by` who wrote it down. Raises NotWholeError.
    """
    whole = set(marks) == set(WebDomain.values)
    if not whole or any(one is not None and not LOWEST <= one <= HIGHEST for one in marks.values()):
        raise NotWholeError
    with transaction.atomic():
        # Held, so that two presses at the same moment come one after the other.
        Family.objects.select_for_update().get(pk=family.pk)
        made, is_new = WellbeingWeb.objects.get_or_create(
            family=family,
            client_id=client_id,
            defaults={"scorer": scorer, "words": words.strip(), "at": at, "by": by},
        )
        if is_new:
            WebMark.objects.bulk_create(
                WebMark(web=made, domain=domain, value=marks[domain]) for domain in WebDomain.values
            )
    return made
