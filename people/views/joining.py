"""Joining, one question a page. Any question may be opened again; none may be skipped by writing its address."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people import joining
from people.access import access, roles_of, signed_in
from people.asking import Kept, Question, first_open, named, order
from people.questions import VolunteerForm

MEMBERS = {"guardian", "volunteer"}


@require_safe
@access("public")
def start(request: HttpRequest) -> HttpResponse:
    """Show the two doors; lead somebody who has begun to where they stopped, and a member home."""
    if request.user.is_authenticated:
        if roles_of(signed_in(request)) & MEMBERS:
            return redirect("home")
        if answers := joining.answers_of(signed_in(request)):
            return _to(first_open(answers))
    return render(request, "people/start.html", {"first": order()[0].slug})


@require_http_methods(["GET", "HEAD", "POST"])
@access("signed_in")
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask one question and keep its answer."""
    if "guardian" in roles_of(signed_in(request)):
        return redirect("home")
    asked, answers = named(slug), joining.answers_of(signed_in(request))
    if asked is None:
        raise Http404
    if not _may_be_asked(asked, answers):
        return _to(first_open(answers))
    if request.method == "POST":
        form = asked(request.POST)
        anew = form.reshaped()
        if anew is not None:
            form = anew
        elif "stop" in request.POST and not form.has_changed():
            return redirect("people:stopped")
        elif form.is_valid():
            answers = joining.keep(
                by=signed_in(request), slug=slug, kept=form.kept(), at=timezone.now()
            )
            return (
                redirect("people:stopped") if "stop" in request.POST else _to(first_open(answers))
            )
    else:
        form = asked(initial=asked.again(answers[slug]) if slug in answers else None)
    return render(request, asked.template, {"form": form, **_where_in_order(asked, answers)})


@require_http_methods(["GET", "HEAD", "POST"])
@access("signed_in")
def check(request: HttpRequest) -> HttpResponse:
    """Show the answers before they make a family; make it once, however often the button is pressed."""
    if "guardian" in roles_of(signed_in(request)):
        return redirect("people:welcome" if request.method == "POST" else "home")
    answers = joining.answers_of(signed_in(request))
    still_open = first_open(answers)
    if still_open:
        return _to(still_open)
    if request.method == "POST":
        try:
            joining.join(by=signed_in(request), answers=answers, at=timezone.now())
        except joining.AnswerGone as gone:
            joining.keep(by=signed_in(request), slug=gone.slug, kept=None, at=timezone.now())
            messages.warning(
                request, _("That place is no longer in the list. Please choose again.")
            )
            return redirect("people:question", slug=gone.slug)
        return redirect("people:welcome")
    told = [
        (question.slug, line)
        for question in order()
        for line in question.said(answers[question.slug])
    ]
    return render(request, "people/check.html", {"told": told, "back": order()[-1].slug})


@require_safe
@access("signed_in")
def stopped(request: HttpRequest) -> HttpResponse:
    """Say that everything so far is kept, and how to come back."""
    return render(request, "people/stopped.html")


@require_safe
@access("member")
def welcome(request: HttpRequest) -> HttpResponse:
    """Say welcome, and what happens now."""
    person = getattr(signed_in(request), "guardian", None)
    member = person.family if person else signed_in(request).volunteer
    return render(
        request, "people/welcome.html", {"coach": member.coach, "is_family": person is not None}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access("signed_in")
def volunteer(request: HttpRequest) -> HttpResponse:
    """The volunteer's door."""
    if "volunteer" in roles_of(signed_in(request)):
        return redirect("people:welcome" if request.method == "POST" else "home")
    form = VolunteerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        joining.join_as_volunteer(by=signed_in(request), answers=form.answers(), at=timezone.now())
        return redirect("people:welcome")
    return render(request, "people/volunteer.html", {"form": form})


def _to(still_open: type[Question] | None) -> HttpResponse:
    if still_open is None:
        return redirect("people:check")
    return redirect("people:question", slug=still_open.slug)


def _may_be_asked(asked: type[Question], answers: Kept) -> bool:
    """Say whether everything before this question has an answer."""
    before = order()[: order().index(asked)]
    return all(question.slug in answers for question in before)


def _where_in_order(asked: type[Question], answers: Kept) -> dict[str, object]:
    place = order().index(asked)
    back = f"/join/about/{order()[place - 1].slug}/" if place else "/join/"
    return {
        "step": place + 1,
        "steps": len(order()),
        "back_to": back,
        "changing": first_open(answers) is None,
    }
