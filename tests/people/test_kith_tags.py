"""The tags that templates are built of: a field can't be drawn without its ties, a drawing can't be missing."""

from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template

from people import drawings
from people.availability import SLOTS
from people.icons import SHAPES
from people.stylesheet import squeeze


class Asked(forms.Form):
    name = forms.CharField(label="Your name", help_text="As your friends say it")
    address = forms.EmailField(label="Your email address")
    minutes = forms.IntegerField(
        label="How long?", error_messages={"invalid": "Write minutes"}, required=False
    )
    suits = forms.ChoiceField(
        choices=[("sat", "Saturdays"), ("unsure", "Not sure")], widget=forms.RadioSelect
    )
    free = forms.MultipleChoiceField(
        choices=[(slot, slot) for slot in SLOTS], widget=forms.CheckboxSelectMultiple
    )
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(source: str, **context: object) -> str:
    return Template("{% load kith %}" + source).render(Context(context))


def test_it_ties_hint_and_error_to_the_box() -> None:
    html = drawn("{% field form.name %}", form=Asked({}))
    assert 'aria-describedby="id_name-hint id_name-error"' in html
    assert 'id="id_name-hint"' in html
    assert 'id="id_name-error"' in html
    assert 'aria-invalid="true"' in html
    assert "Please fill this in" in html


def test_it_never_leaves_checking_to_the_browser() -> None:
    html = drawn("{% for f in form %}{% field f %}{% endfor %}", form=Asked())
    assert "required" not in html
    assert "placeholder" not in html


def test_it_marks_what_may_be_left_out() -> None:
    assert "(if you like)" in drawn("{% field form.minutes %}", form=Asked())
    assert "(if you like)" not in drawn("{% field form.name %}", form=Asked())


def test_it_draws_radios_as_choices_with_not_sure_dashed() -> None:
    html = drawn("{% field form.suits %}", form=Asked())
    assert html.count('<label class="choice') == 2
    assert 'class="choice unsure"' in html
    assert "<fieldset" in html


def test_it_draws_the_week_with_what_is_picked() -> None:
    html = drawn("{% times form.free %}", form=Asked({"free": ["wed-afternoon"]}))
    assert html.count('type="checkbox"') == 21
    assert html.count(" checked") == 1
    assert (
        'value="wed-afternoon" id="id_free_7" aria-label="Wednesday, After school" checked' in html
    )


def test_it_links_each_problem_to_its_box() -> None:
    html = drawn(
        "{% problem_summary form %}",
        form=Asked({"name": "A", "address": "nowhere", "minutes": "long"}),
    )
    assert '<a href="#id_address">Write an email address, such as name@example.org.</a>' in html
    assert '<a href="#id_minutes">Write minutes</a>' in html
    assert '<a href="#id_suits_0">Pick one of these.</a>' in html
    assert '<a href="#id_free_0">Pick at least one.</a>' in html


def test_it_has_no_summary_without_problems() -> None:
    assert drawn("{% problem_summary form %}", form=Asked()).strip() == ""


def test_it_refuses_a_standing_that_is_no_shape() -> None:
    with pytest.raises(KeyError):
        drawn('{% standing "green" "Fine" %}')


def test_it_escapes_words() -> None:
    assert "<b>" not in drawn('{% standing "full" words %}', words="<b>")


def test_it_gives_an_id_the_same_door_always_and_neighbours_others() -> None:
    assert drawings.door(4) == drawings.door("4")
    assert len({drawings.door(n) for n in range(20)}) > 10
    assert drawings.door(4) != drawings.door(4, "volunteer") != drawings.door(4, "organisation")


@pytest.mark.parametrize("name", drawings.DRAWINGS)
def test_it_has_every_drawing_small_and_coloured_by_class(name: str) -> None:
    svg = drawings.drawing(name)
    assert len(svg.encode()) < 4096
    assert "style=" not in svg
    assert 'fill="' not in svg
    assert 'aria-hidden="true"' in svg


def test_it_lists_every_drawing_there_is() -> None:
    files = Path(settings.BASE_DIR / "templates" / "drawings").glob("*.svg")
    assert {path.stem for path in files} == set(drawings.DRAWINGS)


def test_it_refuses_an_icon_nobody_drew() -> None:
    assert "home" in SHAPES
    with pytest.raises(KeyError):
        drawn('{% icon "unicorn" %}')


def test_it_squeezes_a_sheet_without_changing_what_it_says() -> None:
    css = "/* why */ .a > .b,\n.c :is(p) { margin: calc(1px + 2px) ; color: red; }\n"
    assert squeeze(css) == ".a>.b,.c :is(p){margin:calc(1px + 2px);color:red}\n"


def test_it_says_how_long_an_answer_may_be_in_our_words() -> None:
    class Long(forms.Form):
        words = forms.CharField(max_length=1000)
        name = forms.CharField(max_length=3, error_messages={"max_length": "Just your initials"})

    html = drawn("{% problem_summary form %}", form=Long({"words": "x" * 1001, "name": "Amara"}))
    assert "Use 1,000 letters or fewer" in html
    assert "Just your initials" in html
    assert "characters" not in html
