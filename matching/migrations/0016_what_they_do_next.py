"""Keep what two linked families plan to do, and the programme's ideas for it."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('goals', '0002_initial'),
        ('matching', '0015_cadence_templates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Idea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.SlugField(max_length=40, unique=True)),
                ('words', models.CharField(max_length=120)),
                ('cost', models.CharField(choices=[('free', 'Free'), ('little', 'Costs a little'), ('some', 'Costs something')], default='free', max_length=8)),
                ('place', models.CharField(choices=[('indoors', 'Indoors'), ('outdoors', 'Outdoors'), ('either', 'Indoors or out')], default='either', max_length=10)),
                ('youngest', models.PositiveSmallIntegerField(default=0)),
                ('oldest', models.PositiveSmallIntegerField(default=17)),
                ('likes', models.JSONField(blank=True, default=list)),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ideas', to='goals.theme')),
            ],
            options={
                'ordering': ['reference'],
                'constraints': [models.CheckConstraint(condition=models.Q(('cost__in', ['free', 'little', 'some'])), name='matching_idea_cost'), models.CheckConstraint(condition=models.Q(('place__in', ['indoors', 'outdoors', 'either'])), name='matching_idea_place'), models.CheckConstraint(condition=models.Q(('oldest__gte', models.F('youngest'))), name='matching_idea_ages')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('part', models.CharField(blank=True, choices=[('', 'Some time that day'), ('morning', 'In the morning'), ('afternoon', 'In the afternoon'), ('evening', 'In the evening')], max_length=10)),
                ('what', models.CharField(max_length=120)),
                ('where', models.CharField(blank=True, max_length=120)),
                ('said_by', models.CharField(choices=[('family', 'The family'), ('supporter', 'The supporter')], max_length=10)),
                ('standing', models.CharField(choices=[('suggested', 'Suggested'), ('agreed', 'Agreed'), ('done', 'Done'), ('dropped', 'Dropped')], default='suggested', max_length=10)),
                ('changed_at', models.DateTimeField()),
                ('changes', models.PositiveSmallIntegerField(default=0)),
                ('client_id', models.UUIDField()),
                ('calendar_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('link_up', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='matching.linkup')),
                ('suggested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans_suggested', to=settings.AUTH_USER_MODEL)),
                ('together', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan', to='matching.together')),
            ],
            options={
                'ordering': ['on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('part__in', ['', 'morning', 'afternoon', 'evening'])), name='matching_plan_part'), models.CheckConstraint(condition=models.Q(('said_by__in', ['family', 'supporter'])), name='matching_plan_said_by'), models.CheckConstraint(condition=models.Q(('standing__in', ['suggested', 'agreed', 'done', 'dropped'])), name='matching_plan_standing'), models.CheckConstraint(condition=models.Q(('together__isnull', True), ('standing', 'done'), _connector='OR'), name='matching_plan_done_together'), models.UniqueConstraint(fields=('suggested_by', 'client_id'), name='matching_plan_once')],
            },
        ),
    ]
