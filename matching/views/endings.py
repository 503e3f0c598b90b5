"""How a link-up ends: the coach ends it or gives it longer; both sides say what they would like, and look back."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matching import ending, linkups, words
from matching.access import coached_link_up, link_up_for, own_ended_link_up, word_for
from matching.ending_forms import (
    AboutTheEndForm,
    ComeBackForm,
    EndForm,
    ExtendForm,
    LookBackForm,
    NextStepForm,
)
from matching.models import LinkUp, Word
from matching.reading import link_up_page
from matching.reading.endings import lines_of, may_come_back
from people.access import SignedIn, access, own_family
from safeguarding.models import AccessEvent
from safeguarding.opening import note_openings


@require_http_methods(["GET", "HEAD", "POST"])
@access("coach")
def end(request: SignedIn, id: int) -> HttpResponse:
    """Let the family's coach end a link-up, with a reason."""
    found = coached_link_up(request.user, id)
    early = linkups.is_early(found, on=timezone.localdate())
    form = EndForm(request.POST if request.method == "POST" else None, early=early)
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


@require_http_methods(["GET", "HEAD", "POST"])
@access("coach")
def extend(request: SignedIn, id: int) -> HttpResponse:
    """Let the family's coach move the planned end, with a reason."""
    found = coached_link_up(request.user, id)
    weeks = ending.more_weeks(found)
    form = ExtendForm(request.POST if request.method == "POST" else None, weeks=weeks)
    if form.is_valid():
        try:
            ending.extend(
                link_up=found,
                weeks=form.cleaned_data["weeks"],
                why=form.cleaned_data["why"],
                by=request.user,
                at=timezone.now(),
            )
        except linkups.LinkUpError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The end has moved. Both sides are told that it has."))
            return redirect("matching:link_up", id=found.pk)
    context = {"form": form, "link_up": found, "may": bool(weeks) and found.ended_on is None}
    return render(request, "matching/extend.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access("member")
def about_the_end(request: SignedIn, id: int) -> HttpResponse:
    """Say when it ends and how, and take what one side would like for it."""
    found, side = _with_side(request, id)
    form = AboutTheEndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            words.about_the_end(
                link_up=found, side=side, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except linkups.LinkUpError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Your coach will read it, and get in touch with you."))
            return redirect("matching:link_up", id=found.pk)
    return render(request, "matching/about_the_end.html", {"form": form, "link_up": found})


@require_http_methods(["GET", "HEAD", "POST"])
@access("link_up")
@transaction.atomic
def look_back(request: SignedIn, id: int) -> HttpResponse:
    """Show what became of it, and take a line from either side; a coach's look is written down."""
    found = link_up_for(request.user, id)
    side = linkups.side_of(found, request.user)
    if not ending.may_look_back(found, on=timezone.localdate()):
        return redirect("matching:link_up", id=found.pk)
    if request.method == "POST" and not side:
        raise Http404  # a coach reads, and writes no line for anybody
    form = LookBackForm(request.POST if request.method == "POST" else None, side=side)
    if side and form.is_valid():
        ending.look_back(
            link_up=found, side=side, by=request.user, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("Your line stands there."))
        return redirect("matching:look_back", id=found.pk)
    if not side:
        note_openings(
            by=request.user,
            families=[found.family],
            purpose=AccessEvent.Purpose.COACHING,
            page="matching:look_back",
            at=timezone.now(),
        )
    page = link_up_page(found, reader=request.user, on=timezone.localdate())
    context = {"form": form, "page": page, "lines": lines_of(found)}
    return render(request, "matching/look_back.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access("family")
def what_next(request: SignedIn, id: int) -> HttpResponse:
    """Ask a seeking family what it would like after its link-up: to share, to swap hours, or neither."""
    found = own_ended_link_up(request.user, id)
    form = NextStepForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        words.next_step(link_up=found, kind=kind, words="", by=request.user, at=timezone.now())
        if kind == Word.Kind.TIME_BANK:
            return redirect("timebank:listings")
        if kind == Word.Kind.SHARE:
            messages.success(request, _("That’s a lovely thing to want. Your coach will ring you."))
        else:
            messages.success(request, _("That’s fine. You can come back any time."))
        return redirect("home")
    return render(request, "matching/what_next.html", {"form": form, "link_up": found})


@require_http_methods(["GET", "HEAD", "POST"])
@access("family")
def come_back(request: SignedIn) -> HttpResponse:
    """Let a family say that it would like somebody beside it again."""
    family = own_family(request.user)
    form = ComeBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        words.come_back(family=family, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Welcome back. Your coach will get in touch with you."))
        return redirect("home")
    context = {"form": form, "family": family, "may": may_come_back(family)}
    return render(request, "matching/come_back.html", context)


@require_POST
@access("coach")
def hear(request: SignedIn, id: int) -> HttpResponse:
    """Note that the coach heard a word."""
    word = words.hear(word=word_for(request.user, id), by=request.user, at=timezone.now())
    messages.success(request, _("Noted that you heard them."))
    return redirect("matching:family", id=word.family_id)


def _with_side(request: SignedIn, link_up_id: int) -> tuple[LinkUp, str]:
    """Give a link-up and the reader's side; 404 for anybody who takes no part in it."""
    found = link_up_for(request.user, link_up_id)
    side = linkups.side_of(found, request.user)
    if not side:
        raise Http404
    return found, side
