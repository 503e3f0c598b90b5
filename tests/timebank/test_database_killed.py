"""The database itself killed with -9, three times under load: what it acknowledged is there, once.

It has a cluster of its own, so that nobody else's database falls with it. SQLite has no process that could be killed.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.timebank.processes import SERVED, address, whole, writer

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.concurrent,
    pytest.mark.skipif(not SERVED, reason="SQLite has no server to kill"),
]

WRITERS, POSTINGS, KILLS = 4, 1_500, 3
LINES = 200  # between one kill and the next; far fewer than one writer alone has to write


class Cluster:
    """A PostgreSQL server of our own, on a free port, in a folder that goes away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, "postgres", "postgres")
        self._run("initdb", "--auth=trust", "--username=postgres", "--pgdata", f"{folder}/data")
        self.start()

    def start(self) -> None:
        """Start it, which after a crash first plays its log back; a child of ours, so that we see it dead."""
        said = ["-p", str(self.port), "-k", str(self.folder), "-c", "listen_addresses=127.0.0.1"]
        with (self.folder / "log").open("ab") as log:
            self.server = subprocess.Popen(
                self._as_postgres("postgres", "-D", f"{self.folder}/data", *said),
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + 60
        while True:
            with suppress(psycopg.OperationalError):
                self.holds("SELECT 1")
                return
            assert self.server.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill it and everything it started, at once and without a word."""
        listed = subprocess.run(
            ["pgrep", "-P", str(self.server.pid)], check=True, capture_output=True, text=True
        )
        for process in [self.server.pid, *map(int, listed.stdout.split())]:
            with suppress(ProcessLookupError):  # a connection that ended in between
                os.kill(process, signal.SIGKILL)
        self.server.wait()

    def stop(self) -> None:
        """Stop it for good."""
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait()

    def holds(self, sql: str) -> list[tuple]:
        """Give the rows of a question."""
        with psycopg.connect(self.address) as asked:
            return asked.execute(sql).fetchall()

    def copy_of(self, other: str) -> None:
        """Bring the tables, triggers and rows of another database in."""
        told = subprocess.run([self.programs / "pg_dump", other], check=True, capture_output=True)
        take = [self.programs / "psql", "--quiet", "--set=ON_ERROR_STOP=1", self.address]
        subprocess.run(take, check=True, input=told.stdout, stdout=subprocess.DEVNULL)

    def _run(self, program: str, *said: str) -> None:
        command = self._as_postgres(program, *said)
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL)

    def _as_postgres(self, program: str, *said: str) -> list[str]:
        other = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        return [*(other if os.geteuid() == 0 else []), str(self.programs / program), *said]


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="kith-"))
    made = Cluster(folder)
    yield made
    made.stop()
    shutil.rmtree(folder)


@pytest.fixture
def writers(books, cluster) -> Iterator[list[subprocess.Popen[str]]]:
    """Four who write into a copy of the test database, and don't give up."""
    books(4)
    cluster.copy_of(address())
    started = [
        writer(f"writer {number}", POSTINGS, "--patient", at=cluster.address)
        for number in range(WRITERS)
    ]
    yield started
    for one in started:
        one.kill()
        one.wait()
        one.stdout.close()  # type: ignore[union-attr]


def test_it_keeps_what_it_acknowledged_when_the_database_is_killed(cluster, writers) -> None:
    acknowledged = [one.stdout.readline().strip() for one in writers]  # type: ignore[union-attr]
    for kill in range(1, KILLS + 1):
        while cluster.holds("SELECT count(*) FROM timebank_transfer")[0][0] < kill * LINES:
            assert [one.poll() for one in writers] == [None] * WRITERS
            time.sleep(0.01)
        cluster.kill()
        cluster.start()
    acknowledged += [key for one in writers for key in whole(one.communicate()[0])]
    assert [one.returncode for one in writers] == [0] * WRITERS
    kept = [key for (key,) in cluster.holds("SELECT key FROM timebank_transfer")]
    assert Counter(acknowledged) == Counter(kept)
    assert len(kept) > KILLS * LINES
    checked = subprocess.run(
        [sys.executable, "manage.py", "check_ledger"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": cluster.address, "DATABASE_POOL": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, "0 drift" in checked.stdout) == (0, True), checked.stderr
