"""The family chooses and the supporter answers. Nothing is sent before the answers were shown for a last look."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matching import choices
from matching.access import choice_for, own_shortlist
from matching.forms import ChooseForm, NoneForm
from matching.models import Shortlist
from matching.reading import link_ups_of
from matching.reading.offers import Offer, choice_page, offers_of
from people.access import SignedIn, access


@require_http_methods(["GET", "HEAD", "POST"])
@access("family")
def shortlist(request: SignedIn) -> HttpResponse:
    """Show who could walk with a family; take its choice, show it for a last look, and send it."""
    mine = own_shortlist(request.user)
    if mine is None:
        link_ups = link_ups_of(request.user)
        return render(request, "matching/shortlist_empty.html", {"link_ups": link_ups})
    offers = offers_of(mine, at=timezone.now())
    if mine.standing == Shortlist.Standing.CHOSEN:
        chosen = next((one for one in offers if one.asked), None)
        return render(request, "matching/shortlist_sent.html", {"offer": chosen})
    free = [(one.id, one.other.name) for one in offers if not one.gone]
    form = ChooseForm(request.POST or None, entries=free)
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        offer = next(one for one in offers if one.id == form.cleaned_data["entry"])
        if "send" not in request.POST:
            return render(request, "matching/shortlist_check.html", {"form": form, "offer": offer})
        if _sent(request, mine, form, offer):
            return redirect("matching:shortlist")
        offers = offers_of(mine, at=timezone.now())  # somebody may have gone meanwhile
    context = {"form": form, "offers": offers, "any_free": bool(free)}
    return render(request, "matching/shortlist.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access("family")
def none_of_these(request: SignedIn) -> HttpResponse:
    """Ask what would feel right, and hand it back to the coach."""
    mine = own_shortlist(request.user)
    form = NoneForm(request.POST if request.method == "POST" else None)
    if not form.is_bound and (mine is None or mine.standing != Shortlist.Standing.OFFERED):
        return redirect("matching:shortlist")
    if form.is_valid() and mine is None:
        form.add_error(None, _("Your list was closed meanwhile. Tell your coach what you wrote."))
    elif form.is_valid() and mine is not None:
        try:
            choices.choose(
                shortlist=mine,
                entry=None,
                children_said="",
                words=form.cleaned_data["words"],
                by=request.user,
                at=timezone.now(),
            )
        except choices.ChoiceError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request, _("Thank you. Your coach will look again. You keep your place.")
            )
            return redirect("home")
    return render(request, "matching/none_of_these.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@access("member")
def choice(request: SignedIn, id: int) -> HttpResponse:
    """Ask a supporter: would you walk with this family? Yes or not now."""
    asked = choice_for(request.user, id)
    if request.method == "POST" and ("yes" in request.POST or "no" in request.POST):
        try:
            made = choices.answer(
                choice=asked, yes="yes" in request.POST, by=request.user, at=timezone.now()
            )
        except choices.ChoiceError as problem:
            messages.error(request, str(problem))
            return redirect("matching:choice", id=asked.pk)
        if made is not None:
            messages.success(request, _("Thank you. You can say hello now."))
            return redirect("matching:link_up", id=made.pk)
        messages.success(
            request, _("Thank you for saying so. They’ll hear that you can’t just now.")
        )
        return redirect("home")
    return render(request, "matching/choice.html", {"page": choice_page(asked)})


def _sent(request: SignedIn, mine: Shortlist, form: ChooseForm, offer: Offer) -> bool:
    """Say whether the choice was taken; the form says why not."""
    try:
        choices.choose(
            shortlist=mine,
            entry=offer.entry,
            children_said=form.children_said,
            words="",
            by=request.user,
            at=timezone.now(),
        )
    except choices.ChoiceError as problem:
        form.add_error(None, str(problem))
        return False
    return True
