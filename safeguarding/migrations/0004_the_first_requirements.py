"""What was asked until now as version 1, what Kith comes with as version 2, and who was approved under the first.

Until now an active supporter with a check in order could be linked. They stay approved under version 1, and have until
the last of April 2027 for what version 2 asks on top. Undone, the rows go; the checks stay as they were.
"""

from datetime import UTC, date, datetime

from django.db import migrations

WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)
LEVELS = {
    'england_wales': ('dbs_enhanced', 'close', 36),
    'scotland': ('pvg', 'regulated', 60),
    'n_ireland': ('access_ni', 'close', 36),
}
VERSIONS = (
    {
        'version': 1,
        'counts_from_on': date(2000, 1, 1),
        'existing_until_on': date(2000, 1, 1),
        'references': 0,
        'interview': False,
        'induction': False,
        'code_version': 0,
        'why': 'What was asked before steps were kept here: the check.',
    },
    {
        'version': 2,
        'counts_from_on': date(2026, 11, 1),
        'existing_until_on': date(2027, 4, 30),
        'references': 2,
        'interview': True,
        'induction': True,
        'code_version': 1,
        'why': 'What Kith comes with, and what programmes like ours ask.',
    },
)


def write_the_first(apps, schema_editor):
    versions = apps.get_model('safeguarding', 'RequirementsVersion')
    levels = apps.get_model('safeguarding', 'EligibleLevel')
    for row in VERSIONS:
        made = versions.objects.create(set_at=WRITTEN, **row)
        for nation, (level, activity, months) in LEVELS.items():
            for role in ('sharing', 'volunteer'):
                levels.objects.create(
                    requirements=made,
                    nation=nation,
                    role=role,
                    level=level,
                    activity=activity,
                    months=months if made.version > 1 else 0,
                )


def keep_the_approved(apps, schema_editor):
    first = apps.get_model('safeguarding', 'RequirementsVersion').objects.get(version=1)
    checks = apps.get_model('safeguarding', 'Check').objects.filter(decision='cleared')
    approvals = apps.get_model('safeguarding', 'Approval').objects
    for who, active in (
        ('guardian', {'guardian__family__standing__in': ['active', 'paused']}),
        ('volunteer', {'volunteer__standing__in': ['active', 'paused']}),
    ):
        newest = {}
        for check in checks.filter(**active).order_by('decided_at', 'id'):
            newest[getattr(check, f'{who}_id')] = check
        approvals.bulk_create(
            approvals.model(
                **{f'{who}_id': pk}, requirements=first, by=check.decided_by, at=check.decided_at
            )
            for pk, check in newest.items()
        )


def take_away(apps, schema_editor):
    for name in ('Approval', 'EligibleLevel', 'RequirementsVersion'):
        apps.get_model('safeguarding', name).objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('safeguarding', '0003_what_is_asked_of_a_supporter'),
    ]

    operations = [
        migrations.RunPython(write_the_first, take_away),
        migrations.RunPython(keep_the_approved, migrations.RunPython.noop),
    ]
