"""What the gallery at /look/ is filled with: every part of the look on one page, for whoever builds the next screen.

Its people and numbers are made up and stand here, so that the page needs no database and shows nobody.
"""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import get_language_bidi

from goals.charts import Line, Mark, Shape, Spoke, goal_lines, number_line, wellbeing_web
from goals.domains import DOMAINS
from matching.path import Stage, Walk, link_up_path
from people.availability import SLOTS
from people.drawings import DRAWINGS

HELLO = date(2026, 10, 5)
LAST_DAY = date(2027, 2, 21)
TODAY = date(2026, 11, 20)


class SampleForm(forms.Form):
    """One field of every kind, two of them answered wrongly."""

    hope = forms.CharField(
        label="What would you like to be different?",
        help_text="Your words. There’s no wrong answer.",
        widget=forms.Textarea,
        required=False,
    )
    minutes = forms.IntegerField(
        label="How many minutes?",
        error_messages={"invalid": "Write a number, such as 45."},
        # Not type="number": a browser would throw away what somebody wrote in words.
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    place = forms.ChoiceField(label="Where", choices=[("h", "Hednesford"), ("r", "Rugeley")])
    when = forms.ChoiceField(
        label="When suits you best?",
        help_text="It doesn’t have to be every week.",
        choices=[("sat", "On Saturdays"), ("week", "After school"), ("unsure", "I’m not sure yet")],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(
        label="Ruth may see this too",
        help_text="You can change your mind any day.",
        required=False,
    )
    free_times = forms.MultipleChoiceField(
        label="When could you meet?",
        choices=[(slot, slot) for slot in SLOTS],
        widget=forms.CheckboxSelectMultiple,
    )
    value = forms.TypedChoiceField(
        label="Where is it today?",
        choices=[(n, str(n)) for n in range(11)],
        coerce=int,
        error_messages={"required": "Pick a number from 0 to 10"},
    )


def words() -> dict[str, Any]:
    """What the parts are filled with."""
    answers = {
        "minutes": "a while",
        "place": "h",
        "when": "sat",
        "free_times": ["wed-afternoon", "sat-morning", "sat-afternoon"],
    }
    return {
        "form": SampleForm(answers),
        "trail": [{"label": "Home", "url": "/"}],
        "correction": -30,
        "saturday": date(2026, 11, 28),
        "two": time(14),
        "half_past_four": time(16, 30),
        "heads": ["Who", "Gave", "Got"],
        "hour_rows": [["Pauline", "1 h 45", "0 h"], ["Amara", "6 h", "2 h 30"]],
        "person": {
            "key": 4,
            "name": "Denise and Mark",
            "where": "A family in Hednesford, about a mile away",
            "why": ["Their mornings were loud too.", "Free on Saturdays, like you."],
            "asks": ["We don’t know yet if their house has steps."],
            "noes": ["No bus on Sundays."],
        },
        "drawings": list(DRAWINGS.items()),
        "keys": range(1, 19),
    }


def pictures() -> dict[str, Any]:
    """The pictures, from the same functions that every page uses."""
    amara = Line("Amara", (Mark(0, 2), Mark(2, 2), Mark(3, 3), Mark(5, 5), Mark(7, 6)))
    joe = Line("Joe", (Mark(0, 3), Mark(3, 4), Mark(7, 5)))
    ruth = Line("Ruth", (Mark(0, 2), Mark(3, 3), Mark(7, 4)))
    stages = (
        Stage(HELLO, "Hello", "5 October, at the library in Hednesford, with Ruth"),
        Stage(date(2026, 12, 14), "Half way", "14 December: look at the goals with Ruth"),
        Stage(date(2027, 2, 8), "Getting ready to end", "Two weeks to plan the goodbye"),
        Stage(LAST_DAY, "Well done", "21 February 2027"),
    )
    mirrored = get_language_bidi()
    return {
        "path": link_up_path(
            Walk(started_on=HELLO, ends_on=LAST_DAY, today=TODAY, ours=12, theirs=4, stages=stages),
            mirrored=mirrored,
        ),
        "goal_lines": goal_lines([amara, joe, ruth], weeks=20, week=7, mirrored=mirrored),
        "web": wellbeing_web(
            [Spoke(str(one.name), one.term) for one in DOMAINS],
            then=Shape("Amara", "5 October", (6, 5, 4, 6, 3, 5, None, 2)),
            now=Shape("Amara", "16 November", (8, 6, 6, 7, 7, 6, 6, 6)),
            child=Shape("Joe", "16 November", (8, 6, 6, 7, 7, 6, 4, 6)),
            mirrored=mirrored,
        ),
        "number_line": number_line(Line("Joe", (Mark(0, 1), Mark(7, 8))), mirrored=mirrored),
    }
