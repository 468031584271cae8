import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('services', '0002_tickets'),
    ]

    operations = [
        migrations.CreateModel(
            name='RosterPolicy',
            fields=[
                ('centre', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='roster_policy', serialize=False, to='services.centre')),
                ('lanes_follow_roster', models.BooleanField(default=False, help_text='Windows without anybody on duty take no bookings.')),
                ('front_desk', models.BooleanField(default=True, help_text='Somebody is at the front desk whenever a window is open.')),
            ],
            options={
                'verbose_name_plural': 'roster policies',
            },
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('from_cell', models.PositiveSmallIntegerField()),
                ('to_cell', models.PositiveSmallIntegerField()),
                ('break_from_cell', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('break_to_cell', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('centre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='services.centre')),
                ('staff', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to=settings.AUTH_USER_MODEL)),
                ('window', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='services.window')),
            ],
            options={
                'ordering': ['date', 'from_cell', 'pk'],
                'indexes': [models.Index(fields=['centre', 'date'], name='shift_by_centre_and_day'), models.Index(fields=['staff', 'date'], name='shift_by_person_and_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('from_cell__lt', models.F('to_cell')), ('to_cell__lte', 96)), name='shift_within_one_day'), models.CheckConstraint(condition=models.Q(models.Q(('break_from_cell', None), ('break_to_cell', None)), models.Q(('break_from_cell__gt', models.F('from_cell')), ('break_from_cell__isnull', False), ('break_to_cell__gt', models.F('break_from_cell')), ('break_to_cell__isnull', False), ('to_cell__gt', models.F('break_to_cell'))), _connector='OR'), name='shift_break_inside')],
            },
        ),
        migrations.CreateModel(
            name='ShiftCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('cell', models.PositiveSmallIntegerField()),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='services.shift')),
                ('staff', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('window', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.window')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('staff', 'date', 'cell'), name='duty_once_per_person'), models.UniqueConstraint(condition=models.Q(('window', None), _negated=True), fields=('window', 'date', 'cell'), name='duty_once_per_window')],
            },
        ),
        migrations.CreateModel(
            name='SwapRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='asked', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('other_shift', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='counter_requests', to='services.shift')),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='swap_requests', to='services.shift')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('shift',), name='swap_asked_once_per_shift'), models.CheckConstraint(condition=models.Q(('asked_by', models.F('to')), _negated=True), name='swap_never_with_oneself'), models.CheckConstraint(condition=models.Q(('other_shift', None), models.Q(('other_shift', models.F('shift')), _negated=True), _connector='OR'), name='swap_of_two_shifts')],
            },
        ),
        migrations.CreateModel(
            name='Leave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('kind', models.CharField(choices=[('annual', 'Annual leave'), ('time_off', 'Time off in lieu'), ('personal', 'Personal leave'), ('sick', 'Sick leave'), ('other', 'Other leave')], max_length=10)),
                ('state', models.CharField(choices=[('asked', 'Asked for'), ('granted', 'Granted'), ('declined', 'Declined')], default='asked', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=100)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.centre')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['first', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='leave_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='leave_decided_has_a_judge'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('staff')), _negated=True), name='leave_never_by_oneself')],
            },
        ),
    ]
