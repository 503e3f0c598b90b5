"""What counts in a match, by version, and the first version: what every round so far was run with."""

from datetime import UTC, datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FIRST = {
    'lived_through': 6,
    'free_times': 4,
    'distance': 3,
    'children': 3,
    'languages': 2,
    'access': 1,
    'wishes': 1,
}


def write_the_first(apps, schema_editor):
    apps.get_model('matching', 'WeightsVersion').objects.create(
        version=1,
        made_at=datetime(2026, 11, 1, tzinfo=UTC),
        why='What Kith comes with.',
        **FIRST,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0003_alternative'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WeightsVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True)),
                ('lived_through', models.PositiveSmallIntegerField()),
                ('free_times', models.PositiveSmallIntegerField()),
                ('distance', models.PositiveSmallIntegerField()),
                ('children', models.PositiveSmallIntegerField()),
                ('languages', models.PositiveSmallIntegerField()),
                ('access', models.PositiveSmallIntegerField()),
                ('wishes', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField()),
                ('why', models.CharField(max_length=280)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='weights_made', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-version'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('access__lte', 1000), ('children__lte', 1000), ('distance__lte', 1000), ('free_times__lte', 1000), ('languages__lte', 1000), ('lived_through__lte', 1000), ('wishes__lte', 1000)), name='matching_weights_most'),
                    models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='matching_weights_say_why'),
                ],
            },
        ),
        # The row goes with its table when this is undone.
        migrations.RunPython(write_the_first, migrations.RunPython.noop),
    ]
