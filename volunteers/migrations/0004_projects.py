import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('photos', '0001_photos'),
        ('services', '0007_leave_withdrawn'),
        ('volunteers', '0003_deciding'),
    ]

    operations = [
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('kind', models.CharField(choices=[('pioneer', 'Pioneer project'), ('demonstration', 'Demonstration project')], default='pioneer', max_length=15)),
                ('title_zh', models.CharField(max_length=60)),
                ('title_en', models.CharField(blank=True, max_length=100)),
                ('category', models.CharField(choices=[('children', 'Children'), ('culture', 'Culture'), ('elderly', 'Elderly people'), ('environment', 'Environment'), ('housing', 'Housing'), ('infrastructure', 'Roads and lights'), ('livelihood', 'Making a living'), ('mediation', 'Law and mediation'), ('new_residents', 'New residents'), ('order', 'Public order'), ('parking', 'Parking'), ('safety', 'Safety'), ('services', 'Everyday services'), ('transport', 'Transport'), ('youth', 'Young people')], max_length=15)),
                ('summary', models.CharField(max_length=300)),
                ('target', models.TextField(blank=True, max_length=1000)),
                ('result', models.TextField(blank=True, max_length=1000)),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('state', models.CharField(choices=[('idea', 'Idea'), ('proposed', 'Proposed'), ('approved', 'Approved'), ('active', 'Under way'), ('paused', 'Paused'), ('review', 'Being checked'), ('completed', 'Completed'), ('cancelled', 'Given up')], default='idea', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField()),
                ('proposed_at', models.DateTimeField(blank=True, null=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('approved_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='services.centre')),
                ('completed_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects_led', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submitted_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['centre', 'state'], name='project_by_centre_and_state'), models.Index(fields=['state', 'category'], name='project_by_state_and_category')],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='project_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'demonstration'), _negated=True), ('centre', None), _connector='OR'), name='project_demonstration_is_the_towns'), models.CheckConstraint(condition=models.Q(('state__in', ['idea', 'cancelled']), models.Q(('proposed_at__isnull', False), ('proposed_by__isnull', False)), _connector='OR'), name='project_proposed_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None), ('state__in', ['idea', 'proposed'])), models.Q(('approved_at', None), ('approved_by', None), ('state', 'cancelled')), models.Q(models.Q(('state__in', ['idea', 'proposed']), _negated=True), ('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='project_approved_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('completed_at__isnull', False), ('completed_by__isnull', False), ('state', 'completed'), models.Q(('result', ''), _negated=True)), models.Q(models.Q(('state', 'completed'), _negated=True), ('completed_at', None), ('completed_by', None)), _connector='OR'), name='project_completed_with_a_result'), models.CheckConstraint(condition=models.Q(models.Q(('approved_by', models.F('lead')), _negated=True), models.Q(('approved_by', models.F('proposed_by')), _negated=True)), name='project_never_approved_by_its_own'), models.CheckConstraint(condition=models.Q(models.Q(('completed_by', models.F('lead')), _negated=True), models.Q(('completed_by', models.F('proposed_by')), _negated=True), models.Q(('completed_by', models.F('submitted_by')), _negated=True)), name='project_never_completed_by_its_own'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['paused', 'cancelled']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='project_stopped_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='ProjectTeam',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_responsible', models.BooleanField(default=False)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='volunteers.project')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='project_links', to='volunteers.team')),
            ],
            options={
                'ordering': ['-is_responsible', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('project', 'team'), name='project_team_once'), models.UniqueConstraint(condition=models.Q(('is_responsible', True)), fields=('project',), name='project_has_one_responsible_team')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100)),
                ('weight', models.PositiveSmallIntegerField(default=1)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('open', 'To do'), ('done', 'Done'), ('dropped', 'Left out')], default='open', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('done_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='volunteers.project')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 100)), name='milestone_weight_positive'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='milestone_dropped_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='milestone_done_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('before', 'Before'), ('after', 'After'), ('progress', 'On the way'), ('document', 'Paper')], max_length=10)),
                ('caption', models.CharField(max_length=100)),
                ('taken_on', models.DateField()),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('photo', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='photos.photo')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='volunteers.project')),
            ],
            options={
                'ordering': ['taken_on', 'pk'],
                'indexes': [models.Index(fields=['project', 'kind'], name='evidence_by_project_and_kind')],
                'constraints': [models.UniqueConstraint(fields=('project', 'photo'), name='evidence_photo_once')],
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100)),
                ('source', models.CharField(choices=[('town', 'The town'), ('centre', 'The village or community'), ('party', 'Party dues'), ('donation', 'Donations')], default='town', max_length=10)),
                ('planned_fen', models.PositiveBigIntegerField()),
                ('spent_fen', models.PositiveBigIntegerField(default=0)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='budget', to='volunteers.project')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('planned_fen__gte', 0)), name='budget_planned_not_negative'), models.CheckConstraint(condition=models.Q(('spent_fen__gte', 0)), name='budget_spent_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='ActiveSpell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spells', to='volunteers.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('project',), name='project_one_open_spell'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='project_spell_ends_after_start')],
            },
        ),
        migrations.AddField(
            model_name='hourentry',
            name='project',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hour_entries', to='volunteers.project'),
        ),
        migrations.AddField(
            model_name='project',
            name='teams',
            field=models.ManyToManyField(related_name='projects', through='volunteers.ProjectTeam', to='volunteers.team'),
        ),
    ]
