"""What the children say of each supporter on a list, and whether whoever is chosen may read their words."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("matching", "0013_a_link_up_may_rest"),
    ]

    operations = [
        migrations.AddField(
            model_name='choice',
            name='passes_on',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='shortlistentry',
            name='children',
            field=models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('either', 'They don’t mind')], max_length=8),
        ),
        migrations.AddConstraint(
            model_name='shortlistentry',
            constraint=models.CheckConstraint(condition=models.Q(('children__in', ['', 'yes', 'no', 'either'])), name='matching_entry_children'),
        ),
    ]
