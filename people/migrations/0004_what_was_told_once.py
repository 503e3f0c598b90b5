"""What was told once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_what_a_family_hopes_for'),
    ]

    operations = [
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('told_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'told',
                'ordering': ['told_at', 'id'],
            },
        ),
    ]
