"""What the pages for newcomers name is there: files, make targets, commands, models, settings and links.

Only names in `backticks` and code blocks are held to this; running text may speak of what is to come.
"""

import importlib.util
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

from config.checks import OURS

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted(
    [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")]
    + list((ROOT / "docs").rglob("*.md"))
)
ENDINGS = (".py", ".md", ".yaml", ".csv", ".toml", ".css", ".txt", ".html", ".svg")
# What a machine makes for itself, and what `make setup` writes.
MADE = ("var/", ".env", ".venv")

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def code_in(page: Path) -> list[str]:
    """Give the code blocks of a page, line by line, and its `spans`."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```.*?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    text = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.split("\n")] + re.findall(
        r"`([^`\n]+)`", text
    )


def paths_in(page: Path) -> list[str]:
    """Give what looks like a path inside the repository: its first part is one of ours, or its ending is."""
    top = {entry.name for entry in ROOT.iterdir()}
    named = []
    for code in code_in(page):
        word = code.strip()
        if not re.fullmatch(r"[\w.*/-]+", word) or word.startswith(("/", *MADE)):
            continue
        if ("/" in word and word.split("/")[0] in top) or word.endswith(ENDINGS):
            named.append(word)
    return named


@pages
def test_it_names_only_files_that_are_there(page) -> None:
    missing = [
        word
        for word in paths_in(page)
        if not list(ROOT.glob(word)) and ("/" in word or not list(ROOT.glob(f"*/**/{word}")))
    ]
    assert missing == []


@pages
def test_it_names_only_make_targets_that_are_there(page) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {name for code in code_in(page) for name in re.findall(r"\bmake ([a-z-]+)", code)}
    assert named - targets == set()


@pages
def test_it_names_only_commands_that_are_there(page) -> None:
    named = {name for code in code_in(page) for name in re.findall(r"manage\.py ([a-z_]+)", code)}
    assert named - set(get_commands()) == set()


@pages
def test_it_names_only_modules_that_run(page) -> None:
    named = {name for code in code_in(page) for name in re.findall(r"python -m ([\w.]+)", code)}
    ours = {name for name in named if (ROOT / name.split(".")[0]).is_dir()}
    assert [name for name in ours if importlib.util.find_spec(name) is None] == []


@pages
def test_it_links_only_to_what_is_there(page) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", page.read_text(encoding="utf-8"))
    targets = [(one or other).split("#")[0] for one, other in links]
    missing = [
        target
        for target in targets
        if target
        and not target.startswith(("https://", "http://", "mailto:"))
        and not (page.parent / target).exists()
    ]
    assert missing == []


def glossary_names() -> list[str]:
    """Give the names in the last column of the glossary."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.split("|")[-2] for line in text.split("\n") if line.startswith("| ")]
    return [name for cell in rows for name in re.findall(r"`([^`]+)`", cell) if "." in name]


@pytest.mark.parametrize("name", glossary_names())
def test_it_explains_only_words_that_live_somewhere(name) -> None:
    if name.endswith((".py", ".toml")):
        return  # a file; looked for above
    before, last = name.rsplit(".", 1)
    if last[0].isupper():
        assert apps.get_model(before, last)
    elif before[0].isupper():
        models = {model.__name__: model for app in OURS for model in _models(app)}
        assert last in {field.name for field in models[before]._meta.get_fields()}
    else:
        assert _is_module(name) or hasattr(importlib.import_module(before), last)


def test_it_lists_every_setting_of_the_environment() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    settings = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", settings))
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) - read == set()
    assert listed == read


def _models(app: str) -> list[type]:
    # "config" is wiring and has no models of its own; Django knows it all the same.
    return list(apps.get_app_config(app).get_models())


def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False
