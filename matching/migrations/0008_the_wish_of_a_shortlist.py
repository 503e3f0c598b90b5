"""For which wish of the family a list is; those that are there were for its only one, "either".

Going back puts one open list a family in the place of one a wish; it is refused by the database while a family has two.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0007_the_wish_of_a_proposal'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='shortlist',
            name='matching_shortlist_one_open',
        ),
        migrations.AddField(
            model_name='shortlist',
            name='wish',
            field=models.CharField(choices=[('sharing', 'a family who has been through it'), ('volunteer', 'a volunteer'), ('either', 'whoever suits best')], default='either', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='shortlist',
            constraint=models.CheckConstraint(condition=models.Q(('wish__in', ['sharing', 'volunteer', 'either'])), name='matching_shortlist_wish'),
        ),
        migrations.AddConstraint(
            model_name='shortlist',
            constraint=models.UniqueConstraint(condition=models.Q(('standing__in', ['offered', 'chosen'])), fields=('family', 'wish'), name='matching_shortlist_one_open'),
        ),
    ]
