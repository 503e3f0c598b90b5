"""The JSON door: what it prints, and the one sentence it has for everything it can't read."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from matching.engine.__main__ import main
from matching.engine.speaking import read_instance
from matching.engine.terms import LARGEST, InstanceError

EXAMPLE = {
    "seeking": [{"id": "s1", "waiting_days": 40}],
    "supporters": [{"id": "h1", "capacity": 2}],
    "pairs": [{"seeking": "s1", "supporter": "h1", "score": 87}],
}


def ask(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "matching.engine", *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=60)


def changed(part: str, **changes: object) -> bytes:
    """The example with the first entry of `part` changed; None takes a key away."""
    entry = {**EXAMPLE[part][0], **changes}
    entry = {key: value for key, value in entry.items() if value is not None}
    return json.dumps({**EXAMPLE, part: [entry]}).encode()


def twice(part: str) -> bytes:
    return json.dumps({**EXAMPLE, part: EXAMPLE[part] * 2}).encode()


def test_it_answers_a_file_with_one_json_object(tmp_path):
    file = tmp_path / "round.json"
    late = {"id": "Zoë", "waiting_days": 4}
    file.write_text(json.dumps({**EXAMPLE, "seeking": [*EXAMPLE["seeking"], late]}), "utf-8")
    done = ask(str(file))
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert list(told) == ["version", "pairs", "placed", "score", "unplaced", "certificate"]
    assert told["pairs"] == EXAMPLE["pairs"]
    assert (told["version"], told["placed"], told["score"]) == (1, 1, 87)
    assert [(one["seeking"], one["code"]) for one in told["unplaced"]] == [("Zoë", "nobody")]
    assert told["certificate"]["holds"] is True


def test_it_reads_standard_input_and_prints_the_same_bytes_each_time():
    given = json.dumps(EXAMPLE).encode("utf-8-sig")
    assert ask("-", given=given).stdout == ask("-", given=given).stdout != b""


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["no-such-file.json"], ["."]])
def test_it_refuses_bad_arguments_in_one_sentence(arguments):
    done = ask(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


def test_it_refuses_a_bad_instance_with_exit_code_2():
    done = ask("-", given=b'{"seeking": [')
    assert (done.returncode, done.stdout) == (2, b"")
    said = done.stderr.decode()
    assert said == "The file is not JSON: Expecting value at line 1, column 14.\n"


def test_it_says_how_it_is_used(capfd):
    assert main(["--help"]) == 0
    assert capfd.readouterr().out.startswith("usage: python -m matching.engine FILE.json")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \n", "The file is empty."),
        (b'{"seeking": "\xe9"}', "The file is not UTF-8 text; save it as UTF-8 and try again."),
        (
            json.dumps(EXAMPLE).encode("utf-16"),
            "The file is not UTF-8 text; save it as UTF-8 and try again.",
        ),
        (b"[" * 200_000, "The file is nested far too deeply to be an instance."),
        (b"[1, 2]", "The file must hold one JSON object with seeking, supporters and pairs."),
        (b"9" * 5000, "The file holds a number that is far too long."),
        (b'{"a": NaN}', "The file holds NaN, which is not a number in JSON."),
        (b'{"a": -Infinity}', "The file holds -Infinity, which is not a number in JSON."),
        (b'{"a": 1, "a": 2}', "“a” stands twice in the same object."),
        (b"{}", "“seeking” is missing."),
        (b'{"seeking": []}', "“supporters” is missing."),
        (b'{"seeking": [], "supporters": []}', "“pairs” is missing."),
        (b'{"seeking": 1, "supporters": [], "pairs": []}', "“seeking” must be a list."),
        (
            b'{"seeking": [1], "supporters": [], "pairs": []}',
            "Entry 1 of seeking must be an object.",
        ),
        (b'{"sekking": []}', "“sekking” is not part of the format."),
        (b'{"version": 2}', "The version must be 1, the only one there is."),
        (b'{"version": true}', "The version must be 1, the only one there is."),
        (changed("seeking", id=None), "Entry 1 of seeking has no “id”."),
        (changed("supporters", capacity=None), "Entry 1 of supporters has no “capacity”."),
        (changed("pairs", score=None), "Entry 1 of pairs has no “score”."),
        (
            changed("seeking", name="The K."),
            "Entry 1 of seeking has “name”, which is not part of the format.",
        ),
        (changed("pairs", locked=1), "Entry 1 of pairs: “locked” must be true or false."),
        (changed("seeking", id=""), "Every id in seeking must be text that is not empty."),
        (changed("seeking", id=7), "Every id in seeking must be text that is not empty."),
        (changed("seeking", id=["s1"]), "Every id in seeking must be text that is not empty."),
        (
            changed("seeking", id="\ud800"),
            "An id in seeking holds half a character, which cannot be written.",
        ),
        (twice("seeking"), "The id “s1” stands twice in seeking."),
        (twice("supporters"), "The id “h1” stands twice in supporters."),
        (twice("pairs"), "The pair “s1” with “h1” stands twice; list it once."),
        (
            changed("pairs", seeking="s9"),
            "The pair “s9” with “h1” names a seeking family that is not listed.",
        ),
        (
            changed("pairs", supporter="h9"),
            "The pair “s1” with “h9” names a supporter who is not listed.",
        ),
        (
            changed("pairs", supporter={}),
            "Every pair must name its seeking and its supporter by id, as text.",
        ),
        (
            changed("seeking", waiting_days=-1),
            "The waiting_days of seeking “s1” must not be less than 0.",
        ),
        (
            changed("seeking", waiting_days="40"),
            "The waiting_days of seeking “s1” must be a whole number, such as 45.",
        ),
        (
            changed("supporters", capacity=True),
            "The capacity of supporter “h1” must be a whole number, such as 45.",
        ),
        (
            changed("pairs", score=87.0),
            "The score of the pair “s1” with “h1” must be a whole number, such as 45.",
        ),
        (
            changed("pairs", score=LARGEST + 1),
            "The score of the pair “s1” with “h1” is too large; 9007199254740991 is the most.",
        ),
        (
            changed("pairs", locked=True, forbidden=True),
            "The pair “s1” with “h1” is both locked and forbidden.",
        ),
        (
            json.dumps(
                {
                    **EXAMPLE,
                    "supporters": [{"id": "h1", "capacity": 0}],
                    "pairs": [{**EXAMPLE["pairs"][0], "locked": True}],
                }
            ).encode(),
            "More pairs are locked with supporter “h1” than they have room for.",
        ),
    ],
)
def test_it_has_one_sentence_for_each_bad_instance(content, sentence):
    with pytest.raises(InstanceError) as refused:
        read_instance(content)
    assert str(refused.value) == sentence


def test_it_keeps_its_sentence_to_one_short_line_whatever_the_ids_hold():
    with pytest.raises(InstanceError) as refused:
        read_instance(changed("pairs", seeking="x\n" * 5000))
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 200
