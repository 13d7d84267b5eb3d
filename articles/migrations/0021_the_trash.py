"""A state more. On SQLite a constraint is changed by copying the table. A trigger that speaks of the table stands in the
way of that, so all of them go and come again."""

from django.db import migrations, models

from articles import triggers

STATES = [('draft', 'Draft'), ('submitted', 'Waiting for edit'), ('editing', 'In edit'), ('review', 'Waiting for approval'), ('approved', 'Approved'), ('published', 'Published'), ('withdrawn', 'Withdrawn'), ('trashed', 'In the trash')]


def without_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == 'sqlite':
        triggers.remove(schema_editor.connection)


def with_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == 'sqlite':
        triggers.install(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0020_alerts'),
    ]

    operations = [
        migrations.RunPython(without_triggers, with_triggers),
        migrations.RemoveConstraint(
            model_name='article',
            name='article_state_is_known',
        ),
        migrations.AlterField(
            model_name='article',
            name='state',
            field=models.CharField(choices=STATES, default='draft', editable=False, max_length=20, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='transition',
            name='from_state',
            field=models.CharField(choices=STATES, max_length=20, verbose_name='from'),
        ),
        migrations.AlterField(
            model_name='transition',
            name='to_state',
            field=models.CharField(choices=STATES, max_length=20, verbose_name='to'),
        ),
        migrations.AlterField(
            model_name='transition',
            name='verb',
            field=models.CharField(choices=[('submit', 'Submitted'), ('recall', 'Recalled'), ('take', 'Taken for editing'), ('return', 'Returned'), ('pass', 'Sent for approval'), ('approve', 'Approved'), ('publish', 'Published'), ('schedule', 'Scheduled'), ('update', 'What readers see was updated'), ('silent', 'What readers see was fixed silently'), ('correct', 'What readers see was corrected'), ('withdraw', 'Withdrawn'), ('trash', 'Moved to the trash'), ('recover', 'Taken out of the trash')], max_length=20, verbose_name='step'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [name for name, _label in STATES])), name='article_state_is_known'),
        ),
        migrations.RunPython(with_triggers, without_triggers),
    ]
