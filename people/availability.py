"""Free times: seven days by three parts of the day in one whole number of 21 bits.

Bit `day * 3 + part`, Monday morning first. Two people's shared free time is the AND of their numbers.
"""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("morning", "afternoon", "evening")
SLOTS = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def to_bits(slots: list[str]) -> int:
    """Give the number for slots such as "mon-morning"; raises ValueError naming the first that is no slot."""
    bits = 0
    for slot in slots:
        if slot not in SLOTS:
            raise ValueError(slot)
        bits |= 1 << SLOTS.index(slot)
    return bits


def to_slots(bits: int) -> list[str]:
    """Give the slots in a number, Monday morning first."""
    return [slot for place, slot in enumerate(SLOTS) if bits >> place & 1]


def in_words(bits: int) -> list[str]:
    """Give "Saturday morning" and so on, in order of the week."""
    return [f"{DAY_NAMES[n // 3]} {PARTS[n % 3]}" for n in range(len(SLOTS)) if bits >> n & 1]
