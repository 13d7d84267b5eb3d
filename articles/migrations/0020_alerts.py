import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0019_identity'),
    ]

    operations = [
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('denied', 'Much is refused'), ('late', 'Effects of publications are late'), ('failing', 'Pages fail'), ('disk', 'The disk is nearly full'), ('backup', 'The backup is too old')], max_length=20, verbose_name='kind')),
                ('facts', models.JSONField(default=dict)),
                ('raised_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('told_at', models.DateTimeField(null=True)),
                ('over_at', models.DateTimeField(null=True, verbose_name='over since')),
            ],
            options={
                'verbose_name': 'alert',
                'verbose_name_plural': 'alerts',
                'ordering': ['-raised_at', '-pk'],
                'default_permissions': [],
            },
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.UniqueConstraint(condition=models.Q(('over_at__isnull', True)), fields=('kind',), name='alert_open_once'),
        ),
    ]
