"""Pages about concerns. Raising one works signed out, without JavaScript, and from every page of the site."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

from people.access import access, signed_in
from safeguarding import concerns, pace
from safeguarding.access import concern_for, concerns_for
from safeguarding.forms import ActForm, RaiseForm


@require_http_methods(["GET", "HEAD", "POST"])
@access("public")
def raise_concern(request: HttpRequest) -> HttpResponse:
    """Ask what worries somebody; 999 stands first."""
    form = RaiseForm(request.POST if request.method == "POST" else None)
    slow_down = False
    if request.method == "POST" and form.is_valid():
        slow_down = pace.too_many(request)
        if not slow_down:
            told = form.cleaned_data
            concerns.raise_concern(
                words=told["words"],
                about=told["about"],
                reach=told["reach"],
                by=signed_in(request) if request.user.is_authenticated else None,
                at=timezone.now(),
            )
            return redirect("safeguarding:thanks")
    response = render(
        request,
        "safeguarding/raise.html",
        {"form": form, "slow_down": slow_down},
        status=429 if slow_down else 200,
    )
    add_never_cache_headers(response)  # on a shared phone, Back must not show what was written
    return response


@require_safe
@access("public")
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that it has arrived and what happens now."""
    return render(request, "safeguarding/thanks.html")


@require_safe
@access("concerns")
def listing(request: HttpRequest) -> HttpResponse:
    """Show the concerns, newest first."""
    page = Paginator(concerns_for(signed_in(request)), 30).get_page(request.GET.get("page"))
    return render(request, "safeguarding/concerns.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@access("concerns")
def concern(request: HttpRequest, concern_id: int) -> HttpResponse:
    """Show one concern with everything done about it, and add to that."""
    found = concern_for(signed_in(request), concern_id)
    form = ActForm(request.POST if request.method == "POST" else None, concern=found)
    if request.method == "POST" and form.is_valid():
        try:
            concerns.act(
                concern=found,
                words=form.cleaned_data["words"],
                level=form.cleaned_data["level"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except concerns.LevelOnlyClimbs as refusal:  # somebody else raised it meanwhile
            form.add_error("level", refusal.words)
        else:
            return redirect("safeguarding:concern", found.pk)
    opened = concerns.open_concern(concern=found, by=signed_in(request), at=timezone.now())
    return render(
        request,
        "safeguarding/concern.html",
        {
            "concern": opened,
            "actions": opened.actions.select_related("by"),
            "form": form,
            "back_url": reverse("safeguarding:concerns"),
        },
    )
