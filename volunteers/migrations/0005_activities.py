import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('services', '0007_leave_withdrawn'),
        ('volunteers', '0004_projects'),
    ]

    operations = [
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('service', 'Volunteer service'), ('training', 'Training course'), ('event', 'Event')], max_length=10)),
                ('title_zh', models.CharField(max_length=60)),
                ('title_en', models.CharField(blank=True, max_length=120)),
                ('about_zh', models.CharField(max_length=600)),
                ('about_en', models.CharField(blank=True, max_length=1200)),
                ('audience_zh', models.CharField(blank=True, max_length=60)),
                ('audience_en', models.CharField(blank=True, max_length=120)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('cancelled', 'Cancelled')], default='draft', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.centre')),
                ('made_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='volunteers.team')),
            ],
            options={
                'verbose_name_plural': 'activities',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'service'), _negated=True), ('team__isnull', False), _connector='OR'), name='activity_service_has_a_team')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('date', models.DateField()),
                ('place', models.CharField(blank=True, max_length=60)),
                ('capacity', models.PositiveSmallIntegerField()),
                ('signup_closes_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('planned', 'Takes place'), ('cancelled', 'Cancelled')], default='planned', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=100)),
                ('version', models.PositiveIntegerField(default=1)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='volunteers.activity')),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'planned')), fields=['ends_at'], name='session_planned')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_start'), models.CheckConstraint(condition=models.Q(('capacity__gte', 1), ('capacity__lte', 500)), name='session_capacity_sane'), models.CheckConstraint(condition=models.Q(('signup_closes_at__lte', models.F('ends_at'))), name='session_signup_closes_before_end'), models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('activity', 'starts_at'), name='session_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Signup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=6, unique=True)),
                ('link_nonce', models.CharField(max_length=16)),
                ('name', models.CharField(blank=True, max_length=60)),
                ('phone_sealed', models.CharField(blank=True, max_length=255)),
                ('phone_hash', models.CharField(blank=True, max_length=64)),
                ('person_hash', models.CharField(max_length=64)),
                ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], max_length=10)),
                ('state', models.CharField(choices=[('signed_up', 'Signed up'), ('waiting', 'Waiting'), ('offered', 'Place offered'), ('cancelled', 'Cancelled'), ('expired', 'Not answered in time'), ('attended', 'Came'), ('missed', 'Did not come')], max_length=10)),
                ('place', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('offer_expires_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('checked_in_at', models.DateTimeField(blank=True, null=True)),
                ('checked_out_at', models.DateTimeField(blank=True, null=True)),
                ('kept_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signups', to='volunteers.session')),
                ('ticked_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['created_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'offered')), fields=['offer_expires_at'], name='signup_unanswered'), models.Index(fields=['phone_hash'], name='signup_by_phone'), models.Index(condition=models.Q(('kept_at', None), ('state', 'attended')), fields=['session'], name='signup_to_keep')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('place__isnull', False)), fields=('session', 'place'), name='signup_place_once'), models.UniqueConstraint(condition=models.Q(('state__in', ['cancelled', 'expired']), _negated=True), fields=('session', 'person_hash'), name='signup_once_per_person'), models.UniqueConstraint(condition=models.Q(('user__isnull', False), models.Q(('state__in', ['cancelled', 'expired']), _negated=True)), fields=('session', 'user'), name='signup_once_per_account'), models.CheckConstraint(condition=models.Q(models.Q(('place__gte', 1), ('state__in', ['signed_up', 'offered', 'attended', 'missed'])), models.Q(('place', None), ('state__in', ['waiting', 'cancelled', 'expired'])), _connector='OR'), name='signup_place_while_it_stands'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'offered'), _negated=True), ('offer_expires_at__isnull', False), _connector='OR'), name='signup_offer_ends'), models.CheckConstraint(condition=models.Q(('checked_out_at', None), models.Q(('checked_in_at__isnull', False), ('checked_out_at__gte', models.F('checked_in_at'))), _connector='OR'), name='signup_leaves_after_coming')],
            },
        ),
        migrations.CreateModel(
            name='TrainingEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('was_scanned', models.BooleanField()),
                ('created_at', models.DateTimeField()),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_entries', to='volunteers.session')),
                ('ticked_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='training_entries', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'training entries',
                'ordering': ['-date', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('session', 'user'), name='training_once_per_session'), models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 720)), name='training_minutes_sane'), models.CheckConstraint(condition=models.Q(('ticked_by', None), ('user', None), models.Q(('ticked_by', models.F('user')), _negated=True), _connector='OR'), name='training_never_by_oneself')],
            },
        ),
        migrations.AlterField(
            model_name='hourentry',
            name='source',
            field=models.CharField(choices=[('volunteer', 'The volunteer'), ('leader', 'The leader'), ('staff', "The centre's staff"), ('session', 'Attendance at a session')], max_length=10),
        ),
        migrations.AddField(
            model_name='hourentry',
            name='session',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hour_entries', to='volunteers.session'),
        ),
        migrations.AddConstraint(
            model_name='hourentry',
            constraint=models.UniqueConstraint(condition=models.Q(('session__isnull', False), ('state__in', ['submitted', 'needs_info', 'approved'])), fields=('session', 'volunteer'), name='hours_once_per_session'),
        ),
    ]
