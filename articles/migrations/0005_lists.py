
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0004_photos'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['-created_at', '-id'], name='article_desk_created'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['-published_at', '-id'], name='article_desk_published'),
        ),
    ]
