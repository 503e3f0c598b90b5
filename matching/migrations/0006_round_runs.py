"""A round is run beside the request: how far it got, when, and why it came to nothing if it did.

Every round so far was done when its row was written; when it began and with which code is not known of them.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STANDINGS = [('queued', 'Waits for its turn'), ('running', 'Running'), ('done', 'Done'), ('cancelled', 'Stopped'), ('failed', 'Didn’t finish')]


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('matching', '0005_round_weights_by_version'),
    ]

    operations = [
        migrations.AddField(
            model_name='round',
            name='standing',
            field=models.CharField(choices=STANDINGS, default='done', max_length=12),
        ),
        migrations.AlterField(
            model_name='round',
            name='standing',
            field=models.CharField(choices=STANDINGS, default='queued', max_length=12),
        ),
        migrations.AddField(
            model_name='round',
            name='stage',
            field=models.CharField(blank=True, choices=[('seeing', 'Seeing who waits and who could help'), ('comparing', 'Comparing each family with the supporters near them'), ('pairing', 'Finding the fairest answer'), ('checking', 'Checking it a second way'), ('explaining', 'Putting the reasons into words'), ('listing', 'Making each family’s list')], max_length=12, default=''),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='round',
            name='families_done',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='round',
            name='families_total',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='round',
            name='started_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='round',
            name='alive_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='last sign of life'),
        ),
        migrations.AddField(
            model_name='round',
            name='finished_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='round',
            name='stopped_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds_stopped', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='round',
            name='trouble',
            field=models.CharField(blank=True, choices=[('not_proved', 'A second check found something wrong with the answer.'), ('silent', 'This run stopped in the middle.'), ('changed', 'A family or a supporter was removed while it ran.'), ('broken', 'Something went wrong in Kith itself.')], max_length=12, default=''),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='round',
            name='code_version',
            field=models.CharField(blank=True, max_length=20, verbose_name='version of the matcher', default=''),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='round',
            name='snapshot',
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='round',
            name='answer',
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='round',
            name='certificate',
            field=models.JSONField(default=dict),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('standing__in', ['queued', 'running', 'done', 'cancelled', 'failed'])), name='matching_round_standing'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(condition=models.Q(('standing__in', ['queued', 'running'])), fields=('area',), name='matching_round_one_under_way'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Case(models.When(models.Q(models.Q(('standing', 'done'), _negated=True), ('certificate__holds', True), _connector='OR'), then=True), default=False, output_field=models.BooleanField()), name='matching_round_done_is_proved'),
        ),
    ]
