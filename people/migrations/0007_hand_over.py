"""Families and volunteers handed to another coach, for good or while somebody is away; nothing before it changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_where_postcodes_lie'),
    ]

    operations = [
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client_id', models.UUIDField(unique=True)),
                ('reach', models.CharField(choices=[('all', 'Everybody'), ('area', 'Those of one area'), ('some', 'Some of them')], max_length=8)),
                ('from_on', models.DateField()),
                ('back_on', models.DateField(blank=True, null=True)),
                ('why', models.CharField(blank=True, max_length=280)),
                ('made_at', models.DateTimeField()),
                ('begun_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('areas_left', models.JSONField(default=list)),
                ('areas_joined', models.JSONField(default=list)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='people.area')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs_made', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('families', models.ManyToManyField(blank=True, related_name='+', to='people.family')),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handed_over', to=settings.AUTH_USER_MODEL)),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken_over', to=settings.AUTH_USER_MODEL)),
                ('volunteers', models.ManyToManyField(blank=True, related_name='+', to='people.volunteer')),
            ],
            options={
                'ordering': ['-made_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Handed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_back', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('after', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('before', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('family', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='handed', to='people.family')),
                ('volunteer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='handed', to='people.volunteer')),
                ('hand_over', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handed', to='people.handover')),
            ],
            options={
                'verbose_name_plural': 'handed',
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('reach__in', ['all', 'area', 'some'])), name='people_handover_reach'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('giver', models.F('to')), _negated=True), name='people_handover_two'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('back_on__isnull', True), ('back_on__gt', models.F('from_on')), _connector='OR'), name='people_handover_back_later'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('area__isnull', False), ('reach', 'area')), models.Q(models.Q(('reach', 'area'), _negated=True), ('area__isnull', True)), _connector='OR'), name='people_handover_area'),
        ),
        migrations.AddConstraint(
            model_name='handed',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('family__isnull', False), ('volunteer__isnull', True)), models.Q(('family__isnull', True), ('volunteer__isnull', False)), _connector='OR'), name='people_handed_one'),
        ),
        migrations.AddConstraint(
            model_name='handed',
            constraint=models.UniqueConstraint(fields=('hand_over', 'family', 'is_back'), name='people_handed_family_once'),
        ),
        migrations.AddConstraint(
            model_name='handed',
            constraint=models.UniqueConstraint(fields=('hand_over', 'volunteer', 'is_back'), name='people_handed_volunteer_once'),
        ),
    ]
