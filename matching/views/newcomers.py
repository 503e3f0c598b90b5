"""Reaching a family or volunteer, and saying that hello was said: for their own coach only."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching.reading import volunteer_page
from messaging.coaching import talk_with_coach
from people.access import SignedIn, access, coached_family, coached_volunteer
from people.models import Family, Volunteer
from people.welcoming import people_of, say_hello
from safeguarding.about import word_for


@require_safe
@access("coach")
def volunteer(request: SignedIn, id: int) -> HttpResponse:
    """Show one volunteer, and how to reach them."""
    opened = coached_volunteer(request.user, id)
    worry = word_for(opened, reader=request.user)
    return render(
        request, "matching/volunteer.html", {"page": volunteer_page(opened), "worry": worry}
    )


@require_POST
@access("coach")
def hello_family(request: SignedIn, id: int) -> HttpResponse:
    """Note that the coach said hello to a family; now it may meet others."""
    _welcome(request, coached_family(request.user, id))
    return redirect("matching:family", id=id)


@require_POST
@access("coach")
def hello_volunteer(request: SignedIn, id: int) -> HttpResponse:
    """Note that the coach said hello to a volunteer; now they may meet others."""
    _welcome(request, coached_volunteer(request.user, id))
    return redirect("matching:volunteer", id=id)


@require_POST
@access("coach")
def talk_family(request: SignedIn, id: int) -> HttpResponse:
    """Open the talk with a family."""
    return _talk(request, coached_family(request.user, id))


@require_POST
@access("coach")
def talk_volunteer(request: SignedIn, id: int) -> HttpResponse:
    """Open the talk with a volunteer."""
    return _talk(request, coached_volunteer(request.user, id))


def _welcome(request: SignedIn, member: Family | Volunteer) -> None:
    if say_hello(member=member, by=request.user):
        messages.success(request, _("Written down. They can ask and offer now."))


def _talk(request: SignedIn, member: Family | Volunteer) -> HttpResponse:
    people = people_of(member)
    if not people:
        raise Http404  # nobody of theirs signs in, so nobody would read it
    talk = talk_with_coach(coach=request.user, people=people, at=timezone.now())
    return redirect("messaging:conversation", talk.pk)
