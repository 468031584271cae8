import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('services', '0008_requests'),
    ]

    operations = [
        migrations.CreateModel(
            name='LendingPolicy',
            fields=[
                ('centre', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='lending_policy', serialize=False, to='services.centre')),
                ('max_hours', models.PositiveSmallIntegerField(default=4)),
                ('max_open', models.PositiveSmallIntegerField(default=2)),
                ('lead_hours', models.PositiveSmallIntegerField(default=24)),
                ('days_ahead', models.PositiveSmallIntegerField(default=30)),
            ],
            options={
                'verbose_name_plural': 'lending policies',
                'constraints': [models.CheckConstraint(condition=models.Q(('max_hours__range', (1, 12)), ('max_open__range', (1, 20))), name='lending_limits_sane'), models.CheckConstraint(condition=models.Q(('days_ahead__range', (1, 60))), name='lending_days_sane'), models.CheckConstraint(condition=models.Q(('lead_hours__lte', 336)), name='lending_lead_sane')],
            },
        ),
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('kind', models.CharField(choices=[('venue', 'Venue'), ('expert', 'Expert'), ('equipment', 'Equipment'), ('organisation', 'Organisation')], max_length=12)),
                ('name_zh', models.CharField(max_length=60)),
                ('name_en', models.CharField(blank=True, max_length=80)),
                ('description_zh', models.CharField(blank=True, max_length=400)),
                ('description_en', models.CharField(blank=True, max_length=400)),
                ('terms_zh', models.CharField(blank=True, max_length=400)),
                ('terms_en', models.CharField(blank=True, max_length=400)),
                ('capacity', models.PositiveSmallIntegerField(default=1)),
                ('contact_sealed', models.CharField(blank=True, max_length=512)),
                ('state', models.CharField(choices=[('available', 'Available'), ('resting', 'Resting'), ('retired', 'Retired')], default='available', max_length=10)),
                ('needs_approval', models.BooleanField(default=True)),
                ('open_to_residents', models.BooleanField(default=False)),
                ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resources', to='services.centre')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('code',), name='resource_code_once'), models.CheckConstraint(condition=models.Q(('capacity__gte', 1), ('capacity__lte', 5000)), name='resource_capacity_sane')],
            },
        ),
        migrations.CreateModel(
            name='ResourceClosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('reason_zh', models.CharField(max_length=60)),
                ('reason_en', models.CharField(blank=True, max_length=100)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closures', to='services.resource')),
            ],
            options={
                'ordering': ['starts_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='resource_closure_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='ResourceHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekdays', models.CharField(max_length=7)),
                ('opens', models.TimeField()),
                ('closes', models.TimeField()),
                ('on_holidays', models.BooleanField(default=False)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='services.resource')),
            ],
            options={
                'ordering': ['resource', 'weekdays', 'opens'],
                'constraints': [models.CheckConstraint(condition=models.Q(('opens__lt', models.F('closes'))), name='resource_opens_before_closing')],
            },
        ),
        migrations.CreateModel(
            name='Use',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=6)),
                ('link_nonce', models.CharField(max_length=16)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('units', models.PositiveSmallIntegerField(default=1)),
                ('people', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('purpose', models.CharField(max_length=200)),
                ('for_kind', models.CharField(choices=[('resident', 'A resident'), ('need', 'A need'), ('project', 'A project'), ('activity', 'An activity'), ('none', "The centre's own work")], max_length=10)),
                ('for_code', models.CharField(blank=True, max_length=40)),
                ('state', models.CharField(choices=[('asked', 'Asked for'), ('confirmed', 'Confirmed'), ('refused', 'Refused'), ('cancelled', 'Cancelled'), ('done', 'Done')], max_length=10)),
                ('name', models.CharField(blank=True, max_length=40)),
                ('phone_sealed', models.CharField(blank=True, max_length=255)),
                ('phone_hash', models.CharField(blank=True, max_length=64)),
                ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('cancelled_by', models.CharField(blank=True, choices=[('holder', 'Whoever asked'), ('centre', 'Centre')], max_length=10)),
                ('nth', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('idempotency_key', models.CharField(blank=True, max_length=80, null=True)),
                ('created_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resource', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='services.resource')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
                'indexes': [models.Index(fields=['resource', 'starts_at'], name='use_by_resource'), models.Index(fields=['for_kind', 'for_code'], name='use_by_target'), models.Index(fields=['phone_hash'], name='use_by_phone'), models.Index(condition=models.Q(('state__in', ['asked', 'confirmed'])), fields=['starts_at'], name='use_open_by_start')],
                'constraints': [models.UniqueConstraint(fields=('reference',), name='use_reference_once'), models.UniqueConstraint(fields=('idempotency_key',), name='use_key_once'), models.UniqueConstraint(condition=models.Q(('nth__isnull', False), ('state__in', ['asked', 'confirmed'])), fields=('phone_hash', 'nth'), name='use_open_limit'), models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='use_ends_after_start'), models.CheckConstraint(condition=models.Q(('units__gte', 1)), name='use_of_something'), models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(models.Q(('user', None), models.Q(('decided_by', models.F('user')), _negated=True), _connector='OR'), models.Q(('entered_by', None), models.Q(('decided_by', models.F('entered_by')), _negated=True), _connector='OR')), _connector='OR'), name='use_decided_by_another')],
            },
        ),
        migrations.CreateModel(
            name='UseCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('cell', models.PositiveSmallIntegerField()),
                ('lane', models.PositiveSmallIntegerField()),
                ('resource', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.resource')),
                ('use', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='services.use')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('resource', 'date', 'cell', 'lane'), name='use_cell_taken_once')],
            },
        ),
    ]
