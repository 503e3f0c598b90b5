"""A conversation may rest for a while. Undone, everybody may write again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0003_keep_words_within_bounds'),
    ]

    operations = [
        migrations.AddField(
            model_name='conversation',
            name='paused_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
