"""The look keeps its promises: light for an old phone, every colour a token, readable contrast by day and night."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

CSS = Path(settings.BASE_DIR) / "static" / "css"
# Words and what they stand on. 4.5 to 1 for words, 3 to 1 for edges and marks (WCAG 1.4.3, 1.4.11).
WORDS = [
    ("ink", "paper"),
    ("ink-soft", "paper"),
    ("ink-soft", "raised"),
    ("ink-soft", "sunk"),
    ("ink-soft", "leaf-wash"),
    ("ink", "coral-wash"),
    ("ink", "ochre-wash"),
    ("ink", "red-wash"),
    ("on-coral", "coral"),
    ("coral-ink", "paper"),
    ("leaf", "paper"),
    ("leaf", "raised"),
    ("leaf", "coral-wash"),
    ("on-leaf", "leaf"),
    ("ochre", "paper"),
    ("red", "paper"),
    ("red", "red-wash"),
    ("plum", "paper"),
    ("sky", "paper"),
]
EDGES = [("edge", "paper"), ("edge", "raised"), ("coral", "paper"), ("focus", "paper")]


def tokens(*, dark: bool) -> dict[str, str]:
    css = (CSS / "tokens.css").read_text()
    light, night = css.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", light))
    if dark:
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", night))
    return found


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_it_can_be_read_by_day_and_by_night(dark: bool) -> None:
    found = tokens(dark=dark)
    faint = {
        pair: round(ratio, 2)
        for pairs, least in ((WORDS, 4.5), (EDGES, 3.0))
        for pair in pairs
        if (ratio := contrast(found[pair[0]], found[pair[1]])) < least
    }
    assert faint == {}


def test_it_names_every_colour_in_the_tokens_alone() -> None:
    # Paper and the shades inside drawings are the same by day and night, so they need no token.
    allowed = {"print.css", "drawing.css"}
    guilty = {
        path.name: found
        for path in [CSS / "base.css", *(CSS / "components").glob("*.css")]
        if path.name not in allowed
        and (found := re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text()))
    }
    assert guilty == {"base.css": ["#ffd25e", "#16372d"], "field.css": ["#fff"]}


def test_it_uses_only_tokens_that_exist() -> None:
    sheets = [CSS / "base.css", CSS / "print.css", *(CSS / "components").glob("*.css")]
    named = set(re.findall(r"(--[\w-]+):", (CSS / "tokens.css").read_text()))
    used = {name for path in sheets for name in re.findall(r"var\((--[\w-]+)", path.read_text())}
    assert used - named == set()


def test_it_is_light_enough_for_an_old_phone() -> None:
    joined = finders.find("css/kith.css")
    assert joined
    assert Path(str(joined)).stat().st_size < 40_000  # with 20 kB of page: under 60 kB


def test_it_speaks_of_directions_that_turn_with_the_language() -> None:
    physical = re.compile(
        r"(?<![\w-])(margin|padding|border|inset)-(left|right)\b|(?<![\w-])(left|right):|text-align: (left|right)"
    )
    guilty = [
        path.name
        for path in (CSS / "components").glob("*.css")
        if physical.search(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL))
    ]
    assert guilty == []
