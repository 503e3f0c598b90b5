"""Only timebank/ledger.py makes transfers and moves balances. Read from the source, so that no review has to notice."""

import ast
from pathlib import Path

from config.checks import OURS

ROOT = Path(__file__).parent.parent.parent
WRITER = ROOT / "timebank" / "ledger.py"
WRITING = {
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "delete",
}


def sources() -> list[Path]:
    return [
        path
        for app in OURS
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts and path != WRITER
    ]


def wrongs(tree: ast.AST) -> list[str]:
    """Give what in `tree` writes a transfer or a balance."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            verb = called.rsplit(".", maxsplit=1)[-1]
            makes = called == "Transfer" or (verb in WRITING and "Transfer.objects" in called)
            moves = any(keyword.arg == "balance_minutes" for keyword in node.keywords) and (
                verb in WRITING or called == "Account"
            )
            if makes or moves:
                found.append(called)
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, ast.Assign | ast.AugAssign):
            found += [
                ast.unparse(target)
                for target in targets
                if isinstance(target, ast.Attribute) and target.attr == "balance_minutes"
            ]
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value.lower()
            if any(
                f"{verb} timebank_{table}" in text
                for verb in ("into", "update", "from delete")
                for table in ("transfer", "account")
            ):
                found.append(node.value)
    return found


def test_it_has_one_writer_of_transfers_and_balances() -> None:
    guilty = {
        str(path.relative_to(ROOT)): found
        for path in sources()
        if (found := wrongs(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert guilty == {}


def test_it_would_notice_each_way_round_the_ledger() -> None:
    for line in (
        "Transfer.objects.create(minutes=1)",
        "Transfer(minutes=1).save()",
        "Transfer.objects.filter(pk=1).update(minutes=1)",
        "account.balance_minutes += 5",
        "account.balance_minutes = 5",
        "Account.objects.filter(pk=1).update(balance_minutes=5)",
        "Account.objects.create(balance_minutes=5)",
        "cursor.execute('UPDATE timebank_account SET balance_minutes = 5')",
    ):
        assert wrongs(ast.parse(line)), line


def test_it_notices_the_ledger_itself() -> None:
    assert wrongs(ast.parse(WRITER.read_text(encoding="utf-8")))
