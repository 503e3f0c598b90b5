"""The milestones that a programme starts with; a manager edits them on a page."""

from django.db import migrations

FIRST = (
    (
        "Settling in",
        "How were the first weeks? Say so early if something should be different.",
        "hello",
        2,
        (
            "Both sides know how to reach me",
            "We said what is fine and what isn’t: money, keys, photos, being alone with a child",
            "Each child was asked how it is",
        ),
    ),
    (
        "Half way",
        "Look at the goals together, and say where they are now.",
        "half_way",
        0,
        ("The goals were looked at with the family", "The planned end was said aloud to both"),
    ),
    (
        "Getting ready to end",
        "Two weeks to plan the goodbye. Look back on what you did.",
        "end",
        2,
        (
            "The goodbye is planned with both sides",
            "The children know when the last time is",
            "We talked about who is around them afterwards",
        ),
    ),
    (
        "Well done",
        "The planned end is here. You can always come back.",
        "end",
        0,
        ("A closing call with the family", "A closing call with the supporter"),
    ),
)


def write(apps, schema_editor):
    milestone = apps.get_model("matching", "Milestone")
    for name, words, counted_from, weeks, lines in FIRST:
        milestone.objects.create(
            name=name,
            words=words,
            counted_from=counted_from,
            weeks=weeks,
            checklist="\n".join(lines),
        )


class Migration(migrations.Migration):
    dependencies = [("matching", "0011_how_it_ends")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
