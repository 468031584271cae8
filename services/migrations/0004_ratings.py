import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('services', '0003_roster'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(choices=[(5, 'Very satisfied'), (4, 'Satisfied'), (3, 'Basically satisfied'), (2, 'Dissatisfied'), (1, 'Very dissatisfied')])),
                ('tags', models.JSONField(default=list)),
                ('text', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField()),
                ('ticket', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='rating', to='services.ticket')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 5)), name='rating_one_to_five')],
            },
        ),
        migrations.CreateModel(
            name='DayClose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('closed_at', models.DateTimeField()),
                ('figures', models.JSONField()),
                ('centre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.centre')),
            ],
            options={
                'ordering': ['-date'],
                'constraints': [models.UniqueConstraint(fields=('centre', 'date'), name='day_close_once')],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('verified', 'Verified'), ('fixed', 'Put right'), ('closed', 'Closed')], default='open', max_length=10)),
                ('call_back', models.CharField(blank=True, choices=[('satisfied', 'Is satisfied now'), ('not_satisfied', 'Is still not satisfied'), ('not_reached', 'Could not be reached')], max_length=15)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('manager', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('rating', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='follow_up', to='services.rating')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed'), models.Q(('call_back', ''), _negated=True)), models.Q(models.Q(('state', 'closed'), _negated=True), ('call_back', ''), ('closed_at', None)), _connector='OR'), name='follow_up_closed_after_calling_back')],
            },
        ),
        migrations.CreateModel(
            name='FollowUpNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('verified', 'Verified'), ('fixed', 'Put right'), ('closed', 'Closed')], max_length=10)),
                ('text', models.CharField(max_length=500)),
                ('author', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('follow_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='services.followup')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
    ]
