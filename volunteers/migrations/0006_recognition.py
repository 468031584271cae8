import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('services', '0007_leave_withdrawn'),
        ('volunteers', '0005_activities'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReturnBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField()),
                ('rows_total', models.PositiveIntegerField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.centre')),
                ('created_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='StarAward',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('eligible', 'Reached'), ('announced', 'Announced'), ('objected', 'Objection open'), ('awarded', 'Awarded'), ('declined', 'Not awarded'), ('revoked', 'Taken back')], default='eligible', max_length=10)),
                ('eligible_on', models.DateField()),
                ('minutes', models.PositiveIntegerField()),
                ('announced_on', models.DateField(blank=True, null=True)),
                ('notice_until', models.DateField(blank=True, null=True)),
                ('awarded_on', models.DateField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('version', models.PositiveIntegerField(default=1)),
                ('awarded_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='star_awards', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['state', '-id'], name='star_by_state')],
                'constraints': [models.UniqueConstraint(fields=('volunteer', 'level'), name='star_once_per_level'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 5)), name='star_of_five'), models.CheckConstraint(condition=models.Q(('state__in', ['eligible', 'declined']), models.Q(('announced_on__isnull', False), ('notice_until__gt', models.F('announced_on')), ('notice_until__isnull', False), ('proposed_by__isnull', False)), _connector='OR'), name='star_announced_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'awarded'), _negated=True), models.Q(('awarded_by__isnull', False), ('awarded_on__gt', models.F('notice_until')), ('awarded_on__isnull', False)), _connector='OR'), name='star_awarded_after_notice'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['declined', 'revoked']), _negated=True), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='star_closed_by_somebody'), models.CheckConstraint(condition=models.Q(('awarded_by', models.F('proposed_by')), _negated=True), name='star_takes_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('proposed_by', models.F('volunteer')), _negated=True), models.Q(('awarded_by', models.F('volunteer')), _negated=True), models.Q(('closed_by', models.F('volunteer')), _negated=True)), name='star_never_by_oneself')],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at_desk', models.BooleanField(default=False)),
                ('text', models.CharField(max_length=300)),
                ('raised_at', models.DateTimeField()),
                ('upheld', models.BooleanField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('raised_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objections', to='volunteers.staraward')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('at_desk', False), ('settled_at', None)), fields=('award', 'raised_by'), name='objection_open_once_per_person'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None), ('upheld', None)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False), ('upheld__isnull', False)), _connector='OR'), name='objection_settled_whole_or_not'), models.CheckConstraint(condition=models.Q(('settled_by', models.F('raised_by')), _negated=True), name='objection_settled_by_another')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('kind', models.CharField(choices=[('hours', 'Hours of a period'), ('star', 'Star')], max_length=8)),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('snapshot', models.JSONField(default=dict)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('request_key', models.UUIDField()),
                ('issued_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_reason', models.CharField(blank=True, max_length=300)),
                ('revoked_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to=settings.AUTH_USER_MODEL)),
                ('award', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='volunteers.staraward')),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['volunteer', '-id'], name='certificate_by_volunteer')],
                'constraints': [models.UniqueConstraint(fields=('volunteer', 'request_key'), name='certificate_once_per_form'), models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='certificate_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('award__isnull', False), ('kind', 'star')), models.Q(('award', None), ('kind', 'hours')), _connector='OR'), name='certificate_of_hours_or_star'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='certificate_revoked_by_somebody'), models.CheckConstraint(condition=models.Q(('revoked_by', models.F('volunteer')), _negated=True), name='certificate_not_revoked_by_oneself')],
            },
        ),
        migrations.CreateModel(
            name='TeamDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('minutes', models.PositiveIntegerField()),
                ('team', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='volunteers.team')),
            ],
            options={
                'indexes': [models.Index(fields=['date', 'team'], name='team_day_by_date')],
                'constraints': [models.UniqueConstraint(fields=('team', 'date'), name='team_day_once')],
            },
        ),
        migrations.CreateModel(
            name='BoardConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wording', models.PositiveSmallIntegerField(default=1)),
                ('given_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['user'], name='board_consent_by_user')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('user',), name='board_consent_in_force_once'), models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('withdrawn_at__gte', models.F('given_at')), _connector='OR'), name='board_consent_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='ReturnRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('turn', models.PositiveSmallIntegerField(default=0)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('to_send', 'To be sent'), ('sent', 'Handed in'), ('accepted', 'Accepted'), ('refused', 'Refused')], default='to_send', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('changed_at', models.DateTimeField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='volunteers.returnbatch')),
                ('entry', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.hourentry')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['batch', 'state'], name='return_row_by_state')],
                'constraints': [models.UniqueConstraint(fields=('entry', 'turn'), name='return_once_per_entry'), models.CheckConstraint(condition=models.Q(('turn__gt', 0), ('minutes__gt', 0), _connector='OR'), name='return_of_something'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='return_refused_with_reason')],
            },
        ),
    ]
