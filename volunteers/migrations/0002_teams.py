import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('services', '0007_leave_withdrawn'),
        ('volunteers', '0001_teams_and_hours'),
    ]

    operations = [
        migrations.CreateModel(
            name='JoinRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('asked', 'Waiting for an answer'), ('accepted', 'Accepted'), ('refused', 'Not accepted'), ('withdrawn', 'Taken back'), ('lapsed', 'Ended with the team')], default='asked', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('leaving', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.membership')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='join_requests', to='volunteers.team')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='join_requests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('team', 'user'), name='join_asked_once_per_person'), models.UniqueConstraint(condition=models.Q(('leaving__isnull', False), ('state', 'asked')), fields=('leaving',), name='join_moves_a_membership_once'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'asked')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ['accepted', 'refused'])), ('state__in', ['withdrawn', 'lapsed']), _connector='OR'), name='join_decided_has_a_judge'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='join_refused_for_a_reason'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('user')), _negated=True), name='join_never_by_oneself')],
            },
        ),
        migrations.CreateModel(
            name='MemberImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rows_sealed', models.TextField()),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RoleProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('leader', 'Leader'), ('deputy', 'Deputy leader'), ('member', 'Member')], max_length=10)),
                ('words', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('asked', 'Waiting for a decision'), ('accepted', 'Accepted'), ('refused', 'Not accepted'), ('withdrawn', 'Taken back'), ('lapsed', 'Ended with the team')], default='asked', max_length=10)),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_proposals', to='volunteers.team')),
            ],
            options={
                'ordering': ['proposed_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('team', 'candidate'), name='proposal_open_once_per_person'), models.UniqueConstraint(condition=models.Q(('role', 'leader'), ('state', 'asked')), fields=('team',), name='proposal_of_one_leader'), models.CheckConstraint(condition=models.Q(('role__in', ['leader', 'deputy'])), name='proposal_for_a_deciding_role'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'asked')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ['accepted', 'refused'])), ('state__in', ['withdrawn', 'lapsed']), _connector='OR'), name='proposal_decided_has_a_judge'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='proposal_refused_for_a_reason'), models.CheckConstraint(condition=models.Q(('proposed_by', models.F('candidate')), _negated=True), name='proposal_never_of_oneself'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by', models.F('candidate')), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), name='proposal_decided_by_a_third')],
            },
        ),
        migrations.AddField(
            model_name='team',
            name='about_en',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='team',
            name='about_zh',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='team',
            name='state_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='team',
            name='state_reason',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'disbanded'), _negated=True), models.Q(('state_on__isnull', False), models.Q(('state_reason', ''), _negated=True)), _connector='OR'), name='team_disbanded_on_a_day_for_a_reason'),
        ),
    ]
