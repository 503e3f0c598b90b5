"""How a link-up ends: an end that was moved, a line from each, a word to the coach, and milestones on the way."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0010_what_a_coach_overruled'),
        ('people', '0004_what_was_told_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('words', models.CharField(max_length=200, verbose_name='what it is about, in a line')),
                ('counted_from', models.CharField(choices=[('hello', 'After hello'), ('half_way', 'At half way'), ('end', 'Before the planned end')], max_length=8)),
                ('weeks', models.PositiveSmallIntegerField(default=0)),
                ('writes_to_members', models.BooleanField(default=True, verbose_name='write to both sides on the day')),
                ('checklist', models.TextField(blank=True, max_length=1500, verbose_name='what the coach ticks off, a line each')),
                ('in_use', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('counted_from__in', ['hello', 'half_way', 'end'])), name='matching_milestone_counted_from'), models.CheckConstraint(condition=models.Q(('weeks__lte', 30)), name='matching_milestone_weeks'), models.CheckConstraint(condition=models.Q(models.Q(('counted_from', 'half_way'), _negated=True), ('weeks', 0), _connector='OR'), name='matching_milestone_half_way_is_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='planned end before')),
                ('to_on', models.DateField(verbose_name='planned end since')),
                ('why', models.CharField(max_length=280)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to=settings.AUTH_USER_MODEL)),
                ('link_up', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='matching.linkup')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__gt', models.F('from_on'))), name='matching_extension_is_later'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='matching_extension_says_why'), models.UniqueConstraint(fields=('link_up', 'from_on'), name='matching_extension_once')],
            },
        ),
        migrations.CreateModel(
            name='LookBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('family', 'Family'), ('supporter', 'Supporter')], max_length=12)),
                ('voice', models.CharField(choices=[('family', 'The family'), ('supporter', 'The supporter'), ('child', 'A child')], max_length=12)),
                ('words', models.CharField(max_length=280)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks_back', to=settings.AUTH_USER_MODEL)),
                ('link_up', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks_back', to='matching.linkup')),
            ],
            options={
                'verbose_name_plural': 'looks back',
                'ordering': ['at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('voice__in', ['family', 'supporter', 'child'])), name='matching_lookback_voice'), models.CheckConstraint(condition=models.Q(('voice', 'child'), ('voice', models.F('side')), _connector='OR'), name='matching_lookback_own_side'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='matching_lookback_says')],
            },
        ),
        migrations.CreateModel(
            name='Tick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ticks', to=settings.AUTH_USER_MODEL)),
                ('link_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ticks', to='matching.linkup')),
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ticks', to='matching.milestone')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('link_up', 'milestone', 'line'), name='matching_tick_once')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('family', 'Family'), ('supporter', 'Supporter')], max_length=12)),
                ('kind', models.CharField(choices=[('finish', 'They feel it is done'), ('longer', 'They would like longer'), ('stop', 'They would rather stop'), ('share', 'They would like to be a sharing family'), ('time_bank', 'They would like to give and get hours'), ('neither', 'Nothing more for now'), ('back', 'They have come back'), ('go_on', 'They would like to go on after a break')], max_length=12)),
                ('words', models.CharField(blank=True, max_length=280)),
                ('at', models.DateTimeField()),
                ('heard_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words_to_coach', to=settings.AUTH_USER_MODEL)),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='people.family')),
                ('heard_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='words_heard', to=settings.AUTH_USER_MODEL)),
                ('link_up', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='words', to='matching.linkup')),
            ],
            options={
                'ordering': ['at', 'id'],
                'indexes': [models.Index(fields=['family', 'heard_at'], name='matching_wo_family__3e4df9_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['finish', 'longer', 'stop', 'share', 'time_bank', 'neither', 'back', 'go_on'])), name='matching_word_kind'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['back', 'go_on']), ('link_up__isnull', True)), models.Q(models.Q(('kind__in', ['back', 'go_on']), _negated=True), ('link_up__isnull', False)), _connector='OR'), name='matching_word_about_a_link_up'), models.CheckConstraint(condition=models.Q(models.Q(('heard_at__isnull', True), ('heard_by__isnull', True)), models.Q(('heard_at__isnull', False), ('heard_by__isnull', False)), _connector='OR'), name='matching_word_heard_by_somebody'), models.UniqueConstraint(condition=models.Q(('heard_at__isnull', True)), fields=('link_up', 'side'), name='matching_word_one_unheard'), models.UniqueConstraint(condition=models.Q(('heard_at__isnull', True), ('link_up__isnull', True)), fields=('family',), name='matching_word_back_once')],
            },
        ),
    ]
