"""The family chooses and the supporter answers. Nothing is sent before the answers were shown for a last look.

A newcomer would take a press for the only list there is. A family that hopes for both may have two, and a page that was
opened before one of them closed must not choose from the other.
"""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matching import choices
from matching.access import choice_for, own_shortlists
from matching.forms import ChooseForm, NoneForm
from matching.models import Shortlist
from matching.reading import link_ups_of
from matching.reading.hopes import WAITING, looking_words
from matching.reading.offers import Offer, choice_page, offers_of
from people.access import SignedIn, access
from people.models import Family


@dataclass(frozen=True)
class Part:
    """One list on a family's page: `form` to choose with, or `chosen`, whom the family asked."""

    mine: Shortlist
    offers: list[Offer]
    form: ChooseForm
    chosen: Offer | None

    @property
    def rows(self) -> list[tuple[Offer, BoundField | None]]:
        """Each one on it, with the box for what the children say of them."""
        return [(one, self.form.children_of(one.id)) for one in self.offers]

    @property
    def any_free(self) -> bool:
        """Whether anybody on it can be chosen."""
        return any(not one.gone for one in self.offers)


@require_http_methods(["GET", "HEAD", "POST"])
@access("family")
def shortlist(request: SignedIn) -> HttpResponse:
    """Show who could walk with a family, a list a wish; take a choice, show it for a last look, and send it."""
    lists = own_shortlists(request.user)
    if not lists:
        link_ups = link_ups_of(request.user)
        return render(request, "matching/shortlist_empty.html", {"link_ups": link_ups})
    pressed = _asked_about(request, lists)
    if pressed is None:
        messages.error(request, _("That list was closed meanwhile. Here is what there is now."))
    parts = [_part(request, one, is_pressed=one == pressed) for one in lists]
    part = next((one for one in parts if one.mine == pressed), parts[0])
    offer = part.form.is_bound and _picked(part)
    if offer and "change" not in request.POST:
        if "send" not in request.POST:
            told = {"form": part.form, "offer": offer, "list": part.mine}
            return render(request, "matching/shortlist_check.html", told)
        if _sent(request, part.mine, part.form, offer):
            return redirect("matching:shortlist")
        again = offers_of(part.mine, at=timezone.now())  # somebody may have gone meanwhile
        parts = [replace(one, offers=again) if one is part else one for one in parts]
    if len(parts) == 1 and part.mine.standing == Shortlist.Standing.CHOSEN:
        return render(request, "matching/shortlist_sent.html", {"offer": part.chosen})
    context = {"parts": parts, "form": part.form, "still": _still_looking(part.mine.family)}
    return render(request, "matching/shortlist.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access("family")
def none_of_these(request: SignedIn) -> HttpResponse:
    """Ask what would feel right, and hand it back to the coach."""
    mine = _asked_about(request, own_shortlists(request.user))
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
    asked = request.POST.get("list") or (mine.pk if mine else "")
    return render(request, "matching/none_of_these.html", {"form": form, "list": asked})


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


def _asked_about(request: SignedIn, lists: list[Shortlist]) -> Shortlist | None:
    """Give the list that the page was about; None when it is not open any more. Without a word, the first to choose."""
    asked = request.POST.get("list") or request.GET.get("list")
    if asked:
        return next((one for one in lists if str(one.pk) == asked), None)
    offered = (one for one in lists if one.standing == Shortlist.Standing.OFFERED)
    return next(offered, lists[0] if lists else None)


def _part(request: SignedIn, one: Shortlist, *, is_pressed: bool) -> Part:
    offers = offers_of(one, at=timezone.now())
    chosen = one.standing == Shortlist.Standing.CHOSEN
    form = ChooseForm(
        request.POST if is_pressed and request.method == "POST" and not chosen else None,
        entries=[(offer.id, offer.other.name) for offer in offers if not offer.gone],
        initial={f"children_{offer.id}": offer.entry.children for offer in offers},
        auto_id=f"id{one.pk}_%s",
    )
    asked = next((offer for offer in offers if offer.asked), None)
    return Part(one, offers, form, asked if chosen else None)


def _picked(part: Part) -> Offer | None:
    if not part.form.is_valid():
        return None
    return next(one for one in part.offers if one.id == part.form.cleaned_data["entry"])


def _still_looking(family: Family) -> list[str]:
    coach = str(family.coach) if family.coach else _("Your coach")
    return looking_words(family, coach=coach, standings=(WAITING,))


def _sent(request: SignedIn, mine: Shortlist, form: ChooseForm, offer: Offer) -> bool:
    """Say whether the choice was taken; the form says why not."""
    try:
        choices.choose(
            shortlist=mine,
            entry=offer.entry,
            children_said=form.cleaned_data["children_words"],
            children=form.children,
            passes_on=form.cleaned_data["passes_on"],
            words="",
            by=request.user,
            at=timezone.now(),
        )
    except choices.ChoiceError as problem:
        form.add_error(None, str(problem))
        return False
    return True
