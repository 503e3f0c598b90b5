"""Who may say how a supporter's week was; part of tests/matching/answers.py."""

from tests.boundaries.access import Answer
from tests.matching.answers_ending import linked

ANSWERS = {
    "matching:how_was_it": Answer(
        owner=404, partner=200, stranger=404, coach=403, wrong_coach=403, make=linked
    ),
}
