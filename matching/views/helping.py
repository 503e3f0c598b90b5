"""How I help: a sharing family's or volunteer's own page about what they offer, and their breaks."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matching import helping
from matching.access import own_supporter
from matching.forms_helping import BreakForm, HelpingForm
from matching.models import Supporter
from people.access import SignedIn, access


@require_http_methods(["GET", "HEAD", "POST"])
@access("member")
def how_i_help(request: SignedIn) -> HttpResponse:
    """Show what others read of a supporter, and keep what is changed."""
    supporter = own_supporter(request.user)
    form = HelpingForm(request.POST or None, of=supporter)
    if form.is_valid():
        helping.change(supporter=supporter, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("matching:how_i_help")
    return _page(request, supporter, form, BreakForm(prefix="break"))


@require_POST
@access("member")
def take_a_break(request: SignedIn) -> HttpResponse:
    """Begin a break from new offers, or make it longer or shorter."""
    supporter = own_supporter(request.user)
    form = BreakForm(request.POST, prefix="break")
    if form.is_valid():
        try:
            helping.pause(
                supporter=supporter,
                until_on=form.cleaned_data["until_on"],
                by=request.user,
                at=timezone.now(),
            )
        except helping.HelpingError as problem:
            form.add_error("until_on", str(problem))
        else:
            messages.success(request, _("Enjoy your break. Nobody new is offered to you."))
            return redirect("matching:how_i_help")
    return _page(request, supporter, HelpingForm(of=supporter), form)


@require_POST
@access("member")
def go_on(request: SignedIn) -> HttpResponse:
    """End a break now."""
    helping.go_on(supporter=own_supporter(request.user), by=request.user, at=timezone.now())
    messages.success(request, _("Welcome back. Families can be offered to you again."))
    return redirect("matching:how_i_help")


def _page(
    request: SignedIn, supporter: Supporter, form: HelpingForm, break_form: BreakForm
) -> HttpResponse:
    shown = {
        "form": form,
        "break_form": break_form,
        "has_problem": bool(break_form.errors),
        "paused": helping.is_paused(supporter, on=timezone.localdate()),
        "until_on": None
        if supporter.paused_until_on == helping.UNTIL_I_SAY_SO
        else supporter.paused_until_on,
    }
    return render(request, "matching/how_i_help.html", shown)
