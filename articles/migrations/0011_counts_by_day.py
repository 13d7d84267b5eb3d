from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("articles", "0010_the_million")]

    operations = [
        migrations.RemoveIndex("daycount", "day_count_day"),
        migrations.AddIndex(
            "englishversion",
            models.Index(models.F("released_at").desc(), models.F("id").desc(), name="english_newest"),
        ),
        migrations.AddIndex("daycount", models.Index(fields=["day", "section", "number"], name="day_count_day")),
    ]
