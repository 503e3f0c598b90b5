"""The JSON format: what is read, and the one sentence for everything that can't be."""

from __future__ import annotations

import json
import random

import pytest

from matching.engine.speaking import read_instance
from matching.engine.terms import LARGEST, InstanceError
from tests.matching.engine.test_command_line import EXAMPLE


def changed(part: str, **changes: object) -> bytes:
    """The example with the first entry of `part` changed; None takes a key away."""
    entry = {**EXAMPLE[part][0], **changes}
    entry = {key: value for key, value in entry.items() if value is not None}
    return json.dumps({**EXAMPLE, part: [entry]}).encode()


def twice(part: str) -> bytes:
    return json.dumps({**EXAMPLE, part: EXAMPLE[part] * 2}).encode()


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
        (b"[" * 10_000_000, "The file is nested far too deeply to be an instance."),
        (b'{"a":' * 2_000_000, "The file is nested far too deeply to be an instance."),
        (
            b'{"seeking": ' + b"[" * 900 + b"]" * 900 + b', "supporters": [], "pairs": []}',
            "Entry 1 of seeking must be an object.",
        ),
        (b"null", "The file must hold one JSON object with seeking, supporters and pairs."),
        (b"\x00\x01\x02", "The file is not JSON: Expecting value at line 1, column 1."),
        (
            b'{"seeking": [{"id": "s1", "waiting_days": 1, "waiting_days": 2}]}',
            "“waiting_days” stands twice in the same object.",
        ),
        (
            b'{"seeking": [{"id": "s:1", "id" : ":2"}], "supporters": [], "pairs": []}',
            "“id” stands twice in the same object.",
        ),
        (
            b'{"version": 1, "\\u0076ersion": 1}',
            "“version” stands twice in the same object.",
        ),
        (
            changed("pairs", score=10**400),
            "The score of the pair “s1” with “h1” is too large; 9007199254740991 is the most.",
        ),
        (
            json.dumps(EXAMPLE).replace("87", "1e400").encode(),
            "The score of the pair “s1” with “h1” must be a whole number, such as 45.",
        ),
        (
            json.dumps(EXAMPLE).replace("87", "-0.0").encode(),
            "The score of the pair “s1” with “h1” must be a whole number, such as 45.",
        ),
        (
            changed("supporters", capacity=-1),
            "The capacity of supporter “h1” must not be less than 0.",
        ),
        (
            changed("pairs", seeking=["s1"]),
            "Every pair must name its seeking and its supporter by id, as text.",
        ),
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


@pytest.mark.parametrize("one", [":", "a:b", '"', '":', '\\":', "\\", " : ", "é\n", "🙂"])
def test_it_reads_ids_that_look_like_json(one):
    given = {
        "seeking": [{"id": one, "waiting_days": 1}],
        "supporters": [{"id": one, "capacity": 1}],
        "pairs": [{"seeking": one, "supporter": one, "score": 1, "forbidden": False}],
    }
    for indent in (None, 2):
        for ascii_only in (True, False):
            text = json.dumps(given, indent=indent, ensure_ascii=ascii_only)
            instance = read_instance(text.encode())
            assert (instance.seeking[0].id, instance.pairs[0].supporter) == (one, one)


def test_it_finds_the_one_wrong_entry_among_many():
    many = {
        "seeking": [{"id": f"s{n}", "waiting_days": n} for n in range(1000)],
        "supporters": [{"id": "h1", "capacity": 2}],
        "pairs": [{"seeking": f"s{n}", "supporter": "h1", "score": n} for n in range(1000)],
    }
    many["pairs"][777]["score"] = "777"
    with pytest.raises(InstanceError) as refused:
        read_instance(json.dumps(many).encode())
    assert str(refused.value) == (
        "The score of the pair “s777” with “h1” must be a whole number, such as 45."
    )


def test_it_reads_or_refuses_whatever_a_file_was_turned_into():
    """Three thousand ways to spoil a good file: an instance or one sentence, never a traceback."""
    chance = random.Random(5)
    bits = ["null", "-1", "1e9", "[]", "{}", '"id"', "NaN", '"\\ud800"', ":", ",", '"', "\\", "\0"]
    good = json.dumps(EXAMPLE)
    refused = []
    for _ in range(3000):
        letters = list(good)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(letters))
            letters[at : at + chance.randint(0, 9)] = [chance.choice(bits)]
        try:
            read_instance("".join(letters).encode())
        except InstanceError as error:
            refused.append(str(error))
    assert len(refused) > 2000
    assert all(one.isprintable() and len(one) < 250 for one in refused)
