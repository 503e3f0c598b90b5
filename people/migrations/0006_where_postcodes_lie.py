"""Where postcodes lie: the cell and the nearest place of each, as `import_postcodes` brings them in."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_the_nation_of_a_place'),
    ]

    operations = [
        migrations.CreateModel(
            name='Postcode',
            fields=[
                ('code', models.CharField(max_length=7, primary_key=True, serialize=False)),
                ('cell_latitude', models.DecimalField(decimal_places=4, max_digits=7)),
                ('cell_longitude', models.DecimalField(decimal_places=4, max_digits=7)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='postcodes', to='people.place')),
            ],
        ),
    ]
