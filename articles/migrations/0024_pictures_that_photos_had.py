import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0023_alerts_of_clock_and_effects'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('master', models.CharField(editable=False, max_length=200, unique=True)),
                ('photo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_pictures', to='articles.photo')),
            ],
            options={
                'verbose_name': 'former picture',
                'verbose_name_plural': 'former pictures',
                'default_permissions': [],
            },
        ),
    ]
