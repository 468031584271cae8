import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('services', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HallPulse',
            fields=[
                ('centre', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='services.centre')),
                ('version', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='HallSettings',
            fields=[
                ('centre', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='hall', serialize=False, to='services.centre')),
                ('remote_minutes', models.PositiveSmallIntegerField(default=0, help_text='How far ahead a number can be taken by phone; 0 means only in the hall.', verbose_name='Numbers from afar, minutes')),
                ('board_names', models.CharField(choices=[('none', 'No names'), ('masked', 'Masked names')], default='none', max_length=10, verbose_name='Names on the board')),
                ('board_theme', models.CharField(choices=[('vermilion', 'Vermilion'), ('water', 'Water')], default='vermilion', max_length=10, verbose_name='Colour of the board')),
                ('kiosk_nonce', models.CharField(blank=True, max_length=16)),
            ],
            options={
                'verbose_name_plural': 'hall settings',
                'constraints': [models.CheckConstraint(condition=models.Q(('remote_minutes__lte', 120)), name='hall_remote_two_hours')],
            },
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('prefix', models.CharField(max_length=4)),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('called', 'Called'), ('serving', 'At the window'), ('held', 'On hold'), ('done', 'Done'), ('no_show', 'Missed the call'), ('left', 'Left')], default='waiting', max_length=10)),
                ('has_priority', models.BooleanField(default=False)),
                ('source', models.CharField(choices=[('kiosk', 'Kiosk'), ('desk', 'Front desk'), ('remote', 'From afar'), ('paper', 'Paper')], max_length=10)),
                ('sort_at', models.BigIntegerField()),
                ('calls', models.PositiveSmallIntegerField(default=0)),
                ('returns', models.PositiveSmallIntegerField(default=0)),
                ('taken_at', models.DateTimeField()),
                ('called_at', models.DateTimeField(blank=True, null=True)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('forecast_p50', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('forecast_p90', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('secret', models.CharField(max_length=24)),
                ('key', models.CharField(blank=True, max_length=40, null=True)),
                ('phone_sealed', models.CharField(blank=True, max_length=255)),
                ('phone_hash', models.CharField(blank=True, max_length=64)),
                ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('booking', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tickets', to='services.booking')),
                ('centre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.centre')),
                ('pool', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.pool')),
                ('window', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.window')),
            ],
            options={
                'ordering': ['sort_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['pool', 'sort_at', 'id'], name='ticket_waiting'), models.Index(condition=models.Q(('state', 'done')), fields=['pool', '-ended_at'], name='ticket_done'), models.Index(condition=models.Q(('state__in', ['waiting', 'called', 'serving', 'held'])), fields=['centre', 'state'], name='ticket_live')],
                'constraints': [models.UniqueConstraint(fields=('centre', 'date', 'prefix', 'number'), name='ticket_number_once'), models.UniqueConstraint(fields=('secret',), name='ticket_secret_once'), models.UniqueConstraint(fields=('key',), name='ticket_key_once'), models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'called', 'serving', 'held'])), fields=('booking',), name='ticket_live_once_per_booking'), models.UniqueConstraint(condition=models.Q(('state__in', ['called', 'serving'])), fields=('window',), name='ticket_one_at_a_window'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['called', 'serving']), ('window__isnull', False)), models.Q(('state__in', ['called', 'serving']), _negated=True), _connector='OR'), name='ticket_called_to_a_window'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ['done', 'no_show', 'left'])), models.Q(models.Q(('state__in', ['done', 'no_show', 'left']), _negated=True), ('ended_at', None)), _connector='OR'), name='ticket_ended_has_a_time')],
            },
        ),
        migrations.CreateModel(
            name='TicketCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('prefix', models.CharField(max_length=4)),
                ('last', models.PositiveIntegerField(default=0)),
                ('centre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.centre')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('centre', 'date', 'prefix'), name='ticket_counter_once')],
            },
        ),
        migrations.CreateModel(
            name='TicketEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('before', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField()),
                ('actor', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='services.ticket')),
                ('window', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='services.window')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['window', '-id'], name='ticket_event_by_window')],
                'constraints': [models.UniqueConstraint(fields=('ticket', 'version'), name='ticket_event_once_per_version')],
            },
        ),
        migrations.CreateModel(
            name='TicketItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(blank=True, choices=[('resolved', 'Done'), ('missing', 'Documents missing'), ('referred', 'Referred elsewhere')], max_length=10)),
                ('item', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.serviceitem')),
                ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='items', to='services.ticket')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('ticket', 'item'), name='ticket_item_once')],
            },
        ),
        migrations.CreateModel(
            name='WindowSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField()),
                ('paused_at', models.DateTimeField(blank=True, null=True)),
                ('pause_reason', models.CharField(blank=True, choices=[('break', 'Short break'), ('meal', 'Meal'), ('paperwork', 'Paperwork'), ('meeting', 'Meeting'), ('fault', 'Technical fault')], max_length=10)),
                ('back_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('clerk', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('window', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='services.window')),
            ],
            options={
                'ordering': ['window', '-opened_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('window',), name='window_session_one_clerk'), models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('clerk',), name='window_session_one_window'), models.CheckConstraint(condition=models.Q(models.Q(('pause_reason', ''), ('paused_at', None)), models.Q(('paused_at__isnull', False), models.Q(('pause_reason', ''), _negated=True)), _connector='OR'), name='window_session_paused_why')],
            },
        ),
    ]
