"""Who a family would like beside it: somebody who has been through it, a volunteer, or one of each.

A newcomer would make "both" mean "whichever comes first"; that is what "I’m not sure" means. Both are two wishes, and
each waits until it is answered.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.asking import Kept, Question
from people.models import Family
from people.questions.you import UNSURE

Hope = Family.Hope


class BesideQuestion(Question):
    """Who would you like beside you?"""

    slug = "beside"
    title = gettext_lazy("Who would you like beside you?")
    why = gettext_lazy(
        "Some families want somebody who has been through the same. Some want another pair of hands. If you’d like "
        "both, we look for each by itself, and finding one takes nothing from the other."
    )
    hopes_for = forms.ChoiceField(
        label=title,
        help_text=gettext_lazy("You can change this at any time."),
        choices=[
            (Hope.SHARING, Hope.SHARING.label),
            (Hope.VOLUNTEER, Hope.VOLUNTEER.label),
            (Hope.BOTH, Hope.BOTH.label),
            (UNSURE, gettext_lazy("I’m not sure, whoever suits us")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose who, or “I’m not sure”."),
            "invalid_choice": gettext_lazy("Choose who from the list."),
        },
    )

    def kept(self) -> Kept:
        """The hope as it is stored; not being sure is "either"."""
        told = self.cleaned_data["hopes_for"]
        return {"hopes_for": str(Hope.EITHER) if told == UNSURE else told}

    @classmethod
    def again(cls, kept: Kept) -> dict[str, Any]:
        """Either is the dashed one."""
        told = kept["hopes_for"]
        return {"hopes_for": UNSURE if told == Hope.EITHER else told}

    @classmethod
    def said(cls, kept: Kept) -> list[tuple[str, str]]:
        """One line."""
        return [(_("Beside us"), str(Hope(kept["hopes_for"]).label))]
