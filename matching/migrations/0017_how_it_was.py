"""Keep what a supporter says once a week about a link-up."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0016_what_they_do_next'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HowWasIt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField(verbose_name="the week's Monday")),
                ('answer', models.CharField(choices=[('good', 'Good'), ('so_so', 'So-so'), ('hard', 'Hard, please ring me'), ('not_met', 'We didn’t meet')], max_length=8)),
                ('words', models.CharField(blank=True, max_length=280)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='how_it_was', to=settings.AUTH_USER_MODEL)),
                ('link_up', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='how_it_was', to='matching.linkup')),
            ],
            options={
                'verbose_name_plural': 'how it was',
                'ordering': ['id'],
                'indexes': [models.Index(fields=['link_up', 'week'], name='matching_ho_link_up_80175a_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('answer__in', ['good', 'so_so', 'hard', 'not_met'])), name='matching_howwasit_answer'), models.CheckConstraint(condition=models.Q(('words', ''), ('answer', 'hard'), _connector='OR'), name='matching_howwasit_words_if_hard')],
            },
        ),
    ]
