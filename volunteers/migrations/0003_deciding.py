import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('volunteers', '0002_teams'),
    ]

    operations = [
        migrations.CreateModel(
            name='DayAllowance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('reason', models.CharField(max_length=200)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-day', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('volunteer', 'day'), name='day_allowed_once'), models.CheckConstraint(condition=models.Q(('made_by', models.F('volunteer')), _negated=True), name='day_allowed_by_another'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='day_allowed_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='DismissedAnomaly',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=64)),
                ('reason', models.CharField(max_length=200)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='anomaly_dismissed_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='anomaly_dismissed_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(choices=[('entry', 'A record that somebody entered for the volunteer'), ('rejection', 'A rejection')], max_length=10)),
                ('text', models.CharField(max_length=200)),
                ('made_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'Waits for an answer'), ('upheld', 'The volunteer was right'), ('refused', 'The record stays as it is')], default='open', max_length=10)),
                ('answer', models.CharField(blank=True, max_length=200)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('against', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='volunteers.hourentry')),
                ('settled_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['made_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['made_at'], name='dispute_open')],
                'constraints': [models.UniqueConstraint(fields=('entry', 'about'), name='dispute_once_about_each'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), models.Q(('answer', ''), _negated=True), ('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='dispute_settled_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('settled_by', models.F('volunteer')), _negated=True), models.Q(('settled_by', models.F('against')), _negated=True)), name='dispute_settled_by_a_third_person')],
            },
        ),
        migrations.CreateModel(
            name='HourAdjustment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.SmallIntegerField()),
                ('after', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(max_length=200)),
                ('made_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('proposed', 'Waits for a second person'), ('confirmed', 'Confirmed'), ('refused', 'Refused')], default='proposed', max_length=10)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='volunteers.hourentry')),
                ('made_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['made_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('entry',), name='adjustment_open_once'), models.CheckConstraint(condition=models.Q(('minutes', 0), _negated=True), name='adjustment_changes_something'), models.CheckConstraint(condition=models.Q(('after__gte', 0), ('after__lte', 720)), name='adjustment_within_twelve'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None), ('state', 'proposed')), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('state', 'proposed'), _negated=True)), _connector='OR'), name='adjustment_confirmed_by_somebody'), models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('made_by')), _negated=True), name='adjustment_takes_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('made_by', models.F('volunteer')), _negated=True), models.Q(('confirmed_by', models.F('volunteer')), _negated=True)), name='adjustment_never_of_oneself')],
            },
        ),
        migrations.CreateModel(
            name='HourEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('act', models.CharField(choices=[('sent', 'Sent by the volunteer'), ('attended', 'Kept from the attendance at a session'), ('entered', 'Entered for the volunteer'), ('asked', 'A question was asked'), ('answered', 'The volunteer answered'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Taken back by the volunteer'), ('disputed', 'Disputed by the volunteer'), ('upheld', 'The volunteer was right'), ('refused', 'The record stays as it is'), ('proposed', 'A correction was proposed'), ('corrected', 'The correction was confirmed'), ('dropped', 'The correction was refused')], max_length=10)),
                ('text', models.CharField(blank=True, max_length=200)),
                ('actor', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='volunteers.hourentry')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Reconciliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('ran_at', models.DateTimeField()),
                ('ok', models.BooleanField()),
                ('minutes', models.BigIntegerField()),
                ('differences', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['-day'],
            },
        ),
        migrations.CreateModel(
            name='SampledEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('state', models.CharField(choices=[('open', 'To be checked'), ('verified', 'Verified'), ('doubted', 'Doubted')], default='open', max_length=10)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('remark', models.CharField(blank=True, max_length=200)),
                ('approved_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checked_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sample', to='volunteers.hourentry')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-day', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('checked_at', None), ('checked_by', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('checked_at__isnull', False), ('checked_by__isnull', False)), _connector='OR'), name='sample_checked_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('checked_by', models.F('volunteer')), _negated=True), models.Q(('checked_by', models.F('approved_by')), _negated=True)), name='sample_checked_by_another')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='hourentry',
            name='hours_decided_by_somebody',
        ),
        migrations.AddField(
            model_name='hourentry',
            name='basis',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='hourentry',
            name='device',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name='hourentry',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hourentry',
            name='is_disputed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name='hourentry',
            index=models.Index(condition=models.Q(('state', 'approved')), fields=['team', 'date'], name='hours_approved_by_team'),
        ),
        migrations.AddIndex(
            model_name='hourentry',
            index=models.Index(condition=models.Q(('state', 'approved')), fields=['decided_at'], name='hours_approved_by_time'),
        ),
        migrations.AddConstraint(
            model_name='hourentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ['approved', 'rejected'])), models.Q(('decided_at__isnull', False), ('decided_by', None), ('state', 'void')), models.Q(('decided_at', None), ('decided_by', None), ('state__in', ['submitted', 'needs_info'])), _connector='OR'), name='hours_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='hourentry',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', models.F('entered_by')), _negated=True), name='hours_decided_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='hourentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entered_by__isnull', False), ('source__in', ['leader', 'staff'])), models.Q(models.Q(('source__in', ['leader', 'staff']), _negated=True), ('entered_by', None)), _connector='OR'), name='hours_entered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='hourentry',
            constraint=models.CheckConstraint(condition=models.Q(('entered_by', models.F('volunteer')), _negated=True), name='hours_entered_for_another'),
        ),
        migrations.AddConstraint(
            model_name='hourentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', 'staff'), _negated=True), models.Q(('basis', ''), _negated=True), _connector='OR'), name='hours_of_staff_rest_on_something'),
        ),
    ]
