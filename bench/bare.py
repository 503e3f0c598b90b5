"""The limit: the same rows written by bare SQL through pgbench, into copies of our two tables without our triggers.

The copies have our indexes, checks and foreign keys. One function moves both balances in id order and inserts the row;
it asks no rule, knows no key and fills no refusal, so a ledger on the same rows can come near it and not beat it.
"""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from django.db import connection

from bench.writers import Load

TABLES = {"timebank_account": "bare_account", "timebank_transfer": "bare_transfer"}
FUNCTION = """
CREATE FUNCTION bare_post(payer bigint, payee bigint, by bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    payer_has bigint;
    payee_has bigint;
    written bigint;
BEGIN
    IF payer < payee THEN
        UPDATE bare_account SET balance_minutes = balance_minutes - 1 WHERE id = payer
        RETURNING balance_minutes INTO payer_has;
    END IF;
    UPDATE bare_account SET balance_minutes = balance_minutes + 1 WHERE id = payee
    RETURNING balance_minutes INTO payee_has;
    IF payer > payee THEN
        UPDATE bare_account SET balance_minutes = balance_minutes - 1 WHERE id = payer
        RETURNING balance_minutes INTO payer_has;
    END IF;
    INSERT INTO bare_transfer (payer_id, payee_id, minutes, kind, reason, happened_at, recorded_at, by_id, key,
                               body_hash, payer_balance_after, payee_balance_after)
    VALUES (payer, payee, 1, 'exchange', 'bench', now(), now(), by, gen_random_uuid()::text, repeat('0', 64),
            payer_has, payee_has)
    RETURNING id INTO written;
    RETURN written;
END $$
"""


def pgbench() -> str | None:
    """Give where pgbench is; nothing when this machine has none."""
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"), key=_version)
    return shutil.which("pgbench") or (str(kept[-1]) if kept else None)


def copy_tables() -> None:
    """Make the two copies, with the accounts that are there, and the function."""
    with connection.cursor() as cursor:
        for table, copy in TABLES.items():
            cursor.execute(f"CREATE TABLE {copy} (LIKE {table} INCLUDING ALL)")
        cursor.execute("INSERT INTO bare_account SELECT * FROM timebank_account")
        for table, copy in TABLES.items():
            cursor.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
                " WHERE conrelid = %s::regclass AND contype = 'f'",
                [table],
            )
            for (key,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {copy} ADD {_to_the_copies(key)}")
        cursor.execute(FUNCTION)


def per_second(program: str, load: Load, *, clients: int, seconds: int) -> tuple[float, int]:
    """Give how many postings a second pgbench gets done, and how many failed. The loads' ids have no gaps."""
    (payers, payees) = (_draw(load.payers), _draw(load.payees))
    script = (
        f"\\set payee {payees}\n\\set payer {payers}\n"
        # The next one, when both are the same; the last one's next is the first.
        f"\\set payer case when :payer <> :payee then :payer"
        f" when :payer < {max(load.payers)} then :payer + 1 else {min(load.payers)} end\n"
        f"SELECT bare_post(:payer, :payee, {load.by_id});\n"
    )
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = [program, "--no-vacuum", "--protocol=prepared", f"--client={clients}"]
        command += [f"--jobs={min(clients, os.cpu_count() or 1)}", f"--time={seconds}"]
        command += [f"--file={file.name}"]
        told = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, **_where()}
        )
    rate = re.search(r"^tps = ([\d.]+)", told.stdout, re.MULTILINE)
    if told.returncode or rate is None:
        raise RuntimeError(f"pgbench: {told.stderr}")
    failed = re.search(r"number of failed transactions: (\d+)", told.stdout)
    return float(rate[1]), int(failed[1]) if failed else 0


def _draw(ids: tuple[int, ...]) -> str:
    assert max(ids) - min(ids) + 1 == len(ids), (
        "pgbench draws from a range, so it may have no gaps."
    )
    return f"random({min(ids)}, {max(ids)})"


def _where() -> dict[str, str]:
    """Give where the benchmark's own database is, in the words that PostgreSQL's programs know."""
    connection.ensure_connection()
    info = connection.connection.info
    return {
        "PGHOST": info.host,
        "PGPORT": str(info.port),
        "PGUSER": info.user,
        "PGPASSWORD": info.password,
        "PGDATABASE": info.dbname,
    }


def _version(path: Path) -> float:
    return float(path.parent.parent.name)


def _to_the_copies(key: str) -> str:
    return re.sub(r"\btimebank_(account|transfer)\b", r"bare_\1", key)
