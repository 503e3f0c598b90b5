"""A link-up rests while its supporter is not cleared. Undone, nobody knows which days it rested on."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0012_first_milestones'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since_on', models.DateField()),
                ('went_on_on', models.DateField(blank=True, null=True)),
                ('link_up', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rests', to='matching.linkup')),
            ],
            options={
                'ordering': ['since_on', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('went_on_on__isnull', True)), fields=('link_up',), name='matching_rest_one_at_a_time'), models.CheckConstraint(condition=models.Q(('went_on_on__isnull', True), ('went_on_on__gte', models.F('since_on')), _connector='OR'), name='matching_rest_days')],
            },
        ),
    ]
