"""Cadences as rows: the ones that Kith comes with, and which is used; link-ups so far were planned with the first."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

USUAL, CALLS = [2, 3, 10, 18], [3, 10, 18]
# slug, name, (weeks, every) of family, supporter and child, where it comes from
COMES_WITH = (
    ("early-and-steady", "Early, then steady", (USUAL, 4), (USUAL, 4), ([3, 10], 8),
     "What Kith suggests: soon after hello, closer while it settles, then every four weeks, and the children for themselves."),
    ("three-calls", "Three calls, then every four weeks", (CALLS, 4), (CALLS, 4), ([], 0),
     "As a programme that hosts families does it: the volunteer at 3, 10 and 18 weeks, and the family around the same time."),
    ("every-month", "Soon, then every month", ([2], 4), ([2], 4), ([], 0),
     "As a mentoring programme does it in the first year: within two weeks, then monthly."),
    ("every-quarter", "Once a quarter", ([13], 13), ([13], 13), ([], 0),
     "As a home-visiting programme does it, whose coordinator meets both every three months."),
    ("three-and-six-months", "Reviews at three and six months", ([13, 26], 26), ([13, 26], 26), ([13, 26], 26),
     "As a children’s befriending programme reviews, each apart. Its calls after every outing aren’t planned here."),
)


def write_the_first(apps, schema_editor):
    template, pick = apps.get_model("matching", "CadenceTemplate"), apps.get_model("matching", "CadencePick")
    now = timezone.now()
    for slug, name, family, supporter, child, why in COMES_WITH:
        template.objects.create(
            slug=slug, version=1, name=name, why=why, made_at=now,
            family_weeks=family[0], family_every=family[1],
            supporter_weeks=supporter[0], supporter_every=supporter[1],
            child_weeks=child[0], child_every=child[1],
        )
    first = template.objects.get(slug=COMES_WITH[0][0])
    pick.objects.create(template=first, picked_at=now)
    apps.get_model("matching", "LinkUp").objects.update(cadence=first)


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0014_what_children_say_of_each'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CadenceTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40)),
                ('version', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('family_weeks', models.JSONField(default=list)),
                ('family_every', models.PositiveSmallIntegerField(default=0)),
                ('supporter_weeks', models.JSONField(default=list)),
                ('supporter_every', models.PositiveSmallIntegerField(default=0)),
                ('child_weeks', models.JSONField(default=list)),
                ('child_every', models.PositiveSmallIntegerField(default=0)),
                ('why', models.CharField(max_length=280)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['slug', '-version'],
            },
        ),
        migrations.CreateModel(
            name='CadencePick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('picked_at', models.DateTimeField()),
                ('picked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='picks', to='matching.cadencetemplate')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AddField(
            model_name='linkup',
            name='cadence',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='link_ups', to='matching.cadencetemplate'),
        ),
        migrations.AddConstraint(
            model_name='cadencetemplate',
            constraint=models.UniqueConstraint(fields=('slug', 'version'), name='matching_cadence_once'),
        ),
        migrations.AddConstraint(
            model_name='cadencetemplate',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='matching_cadence_says_why'),
        ),
        # The rows go with their tables when this is undone.
        migrations.RunPython(write_the_first, migrations.RunPython.noop),
    ]
