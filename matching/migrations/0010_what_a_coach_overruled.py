"""What a coach overruled between two, and why. Undone, the rules stand again everywhere."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0009_a_pair_to_keep'),
        ('people', '0003_what_a_family_hopes_for'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Overruling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=30)),
                ('why', models.CharField(max_length=280)),
                ('at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrulings', to=settings.AUTH_USER_MODEL)),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overrulings', to='people.family')),
                ('supporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overrulings', to='matching.supporter')),
                ('taken_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='overrulings_taken_back', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('taken_back_at', None)), fields=('family', 'supporter', 'code'), name='matching_overruling_stands_once'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='matching_overruling_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at', None), ('taken_back_by', None)), models.Q(('taken_back_at__isnull', False), ('taken_back_by__isnull', False)), _connector='OR'), name='matching_overruling_taken_back_by_somebody')],
            },
        ),
    ]
