"""Pages where people talk. They work as plain pages; static/js/talk.js makes them live.

The script sends and asks with the header `Accept: application/json` and is answered with the same rendered messages
in a small JSON object, so that there is one template for a message and one door for its words.
"""

from typing import Any
from uuid import uuid4

from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from messaging import posting, reading, reporting, supervising
from messaging.access import message_for, place_in
from messaging.coaching import talk_with_coach
from messaging.forms import MessageForm, ReportForm
from messaging.models import Participant
from people.access import access, roles_of
from people.models import Family, User, Volunteer
from people.welcoming import people_of
from safeguarding.about import word_for

LARGEST_ID = BigIntegerField.MAX_BIGINT


@require_safe
@access("talk")
def conversations(request: HttpRequest) -> HttpResponse:
    """List the reader's conversations, and for a coach those where somebody is worried."""
    reader = _reader(request)
    worrying = supervising.worrying(reader) if "coach" in roles_of(reader) else []
    return render(
        request,
        "messaging/conversations.html",
        {"threads": reading.threads_for(reader), "worrying": worrying},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access("talk")
def conversation(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Show one conversation and take what is said in it."""
    place = place_in(request.user, conversation_id)
    if request.method == "POST":
        return _post(request, place)
    return _show(request, place, MessageForm())


@require_POST
@access("member")
def my_coach(request: HttpRequest) -> HttpResponse:
    """Open the talk that a family or volunteer has with their own coach; 404 where nobody is theirs yet."""
    reader = _reader(request)
    guardian = getattr(reader, "guardian", None)
    member: Family | Volunteer = guardian.family if guardian else reader.volunteer
    if member.coach is None:
        raise Http404
    talk = talk_with_coach(coach=member.coach, people=people_of(member), at=timezone.now())
    return redirect("messaging:conversation", talk.pk)


@require_safe
@access("talk")
def since(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Give the messages after the id `after`, rendered. `seen=1` says that the reader has the page in front of them."""
    place = place_in(request.user, conversation_id)
    after = _id_in(request, "after")
    if after is None:
        return JsonResponse({"problem": "after must be the id of a message"}, status=400)
    return _news(request, place, after)


@require_http_methods(["GET", "HEAD", "POST"])
@access("talk")
def report_message(request: HttpRequest, conversation_id: int, message_id: int) -> HttpResponse:
    """Ask whether to report this message, and do it."""
    reader = _reader(request)
    message = message_for(reader, conversation_id, message_id)
    if message.author_id == reader.pk:
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None)
    back_url = f"{reverse('messaging:conversation', args=[conversation_id])}#m{message_id}"
    reported = message.reports.filter(by=reader).exists()
    if request.method == "POST" and form.is_valid():
        reporting.report(
            message=message, by=reader, why=form.cleaned_data["why"], at=timezone.now()
        )
        return redirect(request.path)
    return render(
        request,
        "messaging/report.html",
        {"message": message, "form": form, "back_url": back_url, "reported": reported},
    )


@require_safe
@access("coach")
def look_in(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Show a conversation in which somebody is worried to its coach, and write the opening down."""
    opened = supervising.look_in(
        conversation_id=conversation_id, by=_reader(request), at=timezone.now()
    )
    before = _id_in(request, "before")
    page = reading.newest(opened, reader=None, on=timezone.localdate(), before=before)
    return render(
        request,
        "messaging/look_in.html",
        {
            "conversation": opened,
            "page": page,
            "reported": supervising.reported_in(opened),
            "before": before,
            "back_url": reverse("messaging:conversations"),
        },
    )


def _reader(request: HttpRequest) -> User:
    # @access lets nobody in who has not signed in; this says so to the type checker.
    assert isinstance(request.user, User)
    return request.user


def _post(request: HttpRequest, place: Participant) -> HttpResponse:
    form = MessageForm(request.POST)
    wants_json = request.headers.get("Accept") == "application/json"
    if form.is_valid():
        try:
            posting.post(
                conversation=place.conversation,
                author=place.user,
                words=form.cleaned_data["words"],
                client_id=form.cleaned_data["client_id"],
                at=timezone.now(),
            )
        except posting.NotPosted as refusal:
            form.add_error("words", str(refusal))
        else:
            if wants_json:
                return _news(request, place, _id_in(request, "after") or 0)
            return redirect(f"{request.path}#newest")
    problem = next(iter(form.errors.values()))[0]
    if wants_json:
        return JsonResponse({"problem": problem, "client_id": str(uuid4())}, status=400)
    # The words stay in the field; the id is a new one, so that sending them again is a new message.
    again = MessageForm({"words": form.data.get("words", ""), "client_id": uuid4()})
    again.add_error("words", problem)
    return _show(request, place, again)


def _show(request: HttpRequest, place: Participant, form: MessageForm) -> HttpResponse:
    before = _id_in(request, "before")
    page = reading.newest(
        place.conversation, reader=place.user, on=timezone.localdate(), before=before
    )
    if before is None:
        reading.mark_seen(place, page.last)
    others = reading.others_in(place)
    door_key, door_kind = reading.door_of(others)
    context: dict[str, Any] = {
        "conversation": place.conversation,
        "page": page,
        "before": before,
        "who": reading.who_is_in(others),
        "door_key": door_key,
        "door_kind": door_kind,
        "coaches": supervising.in_words(place),
        "form": form,
        "nothing_said": posting.NothingSaid.words,
        "back_url": reverse("messaging:conversations"),
        "worry": word_for(*(other.user for other in others), reader=place.user),
    }
    return render(
        request, "messaging/conversation.html", context, status=400 if form.errors else 200
    )


def _news(request: HttpRequest, place: Participant, after: int) -> JsonResponse:
    page = reading.messages_after(
        place.conversation, after, reader=place.user, on=timezone.localdate()
    )
    if request.GET.get("seen") == "1":
        reading.mark_seen(place, page.last)
    html = render_to_string(
        "messaging/lines.html", {"page": page, "conversation": place.conversation}, request
    )
    return JsonResponse(
        {
            "html": html,
            "last": page.last,
            "more": page.more,
            "read": page.read_up_to,
            "closed": place.conversation.closed_at is not None
            or place.conversation.paused_at is not None,
        }
    )


def _id_in(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    # Digits alone: int() would also take "١", " 5" and "1_000".
    if not given.isascii() or not given.isdigit() or len(given) > len(str(LARGEST_ID)):
        return None
    return min(int(given), LARGEST_ID)
