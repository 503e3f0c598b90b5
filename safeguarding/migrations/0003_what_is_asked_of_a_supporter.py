"""What is asked of a supporter, by version, and the steps, exemptions and approvals that follow from it."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_the_nation_of_a_place'),
        ('safeguarding', '0002_say_who_deals_with_a_concern'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['at', 'id'],
                'default_related_name': 'approvals',
            },
        ),
        migrations.CreateModel(
            name='EligibleLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nation', models.CharField(choices=[('england_wales', 'England and Wales'), ('scotland', 'Scotland'), ('n_ireland', 'Northern Ireland')], max_length=16)),
                ('role', models.CharField(choices=[('sharing', 'An adult of a sharing family'), ('volunteer', 'A volunteer')], max_length=12)),
                ('level', models.CharField(choices=[('dbs_basic', 'Basic DBS'), ('dbs_standard', 'Standard DBS'), ('dbs_enhanced', 'Enhanced DBS'), ('pvg', 'PVG membership'), ('access_ni', 'AccessNI enhanced')], max_length=16)),
                ('activity', models.CharField(choices=[('regulated', 'Looks after children alone, often or overnight'), ('close', 'Spends time with children often, with a parent there'), ('chance', 'Meets children only by chance')], max_length=12)),
                ('months', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['requirements', 'nation', 'role'],
            },
        ),
        migrations.CreateModel(
            name='Exemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reference', 'Reference'), ('interview', 'Interview'), ('induction', 'Induction'), ('code', 'Code of conduct')], max_length=12)),
                ('reason', models.CharField(choices=[('on_its_way', 'It’s asked for, and the answer is on its way'), ('elsewhere', 'It was done for another programme, and we’re waiting for the proof'), ('no_date', 'No date could be found yet')], max_length=12)),
                ('until_on', models.DateField()),
                ('asked_at', models.DateTimeField()),
                ('granted_at', models.DateTimeField(blank=True, null=True)),
                ('client_id', models.UUIDField(default=uuid.uuid4, unique=True)),
            ],
            options={
                'ordering': ['asked_at', 'id'],
                'default_related_name': 'exemptions',
            },
        ),
        migrations.CreateModel(
            name='RequirementsVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True)),
                ('counts_from_on', models.DateField()),
                ('existing_until_on', models.DateField()),
                ('references', models.PositiveSmallIntegerField()),
                ('interview', models.BooleanField()),
                ('induction', models.BooleanField()),
                ('induction_months', models.PositiveSmallIntegerField(default=0)),
                ('code_version', models.PositiveSmallIntegerField()),
                ('set_at', models.DateTimeField()),
                ('why', models.CharField(max_length=280)),
            ],
            options={
                'ordering': ['-version'],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reference', 'Reference'), ('interview', 'Interview'), ('induction', 'Induction'), ('code', 'Code of conduct')], max_length=12)),
                ('done_on', models.DateField()),
                ('valid_until_on', models.DateField(blank=True, null=True)),
                ('code_version', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('decided_at', models.DateTimeField()),
                ('client_id', models.UUIDField(default=uuid.uuid4, unique=True)),
            ],
            options={
                'ordering': ['done_on', 'id'],
                'default_related_name': 'steps',
            },
        ),
        migrations.CreateModel(
            name='TakenBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'taken back',
            },
        ),
        migrations.AddField(
            model_name='check',
            name='activity',
            field=models.CharField(blank=True, choices=[('regulated', 'Looks after children alone, often or overnight'), ('close', 'Spends time with children often, with a parent there'), ('chance', 'Meets children only by chance')], max_length=12),
        ),
        migrations.AddField(
            model_name='check',
            name='barred_lists',
            field=models.BooleanField(default=False, verbose_name='the barred lists were looked at too'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(('activity__in', ['', 'regulated', 'close', 'chance'])), name='safeguarding_check_activity'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(('barred_lists', False), ('activity', 'regulated'), _connector='OR'), name='safeguarding_check_barred_lists'),
        ),
        migrations.AddField(
            model_name='approval',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals_given', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='approval',
            name='guardian',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.guardian'),
        ),
        migrations.AddField(
            model_name='approval',
            name='volunteer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.volunteer'),
        ),
        migrations.AddField(
            model_name='exemption',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions_asked', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='exemption',
            name='granted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exemptions_granted', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='exemption',
            name='guardian',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.guardian'),
        ),
        migrations.AddField(
            model_name='exemption',
            name='volunteer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.volunteer'),
        ),
        migrations.AddField(
            model_name='requirementsversion',
            name='set_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requirements_set', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='eligiblelevel',
            name='requirements',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levels', to='safeguarding.requirementsversion'),
        ),
        migrations.AddField(
            model_name='approval',
            name='requirements',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='safeguarding.requirementsversion'),
        ),
        migrations.AddField(
            model_name='step',
            name='decided_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps_decided', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='step',
            name='guardian',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.guardian'),
        ),
        migrations.AddField(
            model_name='step',
            name='volunteer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='people.volunteer'),
        ),
        migrations.AddField(
            model_name='takenback',
            name='approval',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='taken_back', to='safeguarding.approval'),
        ),
        migrations.AddField(
            model_name='takenback',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='takenback',
            name='check_row',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='taken_back', to='safeguarding.check'),
        ),
        migrations.AddField(
            model_name='takenback',
            name='exemption',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='taken_back', to='safeguarding.exemption'),
        ),
        migrations.AddField(
            model_name='takenback',
            name='step',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='taken_back', to='safeguarding.step'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('guardian__isnull', False), ('volunteer__isnull', True)), models.Q(('guardian__isnull', True), ('volunteer__isnull', False)), _connector='OR'), name='safeguarding_exemption_one_person'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['reference', 'interview', 'induction', 'code'])), name='safeguarding_exemption_kind'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['on_its_way', 'elsewhere', 'no_date'])), name='safeguarding_exemption_reason'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('granted_at__isnull', True), ('granted_by__isnull', True)), models.Q(('granted_at__isnull', False), ('granted_by__isnull', False)), _connector='OR'), name='safeguarding_exemption_granted'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(('granted_by__isnull', True), models.Q(('granted_by', models.F('asked_by')), _negated=True), _connector='OR'), name='safeguarding_exemption_two_people'),
        ),
        migrations.AddConstraint(
            model_name='requirementsversion',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='safeguarding_rules_say_why'),
        ),
        migrations.AddConstraint(
            model_name='requirementsversion',
            constraint=models.CheckConstraint(condition=models.Q(('existing_until_on__gte', models.F('counts_from_on'))), name='safeguarding_rules_days'),
        ),
        migrations.AddConstraint(
            model_name='requirementsversion',
            constraint=models.CheckConstraint(condition=models.Q(('induction_months__lte', 120), ('references__lte', 4)), name='safeguarding_rules_most'),
        ),
        migrations.AddConstraint(
            model_name='eligiblelevel',
            constraint=models.CheckConstraint(condition=models.Q(('nation__in', ['england_wales', 'scotland', 'n_ireland'])), name='safeguarding_eligible_nation'),
        ),
        migrations.AddConstraint(
            model_name='eligiblelevel',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['sharing', 'volunteer'])), name='safeguarding_eligible_role'),
        ),
        migrations.AddConstraint(
            model_name='eligiblelevel',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['dbs_basic', 'dbs_standard', 'dbs_enhanced', 'pvg', 'access_ni'])), name='safeguarding_eligible_level'),
        ),
        migrations.AddConstraint(
            model_name='eligiblelevel',
            constraint=models.CheckConstraint(condition=models.Q(('activity__in', ['regulated', 'close', 'chance'])), name='safeguarding_eligible_activity'),
        ),
        migrations.AddConstraint(
            model_name='eligiblelevel',
            constraint=models.UniqueConstraint(fields=('requirements', 'nation', 'role'), name='safeguarding_eligible_once'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('guardian__isnull', False), ('volunteer__isnull', True)), models.Q(('guardian__isnull', True), ('volunteer__isnull', False)), _connector='OR'), name='safeguarding_approval_one_person'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('guardian__isnull', False), ('volunteer__isnull', True)), models.Q(('guardian__isnull', True), ('volunteer__isnull', False)), _connector='OR'), name='safeguarding_step_one_person'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['reference', 'interview', 'induction', 'code'])), name='safeguarding_step_kind'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code_version__isnull', False), ('kind', 'code')), models.Q(models.Q(('kind', 'code'), _negated=True), ('code_version__isnull', True)), _connector='OR'), name='safeguarding_step_code_version'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until_on__isnull', True), ('valid_until_on__gte', models.F('done_on')), _connector='OR'), name='safeguarding_step_dates'),
        ),
        migrations.AddConstraint(
            model_name='takenback',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approval__isnull', True), ('check_row__isnull', False), ('exemption__isnull', True), ('step__isnull', True)), models.Q(('approval__isnull', True), ('check_row__isnull', True), ('exemption__isnull', True), ('step__isnull', False)), models.Q(('approval__isnull', True), ('check_row__isnull', True), ('exemption__isnull', False), ('step__isnull', True)), models.Q(('approval__isnull', False), ('check_row__isnull', True), ('exemption__isnull', True), ('step__isnull', True)), _connector='OR'), name='safeguarding_taken_back_one_row'),
        ),
    ]
