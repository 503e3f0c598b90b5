"""The wellbeing web and its marks, which are never changed; and a rating that is sent twice is kept once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


TABLE = "goals_webmark"
SAID = "A mark stands as it was said: fill in another web."
FUNCTION = f"""
    CREATE FUNCTION goals_webmark_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'restrict_violation'; END $$
"""


def hold(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)
        does = "FOR EACH ROW EXECUTE FUNCTION goals_webmark_stands()"
    else:
        does = f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
    schema_editor.execute(f"CREATE TRIGGER goals_webmark_stands BEFORE UPDATE ON {TABLE} {does}")


def let_go(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER goals_webmark_stands ON {TABLE}")
        schema_editor.execute("DROP FUNCTION goals_webmark_stands()")
    else:
        schema_editor.execute("DROP TRIGGER goals_webmark_stands")


class Migration(migrations.Migration):

    dependencies = [
        ('goals', '0002_initial'),
        ('people', '0004_what_was_told_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WebMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(choices=[('safe', 'Safe'), ('healthy', 'Healthy'), ('achieving', 'Achieving'), ('nurtured', 'Nurtured'), ('active', 'Active'), ('respected', 'Respected'), ('responsible', 'Responsible'), ('included', 'Included')], max_length=12)),
                ('value', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='1 to 10, none for not sure')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='WellbeingWeb',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scorer', models.CharField(choices=[('guardian', 'Parent or carer'), ('child', 'Child'), ('coach', 'Coach')], max_length=8)),
                ('words', models.CharField(blank=True, max_length=280)),
                ('at', models.DateTimeField()),
                ('client_id', models.UUIDField()),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='rating',
            name='client_id',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(fields=('goal', 'client_id'), name='goals_rating_once'),
        ),
        migrations.AddField(
            model_name='wellbeingweb',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='webs', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='wellbeingweb',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='webs', to='people.family'),
        ),
        migrations.AddField(
            model_name='webmark',
            name='web',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='goals.wellbeingweb'),
        ),
        migrations.AddConstraint(
            model_name='wellbeingweb',
            constraint=models.CheckConstraint(condition=models.Q(('scorer__in', ['guardian', 'child', 'coach'])), name='goals_web_scorer'),
        ),
        migrations.AddConstraint(
            model_name='wellbeingweb',
            constraint=models.UniqueConstraint(fields=('family', 'client_id'), name='goals_web_once'),
        ),
        migrations.AddConstraint(
            model_name='webmark',
            constraint=models.CheckConstraint(condition=models.Q(('domain__in', ['safe', 'healthy', 'achieving', 'nurtured', 'active', 'respected', 'responsible', 'included'])), name='goals_webmark_domain'),
        ),
        migrations.AddConstraint(
            model_name='webmark',
            constraint=models.UniqueConstraint(fields=('web', 'domain'), name='goals_webmark_once'),
        ),
        migrations.AddConstraint(
            model_name='webmark',
            constraint=models.CheckConstraint(condition=models.Q(('value__isnull', True), models.Q(('value__gte', 1), ('value__lte', 10)), _connector='OR'), name='goals_webmark_value'),
        ),
        migrations.RunPython(hold, let_go),
    ]
