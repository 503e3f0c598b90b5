"""The supporter's weekly "how was it?": asked, taken in one tap, and a line where it was hard."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matching.access import supported_link_up
from matching.how_was_it import say
from matching.how_was_it_form import HowWasItForm
from matching.linkups import LinkUpError
from matching.models import HowWasIt
from matching.reading.how_was_it import asked_about
from matching.resting import resting_for
from people.access import SignedIn, access


@require_http_methods(["GET", "HEAD", "POST"])
@access("member")
def how_was_it(request: SignedIn, id: int) -> HttpResponse:
    """Ask how the week was, and take the answer; after "hard" the page comes back and asks for a line."""
    found = supported_link_up(request.user, id)
    form = HowWasItForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            said = say(link_up=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except LinkUpError as problem:
            form.add_error(None, str(problem))
        else:
            if said.answer == HowWasIt.Answer.HARD and not said.words:
                return redirect("matching:how_was_it", id=found.pk)
            messages.success(request, _("Thank you. Your coach can read it."))
            return redirect("home")
    shown = {
        "form": form,
        "link_up": found,
        "asked": asked_about(found, on=timezone.localdate()),
        "resting": resting_for(found, reader=request.user, side="supporter"),
        "page": {"side": "supporter"},
    }
    return render(request, "matching/how_was_it.html", shown)
