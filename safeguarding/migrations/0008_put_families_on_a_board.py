"""Brings the board of the daily meeting: families on it, what was said, each person’s mark, and who does what."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_what_was_told_once'),
        ('safeguarding', '0007_hold_what_was_told'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OnBoard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('put_at', models.DateTimeField()),
                ('why', models.TextField(max_length=1000)),
                ('review_by', models.DateField()),
                ('off_at', models.DateTimeField(blank=True, null=True)),
                ('off_why', models.TextField(blank=True, max_length=1000)),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='on_board', to='people.family')),
                ('off_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_off_board', to=settings.AUTH_USER_MODEL)),
                ('put_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='put_on_board', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['review_by', 'id'],
            },
        ),
        migrations.CreateModel(
            name='BoardStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=300, verbose_name='what')),
                ('due_on', models.DateField()),
                ('added_at', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, max_length=8)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('client_id', models.UUIDField(blank=True, null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='board_steps_added', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='board_steps_ended', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='board_steps', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='safeguarding.onboard')),
            ],
            options={
                'ordering': ['due_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='BoardReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('working', models.TextField(blank=True, max_length=2000, verbose_name='what is working')),
                ('worrying', models.TextField(blank=True, max_length=2000, verbose_name='what worries us')),
                ('happens_next', models.TextField(max_length=2000, verbose_name='what happens next')),
                ('client_id', models.UUIDField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='board_reviews', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='safeguarding.onboard')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='BoardMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('who', models.CharField(max_length=80)),
                ('value', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(10)])),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='safeguarding.boardreview')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('value__lte', 10)), name='safeguarding_board_mark_to_ten'), models.UniqueConstraint(fields=('review', 'who'), name='safeguarding_board_mark_once')],
            },
        ),
        migrations.AddIndex(
            model_name='onboard',
            index=models.Index(fields=['review_by'], name='safeguarding_board_review_by'),
        ),
        migrations.AddConstraint(
            model_name='onboard',
            constraint=models.UniqueConstraint(condition=models.Q(('off_at__isnull', True)), fields=('family',), name='safeguarding_board_family_once'),
        ),
        migrations.AddConstraint(
            model_name='onboard',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='safeguarding_board_says_why'),
        ),
        migrations.AddConstraint(
            model_name='onboard',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('off_at__isnull', True), ('off_by__isnull', True), ('off_why', '')), models.Q(('off_at__isnull', False), ('off_by__isnull', False), models.Q(('off_why', ''), _negated=True)), _connector='OR'), name='safeguarding_board_off_says_why'),
        ),
        migrations.AddConstraint(
            model_name='boardstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True), ('outcome', '')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('outcome__in', ['done', 'not_done'])), _connector='OR'), name='safeguarding_board_step_outcome'),
        ),
        migrations.AddConstraint(
            model_name='boardstep',
            constraint=models.UniqueConstraint(fields=('place', 'client_id'), name='safeguarding_board_step_once'),
        ),
        migrations.AddConstraint(
            model_name='boardreview',
            constraint=models.UniqueConstraint(fields=('place', 'client_id'), name='safeguarding_board_review_once'),
        ),
        migrations.AddConstraint(
            model_name='boardreview',
            constraint=models.CheckConstraint(condition=models.Q(('happens_next', ''), _negated=True), name='safeguarding_board_review_says_next'),
        ),
    ]
