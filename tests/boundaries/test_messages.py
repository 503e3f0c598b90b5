"""What we say when something must be put right is a sentence, and ends like one, wherever it is written."""

import ast
from collections.abc import Iterator

from tests.boundaries.test_tree import ROOT, tracked

ENDS = (".", "?", "!")
TRANSLATES = {"_", "_lazy", "gettext", "gettext_lazy", "ngettext"}
SAYS = {
    "ValidationError",
    "add_error",
    "error",
    "warning",
    "success",
}  # calls whose words somebody reads
HOLDS = {"error_messages", "required_words"}  # keywords that hold such words
ALSO = {
    "PLAIN",
    "error_messages",
}  # ours for the stock sentences of Django and of the accounts package


def sentences(tree: ast.AST) -> Iterator[str]:
    """Give every sentence for somebody who has something to put right."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in HOLDS:
            yield from told(node.value)
        elif isinstance(node, ast.Call) and called(node) in SAYS:
            yield from told(*node.args)
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from told(*node.exc.args)
        elif isinstance(node, ast.ClassDef) and is_error(node):
            yield from told(*(made.value for made in node.body if isinstance(made, ast.Assign)))
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ALSO:
            yield from told(node.value)


def told(*nodes: ast.AST) -> Iterator[str]:
    """Give what is translated somewhere below."""
    for node in nodes:
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and called(call) in TRANSLATES:
                said = (given.value for given in call.args if isinstance(given, ast.Constant))
                yield from (words for words in said if isinstance(words, str))


def called(node: ast.Call) -> str:
    """Give the name of what is called."""
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


def is_error(node: ast.ClassDef) -> bool:
    """Say whether a class is an exception with words of its own: it, or what it is made from, is called one."""
    bases = {ast.unparse(base) for base in node.bases}
    return bool(bases & {"Exception", "ValueError", "LookupError", "NotPosted"})


def ours() -> Iterator[tuple[str, str]]:
    """Give (file, sentence) over the whole house."""
    for path in tracked("*.py"):
        file = path.relative_to(ROOT)
        if file.parts[0] != "tests":
            for said in sentences(ast.parse(path.read_text(encoding="utf-8"))):
                yield str(file), said


def test_it_ends_every_sentence_about_something_to_put_right() -> None:
    found = list(ours())
    assert {"people/fields.py", "goals/forms.py", "messaging/posting.py"} <= {
        file for file, _ in found
    }
    assert [pair for pair in found if not pair[1].rstrip("”").endswith(ENDS)] == []
