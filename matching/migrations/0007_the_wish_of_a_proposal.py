"""For which wish of the family a pair is proposed; those that are there were for its only one, "either".

Going back puts one proposal in a round a family in the place of one a wish; it is refused by the database while a family has two.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0006_round_runs'),
        ('people', '0003_what_a_family_hopes_for'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='proposal',
            options={'ordering': ['-waiting_days', 'family_id', 'wish']},
        ),
        migrations.RemoveConstraint(
            model_name='proposal',
            name='matching_proposal_once',
        ),
        migrations.AddField(
            model_name='proposal',
            name='wish',
            field=models.CharField(choices=[('sharing', 'a family who has been through it'), ('volunteer', 'a volunteer'), ('either', 'whoever suits best')], default='either', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('wish__in', ['sharing', 'volunteer', 'either'])), name='matching_proposal_wish'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(fields=('round', 'family', 'wish'), name='matching_proposal_once'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(fields=('round', 'family', 'supporter'), name='matching_proposal_supporter_once'),
        ),
    ]
