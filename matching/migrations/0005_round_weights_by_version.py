"""A round names the version of the weights that it was run with, instead of copying their numbers.

Every round so far was run with the first. Undone, the rounds have no weights written on them.
"""

import django.db.models.deletion
from django.db import migrations, models


def first_version():
    # Called once, while the column is added, by the name that the table has at that point.
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute('SELECT id FROM matching_weightsversion WHERE version = 1')
        return cursor.fetchone()[0]


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0004_weightsversion'),
    ]

    operations = [
        migrations.AlterField(
            model_name='round',
            name='weights',
            field=models.JSONField(default=dict),
        ),
        migrations.RemoveField(
            model_name='round',
            name='weights',
        ),
        migrations.AddField(
            model_name='round',
            name='weights',
            field=models.ForeignKey(default=first_version, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='matching.weightsversion'),
            preserve_default=False,
        ),
    ]
