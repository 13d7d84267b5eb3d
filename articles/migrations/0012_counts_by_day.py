from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("articles", "0011_outbox")]

    operations = [
        migrations.RemoveIndex("daycount", "day_count_day"),
        migrations.AddIndex("daycount", models.Index(fields=["day", "section", "number"], name="day_count_day")),
    ]
