"""What we hold about me: seeing it, changing it, and taking a yes back. Nobody's page but their own."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import changing, consenting
from people.access import access, signed_in


@require_safe
@access("signed_in")
def details(request: HttpRequest) -> HttpResponse:
    """Show everything we hold about the person who is signed in, with what they may change."""
    user = signed_in(request)
    member = getattr(user, "guardian", None) or getattr(user, "volunteer", None)
    told = changing.held(user) if member else {}
    return render(
        request,
        "people/details.html",
        {
            "told": [
                (question.slug, line)
                for question in changing.changeable(user)
                for line in question.said(told[question.slug])
            ],
            "member": getattr(member, "family", member),
            "consents": consenting.standing_of(user) if member else [],
            "languages": settings.LANGUAGES,
            "back_url": reverse("home"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access("member")
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask one question again."""
    questions = {question.slug: question for question in changing.changeable(signed_in(request))}
    asked = questions.get(slug)
    if asked is None:
        raise Http404
    if request.method == "POST":
        form = asked(request.POST)
        anew = form.reshaped()
        if anew is not None:
            form = anew
        elif form.is_valid():
            changing.change(by=signed_in(request), slug=slug, kept=form.kept())
            messages.success(request, _("Changed."))
            return redirect("people:details")
    else:
        form = asked(initial=asked.again(changing.held(signed_in(request))[slug]))
    return render(
        request,
        asked.template,
        {"form": form, "back_to": reverse("people:details"), "holding": True},
    )


@require_POST
@access("signed_in")
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language to this person from now on, on every phone they sign in with."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    signed_in(request).language = chosen
    signed_in(request).save(update_fields=["language"])
    with override(chosen):
        messages.success(request, _("Changed."))
    response = redirect("people:details")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=60 * 60 * 24 * 365,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


@require_POST
@access("member")
def consent(request: HttpRequest) -> HttpResponse:
    """Say yes, or take it back, with one press."""
    purpose, given = request.POST.get("purpose", ""), request.POST.get("given", "")
    if purpose not in consenting.WORDINGS or given not in ("yes", "no"):
        return HttpResponseBadRequest()
    consenting.answer(
        by=signed_in(request), purpose=purpose, given=given == "yes", at=timezone.now()
    )
    if given == "yes":
        messages.success(request, _("Thank you. You can take it back here any day."))
    else:
        messages.success(request, _("Taken back. It counts from now."))
    return redirect("people:details")
