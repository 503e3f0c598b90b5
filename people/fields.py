"""What a page needs to know to ask for one thing: label, hint, error, and how they are tied to the box.

One macro draws every input (components/field.html), so that no form can forget `aria-describedby`. Django's own
`required` attribute is never written: an empty answer gets our words, not the browser's.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.availability import DAYS, PARTS

DAY_LABELS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
PART_LABELS = (_("Morning"), _("After school"), _("Evening"))


@dataclass(frozen=True)
class Problem:
    """One thing to put right, and the id of the box to put it right in (empty for the whole form)."""

    target: str
    words: str


class FieldView:
    """A bound field as components/field.html draws it."""

    def __init__(
        self,
        bound: forms.BoundField,
        *,
        width: str = "",
        heading: str = "",
        label: object = None,
        hint: object = None,
    ) -> None:
        self.bound = bound
        self.width = width
        self.heading = heading
        self.id = bound.auto_id
        self.errors = [in_our_words(error, bound.field) for error in bound.errors.as_data()]
        self.label = label or bound.label
        self.hint = bound.help_text if hint is None else hint
        self.optional = not bound.field.required and not self.is_lone_tick

    @property
    def widget(self) -> forms.Widget:
        """The widget behind the field."""
        return self.bound.field.widget

    @property
    def is_hidden(self) -> bool:
        """Whether there is nothing to show."""
        return self.bound.is_hidden

    @property
    def is_group(self) -> bool:
        """Radios or ticks: a fieldset with a legend, not a label."""
        return isinstance(self.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def is_lone_tick(self) -> bool:
        """One box to tick: the label stands beside it."""
        return isinstance(self.widget, forms.CheckboxInput)

    @property
    def options(self) -> list[Any]:
        """The choices of a group. One whose value is "unsure" is drawn dashed."""
        return [option for option in self.bound if str(option.data.get("value", "")) != ""]

    @property
    def first_id(self) -> str:
        """Where a link in the summary lands: the box itself, or the first of a group."""
        if self.is_group:
            return f"{self.id}_0"
        return self.id

    @property
    def described_by(self) -> str:
        """Ids of the hint and the error, for the group's own aria-describedby."""
        ids = [f"{self.id}-hint"] if self.hint else []
        return " ".join([*ids, *([f"{self.id}-error"] if self.errors else [])])

    @property
    def box(self) -> str:
        """The input itself, with the classes and ties of ours."""
        self.bound.form.use_required_attribute = False
        # A hint is never a placeholder: it would vanish as soon as somebody begins to write.
        attrs: dict[str, Any] = {
            "aria-describedby": self.described_by or False,
            "placeholder": False,
        }
        classes = [f"w-{self.width}"] if self.width else []
        if own := self.widget.attrs.get("class"):
            classes.append(own)
        if classes:
            attrs["class"] = " ".join(classes)
        if self.errors:
            attrs["aria-invalid"] = "true"
        return self.bound.as_widget(attrs=attrs)


# What Django would say, and what we say. A form's own message always wins.
PLAIN = (
    (forms.EmailField, "invalid", _("Write an email address, such as name@example.org.")),
    (forms.IntegerField, "invalid", _("Write a whole number, such as 45.")),
    (forms.DateField, "invalid", _("Write a date, such as 28/11/2026.")),
    (forms.ChoiceField, "required", _("Pick one of these.")),
    (forms.ChoiceField, "invalid_choice", _("Pick one of these.")),
    (forms.MultipleChoiceField, "required", _("Pick at least one.")),
    (forms.Field, "required", _("Please fill this in.")),
)


def in_our_words(error: forms.ValidationError, field: forms.Field) -> str:
    """The sentence for one error: the form's own if it has one, else ours for Django's stock sentence."""
    said = " ".join(error.messages)
    if error.code == "max_length" and "max_length" not in field.error_messages:
        most = intcomma((error.params or {}).get("limit_value", ""))
        return gettext("Use %(most)s letters or fewer.") % {"most": most}
    kinds = type(field).__mro__
    stock = {
        str(kind.default_error_messages.get(error.code, ""))
        for kind in kinds
        if hasattr(kind, "default_error_messages")
    } | {
        str(getattr(validator, "message", ""))
        for validator in field.validators
        if getattr(validator, "code", None) == error.code
    }
    if str(error.message) not in stock:
        return said
    fitting = [
        (kinds.index(kind), str(words))
        for kind, code, words in PLAIN
        if code == error.code and kind in kinds
    ]
    return min(fitting)[1] if fitting else said


def problems(*forms_: forms.BaseForm) -> list[Problem]:
    """Everything to put right on these forms, in the order of the fields; what concerns a whole form comes last."""
    found: list[Problem] = []
    for form in forms_:
        if not form or not form.is_bound:
            continue
        for bound in form:
            view = FieldView(bound)
            found += [Problem("" if view.is_hidden else view.first_id, str(e)) for e in view.errors]
        found += [Problem("", str(e)) for e in form.non_field_errors()]
    return found


def times_table(bound: forms.BoundField) -> list[dict[str, Any]]:
    """Seven rows of three tiles, for a field whose values are "mon-morning" and so on."""
    picked = {str(value) for value in bound.value() or []}
    offered = {str(value) for value, _label in getattr(bound.field, "choices", [])}
    rows, number = [], 0
    for day, day_name in zip(DAYS, DAY_LABELS, strict=True):
        tiles = []
        for part, part_name in zip(PARTS, PART_LABELS, strict=True):
            value = f"{day}-{part}"
            if offered and value not in offered:
                continue
            tiles.append(
                {
                    "value": value,
                    "name": f"{day_name}, {part_name}",
                    "id": f"{bound.auto_id}_{number}",
                    "checked": value in picked,
                }
            )
            number += 1
        rows.append({"day": day_name, "tiles": tiles})
    return rows
