import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('services', '0007_leave_withdrawn'),
    ]

    operations = [
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('kind', models.CharField(choices=[('vanguard', 'Vanguard team'), ('resident', "Residents' team"), ('mass_org', 'Mass organisation'), ('social_org', 'Social organisation')], max_length=10)),
                ('state', models.CharField(choices=[('active', 'Active'), ('dormant', 'Dormant'), ('disbanded', 'Disbanded')], default='active', max_length=10)),
                ('name_zh', models.CharField(max_length=60)),
                ('name_en', models.CharField(max_length=100)),
                ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='services.centre')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='HourEntry',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('date', models.DateField()),
                ('last_date', models.DateField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('note', models.CharField(blank=True, max_length=200)),
                ('source', models.CharField(choices=[('volunteer', 'The volunteer'), ('leader', 'The leader'), ('staff', "The centre's staff")], max_length=10)),
                ('evidence', models.CharField(choices=[('A', 'Code scanned at start and end'), ('B', "Code scanned, leader's word"), ('C', "Photo, leader's word"), ('D', 'Statement')], max_length=1)),
                ('state', models.CharField(choices=[('submitted', 'Sent'), ('needs_info', 'A question is open'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('void', 'Void')], default='submitted', max_length=10)),
                ('request_hash', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('answer', models.CharField(blank=True, max_length=200)),
                ('version', models.PositiveIntegerField(default=1)),
                ('decided_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='hour_entries', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.team')),
            ],
            options={
                'ordering': ['-starts_at'],
                'indexes': [models.Index(fields=['volunteer', '-starts_at'], name='hours_by_volunteer'), models.Index(condition=models.Q(('state', 'submitted')), fields=['team', 'starts_at'], name='hours_to_decide')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='hours_end_after_start'), models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 720)), name='hours_within_twelve'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ['approved', 'rejected', 'void'])), models.Q(('state__in', ['approved', 'rejected', 'void']), _negated=True), _connector='OR'), name='hours_decided_by_somebody'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('volunteer')), _negated=True), name='hours_never_decided_by_oneself')],
            },
        ),
        migrations.CreateModel(
            name='HourMinute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minute', models.BigIntegerField()),
                ('entry', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='volunteers.hourentry')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('volunteer', 'minute'), name='hour_minute_once_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('leader', 'Leader'), ('deputy', 'Deputy leader'), ('member', 'Member')], default='member', max_length=10)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='volunteers.team')),
            ],
            options={
                'ordering': ['team', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('team', 'user'), name='membership_open_once_per_person'), models.UniqueConstraint(condition=models.Q(('ends_on', None), ('role', 'leader')), fields=('team',), name='team_has_one_leader'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_ends_after_start')],
            },
        ),
    ]
