"""How safe each person at the meeting thinks things are: one line from 0 to 10, a mark each, and never a mean.

Marks that fall together stand on each other's shoulders, because where people agree is worth seeing too.
"""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from people.pictures import Picture, disc, line, num, svg, words

WIDTH, FROM, STEP, TOP = 340, 10, 32, 10
FOOT, SHOULDER = 32, 26  # under the line stand the figures; over it, a mark on another's shoulders


def marks_line(marks: Sequence[tuple[str, int]], *, mirrored: bool = False) -> Picture:
    """Give the line for (who, mark), in the order they spoke; each mark carries the number of its person."""
    tallest = max(Counter(value for _who, value in marks).values(), default=1)
    base = 24 + SHOULDER * tallest

    def x(value: int) -> float:
        along = FROM + value * STEP
        return WIDTH - along if mirrored else along

    pieces = [line(f"M{num(x(0))} {base}H{num(x(TOP))}", "c-axis", 1.5)]
    for value in range(TOP + 1):
        is_named = value % 5 == 0
        pieces.append(line(f"M{num(x(value))} {base - 4}v8", "c-axis", 1.5 if is_named else 1))
        if is_named:
            pieces.append(words(x(value), base + 26, value, "t-s t-mid"))
    standing: Counter[int] = Counter()
    for number, (_who, value) in enumerate(marks, 1):
        y = base - SHOULDER * standing[value]
        standing[value] += 1
        pieces.append(disc(x(value), y, 7.5, f"m-{(number - 1) % 3 + 1}"))
        pieces.append(words(x(value), y - 11, number, f"k-{(number - 1) % 3 + 1} t-mid"))
    said = _("; ").join(
        _("%(number)d %(who)s: %(value)d") % {"number": number, "who": who, "value": value}
        for number, (who, value) in enumerate(marks, 1)
    )
    sentence = _("How safe each person thinks it is, from 0 to 10. %(said)s") % {"said": said}
    return Picture(
        svg=svg(pieces, width=WIDTH, height=base + FOOT, sentence=sentence, kind="line"),
        sentence=sentence,
        caption=said,
    )
