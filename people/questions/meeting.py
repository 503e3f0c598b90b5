"""Where somebody lives, when they are free, and what makes it easy to get together."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import availability, places, postcodes, words
from people.asking import Kept, Question, Unsure, not_sure
from people.models import Place
from people.questions.you import UNSURE

TRAVEL = (
    ("2", gettext_lazy("A walk away, about a mile")),
    ("5", gettext_lazy("A short ride, about three miles")),
    ("10", gettext_lazy("About six miles")),
    ("20", gettext_lazy("Further is fine")),
    (UNSURE, gettext_lazy("I’m not sure")),
)
USUAL_TRAVEL_KM = 5


class PlaceField(forms.ModelChoiceField):
    """A town or a neighbourhood in a list grouped by town: works without a script, and typing finds a name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Place.objects.filter(kind__in=[Place.Kind.TOWN, Place.Kind.NEIGHBOURHOOD]),
            to_field_name="reference",
            error_messages={
                "required": gettext_lazy("Choose a place. The nearest town is fine."),
                "invalid_choice": gettext_lazy("Choose a place from the list."),
            },
            **kwargs,
        )

    def grouped(self) -> None:
        """Read the places; called when a form is made, because they change while the server runs."""
        self.choices = [("", _("Choose a place")), *places.choices()]


class PlaceQuestion(Question):
    """Where do you live?"""

    slug = "place"
    title = gettext_lazy("Which part do you live in?")
    why = gettext_lazy(
        "We look for people near you. Others see only the neighbourhood and a rough distance, never where you live. "
        "We don’t ask for your address."
    )
    place = PlaceField(
        label=title,
        help_text=gettext_lazy("If you’re not sure, or between places, choose the nearest town."),
    )
    postcode = forms.CharField(
        label=gettext_lazy("Or write your postcode"),
        help_text=gettext_lazy(
            "We look up which part it’s in, then we let it go. It isn’t kept anywhere."
        ),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "w-m"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].grouped()  # type: ignore[attr-defined]
        if postcodes.are_known():
            self.heading = self.title  # type: ignore[misc]  # two boxes now, so neither is the heading
            self.fields["place"].label = _("Choose it from the list")
            self.fields["place"].error_messages["required"] = _(
                "Choose a place from the list, or write your postcode below."
            )
        else:
            del self.fields["postcode"]

    def clean(self) -> Kept:
        """One of the two; a postcode gives the place, unless one was chosen, and always how near."""
        told = super().clean() or {}
        written = told.get("postcode", "")
        self.found = None
        if written:
            code = postcodes.as_code(written)
            self.found = postcodes.find(code) if code else None
            if self.found is None:
                self.add_error("postcode", _not_known(code))
            if self.has_error("place", "required"):
                del self.errors["place"]  # either of the two is an answer
                told["place"] = None
        return told

    def kept(self) -> Kept:
        """The place's reference, which outlives a reload of the file of places, and the cell of a postcode."""
        place = self.cleaned_data["place"]
        if self.found is None:
            return {"place": place.reference}
        cell = [str(self.found.cell_latitude), str(self.found.cell_longitude)]
        return {"place": (place or self.found.place).reference, "cell": cell}

    @classmethod
    def again(cls, kept: Kept) -> dict[str, Any]:
        """The place alone: there is no postcode to show."""
        return {"place": kept["place"]}

    @classmethod
    def said(cls, kept: Kept) -> list[tuple[str, str]]:
        """The place's name."""
        place = Place.objects.filter(reference=kept["place"]).first()
        return [(_("Where"), place.name if place else not_sure())]


def _not_known(code: str) -> str:
    if not code:
        return _(
            "A postcode looks like WS7 4AA. Check it, or choose the nearest place from the list."
        )
    return _(
        "We don’t know that postcode here. Check it, or choose the nearest place from the list. Both are fine."
    )


class FreeTimes(forms.Form):
    """The week as tiles, and the tick for who can't say: some time, or the tick."""

    free_times = forms.MultipleChoiceField(
        label=gettext_lazy("When could you meet?"),
        choices=[(slot, slot) for slot in availability.SLOTS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Tap times from the table.")},
    )
    unsure = Unsure(gettext_lazy("I’m not sure yet, or it changes every week"))

    def clean(self) -> Kept:
        """Refuse an answer that says nothing at all."""
        told = super().clean() or {}
        if (
            not told.get("free_times")
            and not told.get("unsure")
            and "free_times" not in self.errors
        ):
            self.add_error(
                "free_times", _("Tap a time when you’re free, or tick “I’m not sure yet”.")
            )
        return told


class TimesQuestion(FreeTimes, Question):
    """When could you meet?"""

    slug = "times"
    title = gettext_lazy("When could you meet?")
    heading = gettext_lazy("When could you meet another family?")
    lead = gettext_lazy("Tap the times that are often free. It doesn’t have to be every week.")
    why = gettext_lazy(
        "We look for people who are free when you are. They don’t see this table, only the times that fit you both."
    )
    template = "people/question_times.html"

    @classmethod
    def said(cls, kept: Kept) -> list[tuple[str, str]]:
        """The times in words."""
        times = availability.in_words(availability.to_bits(kept["free_times"]))
        if kept.get("unsure"):
            times.append(_("It may change") if times else not_sure())
        return [(_("Free times"), ", ".join(times))]


class TravelQuestion(Question):
    """How far could you go?"""

    slug = "travel"
    title = gettext_lazy("How far could you go?")
    heading = gettext_lazy("Getting there")
    travel_km = forms.ChoiceField(
        label=gettext_lazy("How far could you go?"),
        choices=TRAVEL,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose how far, or “I’m not sure”."),
            "invalid_choice": gettext_lazy("Choose how far from the list."),
        },
    )

    @classmethod
    def said(cls, kept: Kept) -> list[tuple[str, str]]:
        """One line."""
        return [(_("How far"), str(dict(TRAVEL)[kept["travel_km"]]))]


class MeetingQuestion(TravelQuestion):
    """How far, what helps, what you would rather not meet."""

    slug = "meeting"
    title = gettext_lazy("Getting together")
    heading = gettext_lazy("What makes it easy to get together?")
    access_needs = forms.MultipleChoiceField(
        label=gettext_lazy("What would help?"),
        choices=words.ACCESS_NEEDS.items(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Tick what would help from the list.")},
    )
    no_to = forms.MultipleChoiceField(
        label=gettext_lazy("What would you rather not meet?"),
        choices=words.RATHER_NOT.items(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Tick things from the list.")},
    )

    @classmethod
    def said(cls, kept: Kept) -> list[tuple[str, str]]:
        """Three lines."""
        helps = ", ".join(str(words.ACCESS_NEEDS[code]) for code in kept["access_needs"])
        rather_not = ", ".join(str(words.RATHER_NOT[code]) for code in kept["no_to"])
        return [
            *super().said(kept),
            (_("What would help"), helps or _("Nothing special")),
            (_("Rather not"), rather_not or _("Nothing special")),
        ]


def travel_km(meeting: Kept) -> int:
    """Give how far, in km; somebody who isn't sure goes as far as most people do."""
    told = meeting["travel_km"]
    return USUAL_TRAVEL_KM if told == UNSURE else int(told)
