"""What a family hopes for beside it; nobody was asked until now, so every family has "either"."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_keep_half_told_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='family',
            name='hopes_for',
            field=models.CharField(choices=[('sharing', 'A family who has been through it'), ('volunteer', 'A volunteer'), ('both', 'Both: a family and a volunteer'), ('either', 'Not sure yet')], default='either', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='family',
            constraint=models.CheckConstraint(condition=models.Q(('hopes_for__in', ['sharing', 'volunteer', 'both', 'either'])), name='people_family_hopes_for'),
        ),
    ]
