from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("articles", "0015_live_updates_ahead")]

    operations = [
        migrations.AddIndex(
            "englishversion",
            models.Index(models.F("released_at").desc(), models.F("id").desc(), name="english_newest"),
        ),
    ]
