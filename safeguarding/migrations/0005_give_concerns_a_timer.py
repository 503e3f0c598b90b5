"""Gives concerns a timer, the people they are about, actions of several kinds, and a sign-off."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_what_was_told_once'),
        ('safeguarding', '0004_the_first_requirements'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ConcernAbout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ConcernDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('facts', models.TextField(max_length=5000)),
                ('said', models.TextField(blank=True, max_length=5000, verbose_name='words somebody used')),
                ('outcome', models.CharField(choices=[('nothing_more', 'Nothing more to do'), ('helped', 'We help, and keep an eye on it'), ('handed_over', 'Handed to the police or the council')], max_length=16)),
                ('reason', models.TextField(max_length=5000)),
                ('shared', models.BooleanField(verbose_name='somebody outside was told')),
                ('sharing_reason', models.TextField(max_length=5000)),
                ('recipient', models.CharField(blank=True, max_length=200, verbose_name='who was told')),
                ('basis', models.CharField(blank=True, choices=[('vital', 'To protect somebody’s life or body'), ('duty', 'The law asks us to (a legal duty)'), ('public', 'A public task: keeping a child or adult safe'), ('safeguarding', 'A recognised legitimate interest: safeguarding'), ('consent', 'They said we may')], max_length=16, verbose_name='why the law lets us')),
            ],
        ),
        migrations.AddField(
            model_name='concern',
            name='due_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='concernaction',
            name='answers',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_by', to='safeguarding.concernaction'),
        ),
        migrations.AddField(
            model_name='concernaction',
            name='asks',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='concern_asks', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='concernaction',
            name='basis',
            field=models.CharField(blank=True, choices=[('vital', 'To protect somebody’s life or body'), ('duty', 'The law asks us to (a legal duty)'), ('public', 'A public task: keeping a child or adult safe'), ('safeguarding', 'A recognised legitimate interest: safeguarding'), ('consent', 'They said we may')], max_length=16, verbose_name='why the law lets us'),
        ),
        migrations.AddField(
            model_name='concernaction',
            name='client_id',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='concernaction',
            name='kind',
            field=models.CharField(choices=[('did', 'Something was done'), ('shared', 'Somebody was told'), ('not_shared', 'Somebody was not told'), ('asked', 'A coach was asked to help'), ('answered', 'The coach answered'), ('reported', 'The report for the police or council was made'), ('climbed', 'It climbed by itself'), ('corrected', 'Something was put right')], default='did', max_length=12),
        ),
        migrations.AddField(
            model_name='concernaction',
            name='recipient',
            field=models.CharField(blank=True, max_length=200, verbose_name='who was told'),
        ),
        migrations.AlterField(
            model_name='concernaction',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='concern_actions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(fields=['due_at'], name='safeguarding_concern_due'),
        ),
        migrations.AddConstraint(
            model_name='concernaction',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['did', 'shared', 'not_shared', 'asked', 'answered', 'reported', 'climbed', 'corrected'])), name='safeguarding_action_kind'),
        ),
        migrations.AddConstraint(
            model_name='concernaction',
            constraint=models.CheckConstraint(condition=models.Q(('basis', ''), ('basis__in', ['vital', 'duty', 'public', 'safeguarding', 'consent']), _connector='OR'), name='safeguarding_action_basis'),
        ),
        migrations.AddConstraint(
            model_name='concernaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', True), ('kind', 'climbed')), models.Q(('by__isnull', False), models.Q(('kind', 'climbed'), _negated=True)), _connector='OR'), name='safeguarding_action_by_somebody_or_the_clock'),
        ),
        migrations.AddConstraint(
            model_name='concernaction',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='safeguarding_action_says_why'),
        ),
        migrations.AddConstraint(
            model_name='concernaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['shared', 'asked']), _negated=True), models.Q(models.Q(('recipient', ''), _negated=True), models.Q(('basis', ''), _negated=True)), _connector='OR'), name='safeguarding_action_says_with_whom'),
        ),
        migrations.AddConstraint(
            model_name='concernaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asks__isnull', False), ('kind', 'asked')), models.Q(('asks__isnull', True), models.Q(('kind', 'asked'), _negated=True)), _connector='OR'), name='safeguarding_action_asks_somebody'),
        ),
        migrations.AddConstraint(
            model_name='concernaction',
            constraint=models.UniqueConstraint(fields=('concern', 'client_id'), name='safeguarding_action_once'),
        ),
        migrations.AddField(
            model_name='concernabout',
            name='concern',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='safeguarding.concern'),
        ),
        migrations.AddField(
            model_name='concernabout',
            name='family',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='people.family'),
        ),
        migrations.AddField(
            model_name='concernabout',
            name='said_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='concerns_placed', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='concernabout',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='concerns_about', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='concernabout',
            name='volunteer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='people.volunteer'),
        ),
        migrations.AddField(
            model_name='concerndecision',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='concern_decisions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='concerndecision',
            name='concern',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='safeguarding.concern'),
        ),
        migrations.AddConstraint(
            model_name='concernabout',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('family__isnull', False), ('user__isnull', True), ('volunteer__isnull', True)), models.Q(('family__isnull', True), ('user__isnull', True), ('volunteer__isnull', False)), models.Q(('family__isnull', True), ('user__isnull', False), ('volunteer__isnull', True)), _connector='OR'), name='safeguarding_about_one'),
        ),
        migrations.AddConstraint(
            model_name='concernabout',
            constraint=models.UniqueConstraint(fields=('concern', 'family'), name='safeguarding_about_family_once'),
        ),
        migrations.AddConstraint(
            model_name='concernabout',
            constraint=models.UniqueConstraint(fields=('concern', 'volunteer'), name='safeguarding_about_volunteer_once'),
        ),
        migrations.AddConstraint(
            model_name='concernabout',
            constraint=models.UniqueConstraint(fields=('concern', 'user'), name='safeguarding_about_user_once'),
        ),
        migrations.AddConstraint(
            model_name='concerndecision',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['nothing_more', 'helped', 'handed_over'])), name='safeguarding_decision_outcome'),
        ),
        migrations.AddConstraint(
            model_name='concerndecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('facts', ''), _negated=True), models.Q(('reason', ''), _negated=True), models.Q(('sharing_reason', ''), _negated=True)), name='safeguarding_decision_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='concerndecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis__in', ['vital', 'duty', 'public', 'safeguarding', 'consent']), ('shared', True), models.Q(('recipient', ''), _negated=True)), models.Q(('basis', ''), ('recipient', ''), ('shared', False)), _connector='OR'), name='safeguarding_decision_says_with_whom'),
        ),
    ]
