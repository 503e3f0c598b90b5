"""The JSON door: what it prints, and the one sentence it has for everything it can't read."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys

import pytest

from matching.engine.__main__ import USAGE, main

EXAMPLE = {
    "seeking": [{"id": "s1", "waiting_days": 40}],
    "supporters": [{"id": "h1", "capacity": 2}],
    "pairs": [{"seeking": "s1", "supporter": "h1", "score": 87}],
}


def ask(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "matching.engine", *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=60)


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


TWO = {
    "seeking": [{"id": "s1", "waiting_days": 40}, {"id": "-x", "waiting_days": 4}],
    "supporters": [{"id": "h1", "capacity": 1}, {"id": "h2", "capacity": 1}],
    "pairs": [
        {"seeking": "s1", "supporter": "h1", "score": 87},
        {"seeking": "s1", "supporter": "h2", "score": 80},
        {"seeking": "-x", "supporter": "h2", "score": 60},
    ],
}


def test_it_explains_a_pair_when_it_is_asked():
    given = json.dumps(TWO).encode()
    done = ask("-", "--explain", "s1", "h2", given=given)
    told = json.loads(done.stdout)["explain"]
    assert (done.returncode, done.stderr) == (0, b"")
    assert told == {
        "seeking": "s1",
        "supporter": "h2",
        "code": "possible",
        "words": [
            "“s1” with “h2”: 80 points. With “h1”, as it is: 87 points.",
            "The whole round would have 67 fewer points.",
            "“-x” would lose their place with “h2”. They have waited a shorter time than “s1”: 4 days, against 40.",
        ],
        "score": 80,
        "difference": {
            "score": -67,
            "newly_placed": [],
            "no_longer_placed": [{"seeking": "-x", "supporter": "h2", "score": 60}],
            "moved": [{"seeking": "s1", "from": "h1", "to": "h2"}],
        },
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["-h"],
        ["no-such-file.json", "--help"],
        ["-", "--exlain", "-h"],
        ["-", "--explain", "s1", "h1", "--help"],
        ["--shortlist", "--help"],
    ],
)
def test_it_says_how_it_is_used_wherever_help_is_asked_for(arguments, capfd):
    assert main(arguments) == 0
    assert tuple(capfd.readouterr()) == (USAGE + "\n", "")


def test_it_takes_an_id_that_looks_like_help():
    told = json.loads(json.dumps(TWO).replace('"-x"', '"--help"'))
    done = ask("-", "--explain", "--help", "h2", given=json.dumps(told).encode())
    assert json.loads(done.stdout)["explain"]["code"] == "made"


def test_it_takes_an_id_that_looks_like_an_option():
    done = ask("-", "--explain", "-x", "h2", given=json.dumps(TWO).encode())
    assert json.loads(done.stdout)["explain"]["code"] == "made"


def test_it_gives_shortlists_when_it_is_asked():
    done = ask("--shortlist", "3", "-", "--most", "2", given=json.dumps(TWO).encode())
    assert json.loads(done.stdout)["shortlists"] == [
        {"seeking": "s1", "supporters": ["h1", "h2"]},
        {"seeking": "-x", "supporters": ["h2"]},
    ]
    one = ask("-", "--shortlist", "1", given=json.dumps(TWO).encode())
    assert [len(each["supporters"]) for each in json.loads(one.stdout)["shortlists"]] == [1, 1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], f"Give exactly one file; {USAGE}"),
        (["a", "b"], f"Give exactly one file; {USAGE}"),
        (["no-such-file.json"], "Cannot read “no-such-file.json”: No such file or directory."),
        (["."], "Cannot read “.”: Is a directory."),
        (["-", "--exlain", "a", "b"], f"“--exlain” is not an option; {USAGE}"),
        (
            ["-", "--explain", "a"],
            f"--explain needs a family’s id and a supporter’s after it; {USAGE}",
        ),
        (["-", "--explain", "s9", "h1"], "There is no seeking family “s9” to explain."),
        (["-", "--explain", "s1", "h9"], "There is no supporter “h9” to explain."),
        (["-", "--shortlist"], f"--shortlist needs a number after it; {USAGE}"),
        (
            ["-", "--shortlist", "0"],
            "--shortlist needs a whole number from 1 to 999999999, not “0”.",
        ),
        (
            ["-", "--shortlist", "three"],
            "--shortlist needs a whole number from 1 to 999999999, not “three”.",
        ),
        (
            ["-", "--shortlist", "3", "--most", "-1"],
            "--most needs a whole number from 1 to 999999999, not “-1”.",
        ),
        (["-", "--most", "3"], f"--most says how often --shortlist may show somebody; {USAGE}"),
        (["-", "--most", "3", "--most", "3"], f"--most is given twice; {USAGE}"),
    ],
)
def test_it_refuses_bad_arguments_in_one_sentence(
    arguments, sentence, capfd, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "round.json").write_text(json.dumps(EXAMPLE), "utf-8")
    assert main(["round.json" if one == "-" else one for one in arguments]) == 2
    assert tuple(capfd.readouterr()) == ("", sentence + "\n")


def test_it_reads_gzip_by_its_content(tmp_path):
    packed = gzip.compress(json.dumps(EXAMPLE).encode())
    file = tmp_path / "round.json"
    file.write_bytes(packed)
    plain = ask("-", given=json.dumps(EXAMPLE).encode())
    assert ask(str(file)).stdout == ask("-", given=packed).stdout == plain.stdout != b""


def test_it_survives_a_reader_who_stops_and_a_disk_that_is_full():
    command = [sys.executable, "-m", "matching.engine", "-"]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command,
            input=json.dumps(EXAMPLE).encode(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"The answer cannot be written: No space left on device.\n"
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "wb") as closed:
        gone = subprocess.run(
            command,
            input=json.dumps(EXAMPLE).encode(),
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (gone.returncode, gone.stderr) == (0, b"")


def test_it_refuses_a_bad_instance_with_exit_code_2():
    done = ask("-", given=b'{"seeking": [')
    assert (done.returncode, done.stdout) == (2, b"")
    said = done.stderr.decode()
    assert said == "The file is not JSON: Expecting value at line 1, column 14.\n"


def test_it_says_how_it_is_used(capfd):
    assert main(["--help"]) == 0
    assert capfd.readouterr().out.startswith("usage: python -m matching.engine FILE.json")
