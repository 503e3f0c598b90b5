"""A link-up's page, the same for both sides and their coach, and writing down time together."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from matching import linkups
from matching.access import coached_link_up, link_up_for
from matching.forms import EndForm, TogetherForm
from matching.reading import link_up_page
from people.access import SignedIn, access
from safeguarding.about import word_for
from safeguarding.models import AccessEvent
from safeguarding.opening import note_openings
from timebank.ledger import Refused


@require_safe
@access("link_up")
@transaction.atomic
def link_up(request: SignedIn, id: int) -> HttpResponse:
    """Show the path with today on it, the goals and what they did; a coach's look is written down."""
    found = link_up_for(request.user, id)
    page = link_up_page(found, reader=request.user, on=timezone.localdate())
    if not page.side:
        note_openings(
            by=request.user,
            families=[found.family],
            purpose=AccessEvent.Purpose.COACHING,
            page="matching:link_up",
            at=timezone.now(),
        )
    helper = found.supporter
    worry = word_for(found.family, helper.family, helper.volunteer, reader=request.user)
    return render(request, "matching/link_up.html", {"page": page, "worry": worry})


@require_http_methods(["GET", "HEAD", "POST"])
@access("member")
def together(request: SignedIn, id: int) -> HttpResponse:
    """Write down time together: the day, how long, and a line."""
    found = link_up_for(request.user, id)
    side = linkups.side_of(found, request.user)
    if not side:
        raise Http404
    last_day = linkups.last_day(found, on=timezone.localdate())
    form = TogetherForm(request.POST) if request.POST else TogetherForm.fresh(on=last_day)
    if form.is_valid():
        try:
            linkups.record_together(
                link_up=found, side=side, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except linkups.LinkUpError as problem:
            form.add_error("happened_on", str(problem))
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Written down. The other side says yes to it next."))
            return redirect("matching:link_up", id=found.pk)
    return render(request, "matching/together.html", {"form": form, "link_up": found})


@require_http_methods(["GET", "HEAD", "POST"])
@access("coach")
def end(request: SignedIn, id: int) -> HttpResponse:
    """Let the family's coach end a link-up, with a reason."""
    found = coached_link_up(request.user, id)
    form = EndForm(request.POST or None)
    if form.is_valid():
        try:
            linkups.end(
                link_up=found,
                on=timezone.localdate(),
                by=request.user,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except linkups.LinkUpError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The link-up has ended. They can always come back."))
            return redirect("matching:family", id=found.family_id)
    return render(request, "matching/end.html", {"form": form, "link_up": found})
