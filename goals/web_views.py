"""A family's own wellbeing web: looked at, and filled in. Coaches do both on the pages of matching."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from goals import wellbeing
from goals.forms import WebForm
from goals.web_reading import asked_ids, web_of
from people.access import access, own_family, signed_in


@require_safe
@access("family")
def web(request: HttpRequest) -> HttpResponse:
    """Show the web: first and latest, or the two moments that were picked."""
    user = signed_in(request)
    read = web_of(own_family(user), viewer=user, **asked_ids(request.GET))
    return render(
        request,
        "goals/web.html",
        {
            "read": read,
            "back_url": reverse("home"),
            "back_label": _("Home"),
            "fill_in_url": reverse("goals:fill_in"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access("family")
def fill_in(request: HttpRequest) -> HttpResponse:
    """Ask the eight, and keep them whole."""
    user = signed_in(request)
    form = WebForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        wellbeing.fill_in(
            family=own_family(user),
            scorer=form.cleaned_data["scorer"],
            marks=form.marks(),
            words=form.cleaned_data["words"],
            by=user,
            at=timezone.now(),
            client_id=form.cleaned_data["client_id"],
        )
        messages.success(request, _("Thank you. It’s on our web."))
        return redirect("goals:web")
    return render(request, "goals/fill_in.html", {"form": form, "back_url": reverse("goals:web")})
