"""Families and the calls to them, for their coach."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from matching import cadence
from matching.access import contact_for
from matching.forms import ContactForm
from matching.models import Contact
from matching.reading import families_page, family_page
from matching.reading.families import FILTERS
from matching.views.addresses import number_in
from people.access import SignedIn, access
from safeguarding.about import word_for
from safeguarding.models import AccessEvent
from safeguarding.opening import note_openings, open_family


@require_safe
@access("coach")
def families(request: SignedIn) -> HttpResponse:
    """List the families that this coach looks after: names and where they stand, so no record is opened yet."""
    shown = request.GET.get("show", "all")
    page = families_page(
        request.user,
        shown=shown if shown in FILTERS else "all",
        after=number_in(request, "after"),
        on=timezone.localdate(),
    )
    return render(request, "matching/families.html", {"page": page, "filters": FILTERS})


@require_safe
@access("coach")
def family(request: SignedIn, id: int) -> HttpResponse:
    """Show one family; that it was opened is written down."""
    opened = open_family(
        by=request.user,
        family_id=id,
        purpose=AccessEvent.Purpose.COACHING,
        page="matching:family",
        at=timezone.now(),
    )
    page = family_page(opened, reader=request.user, on=timezone.localdate(), at=timezone.now())
    worry = word_for(opened, reader=request.user)
    return render(request, "matching/family.html", {"page": page, "worry": worry})


@require_http_methods(["GET", "HEAD", "POST"])
@access("coach")
@transaction.atomic
def contact(request: SignedIn, id: int) -> HttpResponse:
    """Write down a call or visit; then comes the next that is due in the same link-up.

    The children are asked where they say the goals are, so that page opens the family's record.
    """
    due = contact_for(request.user, id)
    goals = list(due.link_up.goals.all()) if due.side == Contact.Side.CHILD else []
    if goals:
        note_openings(
            by=request.user,
            families=[due.link_up.family],
            purpose=AccessEvent.Purpose.COACHING,
            page="matching:contact",
            at=timezone.now(),
        )
    today = timezone.localdate()
    first = {"on": today, "kind": Contact.Kind.CALL}
    form = ContactForm(request.POST or None, initial=first, goals=goals)
    if form.is_valid():
        try:
            cadence.mark_done(contact=due, by=request.user, at=timezone.now(), **form.told)
        except cadence.WrittenAlready as problem:
            form.add_error(None, str(problem))
        except cadence.ContactError as problem:
            form.add_error("on", str(problem))
        else:
            messages.success(request, _("Written down."))
            following = cadence.next_due(link_up=due.link_up, on=today)
            return redirect("matching:contact", id=following.pk) if following else redirect("home")
    return render(request, "matching/contact.html", {"form": form, "contact": due})
