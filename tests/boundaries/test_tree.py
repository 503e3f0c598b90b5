"""The house stays small: sizes of files and functions, names of modules, and what templates may hold."""

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LONGEST_FILE = 300
# Longer by a stated reason, and never beyond 500.
LONGER = {"config/settings.py": 340}  # one file, top to bottom, so that nobody looks for a second
LONGEST_FUNCTION = 70
LONGEST_COMPONENT = 80
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "services"}


def tracked(*patterns: str) -> list[Path]:
    """Give the files of the repository that match, migrations left out: Django writes those."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    return [
        ROOT / name
        for name in listed
        if name and "/migrations/" not in name and (ROOT / name).exists()
    ]


def test_it_has_no_long_file() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines()))
        > LONGER.get(str(path.relative_to(ROOT)), LONGEST_FILE)
    }
    assert long == {}


def test_it_has_no_long_function() -> None:
    long = {}
    for path in tracked("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = lines
    assert long == {}


def test_it_has_no_drawers() -> None:
    assert [str(path) for path in tracked("*.py") if path.stem in DRAWERS] == []


def test_it_leaves_no_hook_that_only_fails_when_it_is_asked() -> None:
    hooks = [
        str(path.relative_to(ROOT))
        for path in tracked("*.py")
        if any(
            isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        )
    ]
    assert hooks == []


def test_it_says_at_the_top_of_every_module_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in tracked("*.py")
        if path.read_text(encoding="utf-8").strip()
        and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []


def test_it_keeps_components_to_one_idea() -> None:
    long = {
        path.name: lines
        for path in tracked("templates/components/*.html")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_COMPONENT
    }
    assert long == {}


def test_it_has_no_inline_style_or_script_in_templates() -> None:
    guilty = [
        str(path.relative_to(ROOT))
        for path in tracked("templates/*.html")
        if re.search(
            r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/)|hx-on",
            path.read_text(encoding="utf-8"),
        )
    ]
    assert guilty == []


def test_it_loads_nothing_from_another_host() -> None:
    guilty = [
        str(path.relative_to(ROOT))
        for path in tracked("templates/*", "static/*.css", "static/*.js", "static/*.svg")
        if path.suffix in {".html", ".css", ".js", ".svg"}
        and re.search(
            r"(src|href|url|import)\s*[(=]?\s*[\"']?(https?:)?//(?!www\.w3\.org)",
            path.read_text(encoding="utf-8"),
        )
    ]
    assert guilty == []


def test_it_pins_without_addresses() -> None:
    for path in tracked("requirements/*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--index|--find", text)
