from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_receipts")]

    operations = [
        migrations.AddIndex(
            model_name="liveupdate",
            index=models.Index(fields=["posted_at"], name="live_update_ahead"),
        ),
    ]
