"""Which nation a place lies in, for whose scheme of checks holds there. Undone, every place is England again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_what_was_told_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='place',
            name='nation',
            field=models.CharField(blank=True, choices=[('england_wales', 'England and Wales'), ('scotland', 'Scotland'), ('n_ireland', 'Northern Ireland')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('nation__in', ['', 'england_wales', 'scotland', 'n_ireland'])), name='people_place_nation'),
        ),
    ]
