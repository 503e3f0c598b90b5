"""Moves the family of a concern into a row of its own, and gives the open ones a day before their timer runs out.

Without that day, every concern from before there were timers would climb to gold at the first tick. Going back, the
first family of each stands in its old column again.
"""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone


def move(apps, schema_editor):
    Concern = apps.get_model("safeguarding", "Concern")
    ConcernAbout = apps.get_model("safeguarding", "ConcernAbout")
    now = timezone.now()
    ConcernAbout.objects.bulk_create(
        ConcernAbout(concern=concern, family_id=concern.family_id, said_at=concern.raised_at)
        for concern in Concern.objects.filter(family__isnull=False)
    )
    Concern.objects.filter(due_at__isnull=True).update(due_at=now + timedelta(days=1))


def move_back(apps, schema_editor):
    ConcernAbout = apps.get_model("safeguarding", "ConcernAbout")
    for about in ConcernAbout.objects.filter(family__isnull=False).select_related("concern").order_by("-pk"):
        about.concern.family_id = about.family_id
        about.concern.save(update_fields=["family"])


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0005_give_concerns_a_timer")]

    operations = [migrations.RunPython(move, move_back)]
