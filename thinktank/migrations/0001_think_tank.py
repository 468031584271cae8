import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
        ('services', '0007_leave_withdrawn'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExpertProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='Short name in the address')),
                ('field', models.CharField(choices=[('governance', 'Grassroots governance'), ('services', 'Public services'), ('community', 'Community work'), ('volunteering', 'Volunteering'), ('law', 'Law and mediation'), ('culture', 'Culture and heritage'), ('education', 'Education'), ('ageing', 'Care for the elderly'), ('health', 'Health'), ('water', 'Rivers and environment'), ('planning', 'Town planning'), ('digital', 'Digital services'), ('economy', 'Local economy')], max_length=20, verbose_name='Field')),
                ('name_zh', models.CharField(blank=True, max_length=40, verbose_name='Name in Chinese')),
                ('name_en', models.CharField(blank=True, max_length=60, verbose_name='Name in English')),
                ('bio_zh', models.TextField(blank=True, max_length=1000, verbose_name='About the member, in Chinese')),
                ('bio_en', models.TextField(blank=True, max_length=1500, verbose_name='About the member, in English')),
                ('state', models.CharField(choices=[('listed', 'Public'), ('hidden', 'Hidden')], default='listed', max_length=10, verbose_name='State')),
                ('is_invented', models.BooleanField(default=False)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='expert_profile', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['field', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Engagement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter_no', models.CharField(max_length=40, unique=True, verbose_name='Number of the letter')),
                ('starts_on', models.DateField(verbose_name='First day')),
                ('ends_on', models.DateField(verbose_name='Last day')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('active', 'Letter issued'), ('ended', 'Term over'), ('terminated', 'Ended early')], default='draft', max_length=10)),
                ('issued_at', models.DateTimeField(null=True)),
                ('terminated_on', models.DateField(null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('grant', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.rolegrant')),
                ('issued_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('expert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='thinktank.expertprofile')),
            ],
            options={
                'ordering': ['-starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='engagement_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('grant', None), ('issued_at', None), ('issued_by', None), ('state', 'draft')), models.Q(('state__in', ['active', 'ended', 'terminated']), ('grant__isnull', False), ('issued_at__isnull', False), ('issued_by__isnull', False)), _connector='OR'), name='engagement_issued_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'terminated'), ('terminated_on__isnull', False), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('state', 'terminated'), _negated=True), ('reason', ''), ('terminated_on', None)), _connector='OR'), name='engagement_terminated_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='EngagedDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='thinktank.engagement')),
                ('expert', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='thinktank.expertprofile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('expert', 'day'), name='engaged_day_once_per_expert')],
            },
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(max_length=20)),
                ('subject_code', models.CharField(max_length=60)),
                ('subject_title_zh', models.CharField(max_length=120)),
                ('subject_title_en', models.CharField(max_length=160)),
                ('reason', models.CharField(max_length=300, verbose_name='What the interest is')),
                ('declared_on', models.DateField()),
                ('expert', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interests', to='thinktank.expertprofile')),
            ],
            options={
                'ordering': ['-declared_on', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('expert', 'subject_kind', 'subject_code'), name='interest_once')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='Title')),
                ('starts_at', models.DateTimeField(verbose_name='Begins')),
                ('place', models.CharField(max_length=120, verbose_name='Place')),
                ('guests', models.CharField(blank=True, max_length=200, verbose_name='Others taking part')),
                ('agenda', models.TextField(max_length=3000, verbose_name='Agenda')),
                ('minutes', models.TextField(blank=True, max_length=10000, verbose_name='Minutes of the meeting')),
                ('participants', models.ManyToManyField(blank=True, related_name='meetings', to='thinktank.expertprofile', verbose_name='Members taking part')),
            ],
            options={
                'ordering': ['-starts_at'],
                'indexes': [models.Index(fields=['-starts_at'], name='meeting_latest')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, verbose_name='Decision')),
                ('due_on', models.DateField(verbose_name='Due on')),
                ('state', models.CharField(choices=[('open', 'To do'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=10)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('settled_at', models.DateTimeField(null=True)),
                ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.centre', verbose_name='Who sees to it')),
                ('settled_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='thinktank.meeting')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None), ('state', 'open')), models.Q(('state__in', ['done', 'dropped']), ('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='decision_settled_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='decision_dropped_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(max_length=20)),
                ('subject_code', models.CharField(max_length=60)),
                ('subject_title_zh', models.CharField(max_length=120)),
                ('subject_title_en', models.CharField(max_length=160)),
                ('title', models.CharField(max_length=120, verbose_name='Title')),
                ('method', models.CharField(choices=[('visit', 'Visit on the spot'), ('talks', 'Talks with residents'), ('records', 'Reading the records'), ('round_table', 'Round table'), ('comparison', 'Comparison with other places')], max_length=20, verbose_name='How it was observed')),
                ('observed_on', models.DateField(verbose_name='Observed on')),
                ('text', models.TextField(max_length=8000, verbose_name='Report')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('published', 'Published'), ('withdrawn', 'Taken back')], default='draft', max_length=10)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('evidence', models.JSONField(null=True)),
                ('evidence_sha256', models.CharField(blank=True, max_length=64)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to=settings.AUTH_USER_MODEL)),
                ('begun_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thinktank.expertprofile')),
                ('expert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='thinktank.expertprofile')),
                ('published_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'published')), fields=['-published_at'], name='observation_published'), models.Index(fields=['subject_kind', 'subject_code'], name='observation_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['submitted', 'published']), _negated=True), models.Q(('evidence__isnull', False), ('submitted_at__isnull', False), models.Q(('evidence_sha256', ''), _negated=True)), _connector='OR'), name='observation_submitted_with_evidence'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'draft'), _negated=True), models.Q(('evidence__isnull', True), ('evidence_sha256', '')), _connector='OR'), name='observation_draft_has_no_evidence'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='observation_published_by_somebody'), models.CheckConstraint(condition=models.Q(('published_by', models.F('author')), _negated=True), name='observation_never_published_by_oneself'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='observation_withdrawn_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='Title')),
                ('text', models.TextField(max_length=3000, verbose_name='What is recommended, and why')),
                ('issued_at', models.DateTimeField()),
                ('issued_on', models.DateField()),
                ('due_on', models.DateField(db_index=True)),
                ('warned_at', models.DateTimeField(null=True)),
                ('overdue_told_at', models.DateTimeField(null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to=settings.AUTH_USER_MODEL)),
                ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='services.centre', verbose_name='Who is to answer')),
                ('observation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='thinktank.observation')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('issued_on'))), name='recommendation_due_after_issue')],
            },
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('new_request', 'A new need'), ('project', 'A project'), ('milestone', 'A milestone of a project'), ('rule_change', 'A change of rules'), ('training', 'Training'), ('resource', 'A resource')], max_length=20, verbose_name='What it is')),
                ('title', models.CharField(max_length=120, verbose_name='Title')),
                ('reference', models.CharField(blank=True, max_length=60, verbose_name='Number of the need or project')),
                ('due_on', models.DateField(verbose_name='Due on')),
                ('state', models.CharField(choices=[('open', 'To do'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=10)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('settled_at', models.DateTimeField(null=True)),
                ('added_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='thinktank.recommendation')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('state', 'open')), models.Q(('state__in', ['done', 'dropped']), ('settled_at__isnull', False)), _connector='OR'), name='action_settled_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='action_dropped_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('answer_class', models.CharField(choices=[('A', 'Adopted'), ('B', 'Planned'), ('C', 'Noted, not taken up')], max_length=1, verbose_name='Answer')),
                ('text', models.TextField(max_length=3000, verbose_name='What will be done, or why nothing is')),
                ('planned_for', models.DateField(blank=True, null=True, verbose_name='Planned for')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recommendation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='response', to='thinktank.recommendation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('by', models.F('author')), _negated=True), name='response_never_by_the_author'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='response_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('answer_class', 'B'), ('planned_for__isnull', False)), models.Q(models.Q(('answer_class', 'B'), _negated=True), ('planned_for', None)), _connector='OR'), name='response_planned_has_a_day')],
            },
        ),
        migrations.CreateModel(
            name='MemberRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(choices=[(5, 'Very satisfied'), (4, 'Satisfied'), (3, 'Basically satisfied'), (2, 'Dissatisfied'), (1, 'Very dissatisfied')])),
                ('note', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('response', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='rating', to='thinktank.response')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 5)), name='member_rating_one_to_five')],
            },
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('metric', models.CharField(max_length=120, verbose_name='What was measured')),
                ('before', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Before')),
                ('after', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='After')),
                ('has_effect', models.BooleanField(default=False, verbose_name='It had the effect')),
                ('note', models.CharField(max_length=300, verbose_name='Where the figures come from')),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recommendation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='verification', to='thinktank.recommendation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by', models.F('author')), _negated=True), models.Q(('by', models.F('answered_by')), _negated=True)), name='verification_by_somebody_independent'), models.CheckConstraint(condition=models.Q(('has_effect', False), models.Q(('before', models.F('after')), _negated=True), _connector='OR'), name='verification_effect_is_a_change')],
            },
        ),
    ]
