"""What a coach asks of a round: why not somebody else for this family, and what if?"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching import overruling
from matching.access import family_of_round, round_for, supporter_beside
from matching.forms import OverruleForm
from matching.models import Round, Supporter
from matching.reading.asking import ask_page
from matching.reading.whatif import (
    FURTHER_KM,
    ROOM,
    NobodyWaitsError,
    Supposition,
    WhatIfPage,
    what_if_page,
)
from matching.reading.whynot import why_not_page
from matching.views.addresses import number_in
from people.access import SignedIn, access
from people.models import Family
from safeguarding.models import AccessEvent
from safeguarding.opening import note_openings


class Page(Protocol):
    """An answer, and the families whose records it shows."""

    @property
    def families(self) -> list[Family]:
        """Each once."""


@require_safe
@access("coach")
def ask(request: SignedIn, id: int, family_id: int) -> HttpResponse:
    """Show whom one may ask about for a family of a round, and who may not be linked with it."""
    name = request.GET.get("name", "").strip()[:80]

    def answer(found: Round) -> Page:
        family = family_of_round(found, family_id)
        return ask_page(found, family, name=name, at=timezone.now())

    return _show(request, id, "ask", answer)


@require_safe
@access("coach")
def why_not(request: SignedIn, id: int, family_id: int, supporter_id: int) -> HttpResponse:
    """Show what stands against a pair, or what it would cost to make it."""
    return _why_not(request, id, family_id, supporter_id, form=OverruleForm())


def _why_not(
    request: SignedIn, round_id: int, family_id: int, supporter_id: int, *, form: OverruleForm
) -> HttpResponse:
    def answer(found: Round) -> Page:
        family = family_of_round(found, family_id)
        supporter = supporter_beside(family, found.area, supporter_id)
        return why_not_page(found, family, supporter, at=timezone.now())

    return _show(request, round_id, "why_not", answer, form=form)


@require_POST
@access("coach")
def overrule(request: SignedIn, id: int, family_id: int, supporter_id: int) -> HttpResponse:
    """Let two be proposed in spite of what a person may decide about, with a reason; or take that back."""
    found = round_for(request.user, id)
    if not found.is_done:
        return redirect("matching:round", id=found.pk)
    family = family_of_round(found, family_id)
    supporter = supporter_beside(family, found.area, supporter_id)
    now = timezone.now()
    if "take_back" in request.POST:
        overruling.take_back(family=family, supporter=supporter, by=request.user, at=now)
        messages.success(request, _("The rule stands again. Run a round to have it followed."))
    else:
        form = OverruleForm(request.POST)
        if not (form.is_valid() and _overruled(request, form, family, supporter, at=now)):
            return _why_not(request, id, family_id, supporter_id, form=form)
        messages.success(request, _("Written down. Run a round again to have them looked at."))
    return redirect("matching:why_not", id=id, family_id=family_id, supporter_id=supporter_id)


def _overruled(
    request: SignedIn, form: OverruleForm, family: Family, supporter: Supporter, *, at: datetime
) -> bool:
    """Say whether it was taken; the form says why not."""
    why = form.cleaned_data["why"]
    try:
        overruling.overrule(family=family, supporter=supporter, why=why, by=request.user, at=at)
    except overruling.OverrulingError as problem:
        form.add_error(None, str(problem))
        return False
    return True


@require_safe
@access("coach")
def what_if(request: SignedIn, id: int) -> HttpResponse:
    """Show what would change if a supporter had more room, or if everybody travelled further; nothing is written."""

    def answer(found: Round) -> WhatIfPage:
        try:
            return what_if_page(found, _supposed(request), at=timezone.now())
        except NobodyWaitsError:
            raise Http404 from None

    return _show(request, id, "what_if", answer)


def _show(
    request: SignedIn, round_id: int, name: str, answer: Callable[[Round], Page], **further: Any
) -> HttpResponse:
    """Give the page of this name about a round that is done, and write down whose records it shows.

    One statement, and before anybody is shown: working an answer out takes up to seconds, and in a transaction it would
    keep everybody else from writing.
    """
    found = round_for(request.user, round_id)
    if not found.is_done:
        return redirect("matching:round", id=found.pk)
    page = answer(found)
    note_openings(
        by=request.user,
        families=page.families,
        purpose=AccessEvent.Purpose.MATCHING,
        page=f"matching:{name}",
        at=timezone.now(),
    )
    return render(request, f"matching/{name}.html", {"page": page, **further})


def _supposed(request: SignedIn) -> Supposition:
    """Give what was asked, nothing where it makes no sense; the page's own forms can't ask that."""
    supporter, more, further = (
        number_in(request, name) or 0 for name in ("supporter", "more", "further")
    )
    if supporter and more in ROOM:
        return Supposition(supporter=supporter, more=more)
    return Supposition(further_km=further if further in FURTHER_KM else 0)
