"""`{% load kith %}`: the tags and filters that templates are built of, listed in templates/components/README.md.

Thin on purpose: words come from people/saying.py, shapes from people/icons.py and people/drawings.py, fields from
people/fields.py. A tag here never asks the database anything.
"""

from datetime import date, datetime, time
from typing import Any

from django import forms, template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from people import drawings, icons, saying
from people.fields import FieldView, problems, times_table
from people.nearness import band

register = template.Library()

STANDINGS = {
    "full": "good",
    "half": "wait",
    "empty": "",
    "dotted": "unknown",
    "diamond": "stop",
    "today": "now",
}
NOTICES = {
    "good": ("good", "good"),
    "wait": ("wait", "clock"),
    "stop": ("stop", "problem"),
    "plain": ("plain", "information"),
    "private": ("plain", "lock"),
}
# Django's message levels, as notices.
LEVELS = {"success": "good", "warning": "wait", "error": "stop", "info": "plain", "debug": "plain"}


@register.simple_tag
def exit_address() -> str:
    """`{% exit_address %}`: where "Exit this page" leads, a page that anybody might read."""
    return settings.EXIT_ADDRESS


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "home" %}`"""
    return icons.icon(name)


@register.simple_tag
def drawing(name: str) -> SafeString:
    """`{% drawing "table" %}`: one of people.drawings.DRAWINGS."""
    return drawings.drawing(name)


@register.simple_tag
def door(key: object, kind: str = "family") -> SafeString:
    """`{% door family.pk %}`, `{% door volunteer.pk "volunteer" %}`, `{% door organisation.pk "organisation" %}`"""
    return drawings.door(key, kind)


@register.simple_tag
def standing(shape: str, words: object) -> SafeString:
    """`{% standing "full" "Match" %}`: full, half, empty, dotted, diamond or today, always with a word."""
    return format_html('<span class="standing {}">{}</span>', STANDINGS[shape], words)


@register.simple_block_tag
def notice(content: str, tone: str = "good") -> SafeString:
    """`{% notice "wait" %}…{% endnotice %}`: good, wait, stop, plain or private."""
    colour, picture = NOTICES[LEVELS.get(tone, tone)]
    return format_html(
        '<div class="notice {}">{}<div>{}</div></div>', colour, icons.icon(picture), content
    )


@register.inclusion_tag("components/stones.html")
def stones(here: int, total: int) -> dict[str, Any]:
    """`{% stones 4 9 %}`: "Question 4 of 9" and its stepping stones."""
    marks = ["done" if n < here else "here" if n == here else "" for n in range(1, total + 1)]
    return {"here": here, "total": total, "marks": marks}


@register.inclusion_tag("components/field.html")
def field(bound: forms.BoundField, **how: Any) -> dict[str, Any]:
    """`{% field form.minutes width="s" %}`: label, hint, error and box of any field, tied together for screen readers.

    width: s, m or code. heading="h1" makes the label or legend the heading of a question page. label and hint say it
    in other words than the form does.
    """
    return {"field": FieldView(bound, **how)}


@register.inclusion_tag("components/times.html")
def times(bound: forms.BoundField) -> dict[str, Any]:
    """`{% times form.free_times %}`: the week as tiles. Values are "mon-morning" … "sun-evening"."""
    return {"field": FieldView(bound), "table": times_table(bound)}


@register.inclusion_tag("components/scale.html")
def scale(bound: forms.BoundField, low: str = "", high: str = "") -> dict[str, Any]:
    """`{% scale form.value low="the worst it has been" high="just how we want it" %}`: the choices as tiles.

    0 to 10, as a rule. A choice with the value "unsure" is a question mark, and read aloud in its own words.
    """
    chosen = "" if bound.value() is None else str(bound.value())
    steps = [
        {
            "value": value,
            "tile": "?" if value == "unsure" else value,
            "says": said,
            "checked": str(value) == chosen,
        }
        for value, said in bound.field.choices  # type: ignore[attr-defined]  # a choice field
    ]
    numbers = [step["value"] for step in steps if step["value"] != "unsure"]
    ends = {"first": numbers[0], "last": numbers[-1]}
    return {"field": FieldView(bound), "low": low, "high": high, "steps": steps, **ends}


@register.inclusion_tag("components/problem.html")
def problem_summary(*forms_: forms.BaseForm) -> dict[str, Any]:
    """`{% problem_summary form %}`: "There is a problem" with a link to each field; nothing when all is well."""
    return {"problems": problems(*forms_)}


@register.simple_tag
def rate(part: int | None, whole: int | None) -> str:
    """`{% rate 11 12 %}`: "11 of 12", or "none yet"."""
    return saying.out_of(part, whole)


@register.simple_tag
def from_to(start: time | datetime, end: time | datetime | None = None) -> str:
    """`{% from_to event.starts_at event.ends_at %}`: "2 to 4.30"."""
    return saying.from_to(start, end)


@register.filter
def as_count(number: int) -> str:
    """`{{ 11|as_count }}` is "eleven"; above twenty, figures."""
    return saying.count(number)


@register.filter
def as_hours(minutes: int | None, how: str = "") -> str:
    """`{{ 90|as_hours }}` is "1 h 30"; `{{ 90|as_hours:"signed" }}` is "+1 h 30"; nothing known is a dash.

    The spaces don't break: "1" at the end of a line and "h 30" on the next reads as another number.
    """
    if minutes is None:
        return "–"
    return saying.hours(minutes, signed=how == "signed").replace(" ", "\N{NO-BREAK SPACE}")


@register.filter
def as_day(on: date | datetime | None, how: str = "") -> str:
    """ "Saturday 28 November"; `:"year"` adds the year; `:"short"` is "28 Nov"; `:"plain"` is "28 November"."""
    if not on:
        return ""
    if how == "short":
        return saying.short_day(on)
    if how.startswith("plain"):
        return saying.plain_day(on, with_year=how == "plain-year")
    return saying.day(on, with_year=how == "year")


@register.filter
def as_clock(at: time | datetime | None) -> str:
    """ "4.30": where the half of the day is plain."""
    return saying.clock(at) if at else ""


@register.filter
def as_moment(at: time | datetime | None) -> str:
    """ "7.40 in the evening"."""
    return saying.moment(at) if at else ""


@register.filter
def as_distance(km: float | None) -> str:
    """ "3 to 6 miles away"; never finer, because a finer figure could give a house away."""
    return "" if km is None else band(km)


@register.filter
def as_device(user_agent: str | None) -> str:
    """ "An iPhone", from what the browser says of itself."""
    return saying.device(user_agent or "")
