"""Two rounds of an area side by side, for its coaches."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matching.access import round_for
from matching.models import Round
from matching.reading.differences import MOST_TO_CHOOSE, difference_page, others_of
from matching.views.addresses import number_in
from people.access import SignedIn, access
from safeguarding.models import AccessEvent
from safeguarding.opening import note_openings


@require_safe
@access("coach")
def difference(request: SignedIn, id: int) -> HttpResponse:
    """Show what is different between a round and the one before it, or the one that `?with=` names.

    Not in a transaction: what a round would be without the pairs that were kept takes up to seconds to work out.
    """
    chosen = round_for(request.user, id)
    if not chosen.is_done:
        return redirect("matching:round", id=chosen.pk)
    others = list(others_of(chosen)[:MOST_TO_CHOOSE])
    other = _other(request, chosen, others)
    page = difference_page(chosen, other) if other else None
    if page:
        note_openings(
            by=request.user,
            families=page.families,
            purpose=AccessEvent.Purpose.MATCHING,
            page="matching:difference",
            at=timezone.now(),
        )
    shown = {"chosen": chosen, "other": other, "others": others, "page": page}
    return render(request, "matching/difference.html", shown)


def _other(request: SignedIn, chosen: Round, others: list[Round]) -> Round | None:
    """Give the round that was named, else the one before, else the only other one; 404 for one of another area."""
    if not request.GET.get("with"):
        before = (one.pk for one in others if one.pk < chosen.pk)
        pk = next(before, others[-1].pk if others else None)
        return round_for(request.user, pk) if pk else None
    named = number_in(request, "with")
    if named is None:
        raise Http404
    found = round_for(request.user, named)
    if not found.is_done or found.area_id != chosen.area_id or found == chosen:
        raise Http404
    return found
