import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('services', '0010_advice'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Route',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(choices=[('environment', 'Rubbish and cleaning'), ('roads', 'Roads and street lamps'), ('parking', 'Parking and traffic'), ('water', 'Creeks and flooding'), ('facilities', 'Public facilities'), ('safety', 'Fire and other dangers'), ('noise', 'Noise and smell'), ('neighbours', 'Quarrels with neighbours'), ('elders', 'Elderly and disabled people'), ('children', 'Children and schools'), ('culture', 'Culture and sport'), ('services', 'Window services'), ('other', 'Something else')], max_length=20)),
                ('target_kind', models.CharField(max_length=10)),
                ('target_code', models.CharField(blank=True, max_length=60)),
                ('body', models.CharField(blank=True, max_length=60)),
                ('set_at', models.DateTimeField()),
                ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='services.centre')),
                ('set_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['category', 'pk'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('centre__isnull', False)), fields=('centre', 'category'), name='route_once_per_centre'),
                    models.UniqueConstraint(condition=models.Q(('centre', None)), fields=('category',), name='route_once_in_town'),
                    models.CheckConstraint(condition=models.Q(models.Q(('body', ''), ('target_code', ''), ('target_kind', 'own')), models.Q(('target_code', ''), ('target_kind', 'outside'), models.Q(('body', ''), _negated=True)), models.Q(models.Q(('target_kind__in', ['', 'own', 'outside']), _negated=True), models.Q(('target_code', ''), _negated=True), ('body', '')), _connector='OR'), name='route_has_one_target'),
                ],
            },
        ),
        migrations.AddField(
            model_name='servicerequest',
            name='visited_by',
            field=models.CharField(blank=True, help_text='The code of the team whose visit it came from.', max_length=60),
        ),
        migrations.AddIndex(
            model_name='servicerequest',
            index=models.Index(condition=models.Q(('visited_by', ''), _negated=True), fields=['visited_by', '-created_at'], name='need_by_visit'),
        ),
        migrations.AddConstraint(
            model_name='servicerequest',
            constraint=models.CheckConstraint(condition=models.Q(('visited_by', ''), ('channel', 'visit'), _connector='OR'), name='need_of_a_team_by_visit'),
        ),
    ]
