"""The bytes behind a name: packed or not, damaged, far too large, or no file at all."""

from __future__ import annotations

import gzip
import json
import tracemalloc

import pytest

from matching.engine import opening
from matching.engine.__main__ import main
from matching.engine.terms import InstanceError
from tests.matching.engine.test_command_line import EXAMPLE, ask


def test_it_reads_gzip_in_several_members_and_with_padding(tmp_path):
    whole = json.dumps(EXAMPLE).encode()
    file = tmp_path / "round.gz"
    file.write_bytes(gzip.compress(whole[:20]) + gzip.compress(whole[20:]) + bytes(512))
    assert opening.content_of(str(file)) == whole


PACKED = gzip.compress(json.dumps(EXAMPLE).encode() * 9, mtime=0)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (PACKED[:40], "The gzip file ends too early; pack it again."),
        (PACKED[:2], "The gzip file ends too early; pack it again."),
        (PACKED[:12] + b"\xff\xff" + PACKED[14:], "The gzip file is damaged; pack it again."),
        (PACKED[:-8] + bytes(8), "The gzip file is damaged; pack it again."),
        (PACKED + b"more", "The gzip file is damaged; pack it again."),
        (gzip.compress(PACKED), "The file is packed twice; unpack it once and try again."),
    ],
)
def test_it_refuses_damaged_gzip_in_one_sentence(content, sentence):
    done = ask("-", given=content)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == sentence + "\n"


def test_it_stops_unpacking_a_file_that_unpacks_to_far_too_much(tmp_path, monkeypatch):
    """256 MiB of nothing, packed into a quarter of one; no more than the limit is ever held."""
    monkeypatch.setattr(opening, "MOST_BYTES", 2**24)
    file = tmp_path / "bomb.gz"
    file.write_bytes(gzip.compress(bytes(2**28), compresslevel=1))
    tracemalloc.start()
    with pytest.raises(InstanceError) as refused:
        opening.content_of(str(file))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert str(refused.value) == "The file unpacks to more than 16 MiB, the most that is read."
    assert peak < 2**26


def test_it_stops_reading_a_file_without_end(monkeypatch):
    monkeypatch.setattr(opening, "MOST_BYTES", 2**21)
    with pytest.raises(InstanceError, match="The file is more than 2 MiB"):
        opening.content_of("/dev/zero")


@pytest.mark.parametrize(
    "name", ["a\0b", "\udcff.json", "x" * 5000, "", "/dev/null/round.json", "/proc/self/mem"]
)
def test_it_has_one_sentence_for_every_name_that_is_no_file(name, capfdbinary):
    assert main([name]) == 2
    told = capfdbinary.readouterr()
    assert told.out == b""
    assert told.err.count(b"\n") == 1
    assert len(told.err) < 250
