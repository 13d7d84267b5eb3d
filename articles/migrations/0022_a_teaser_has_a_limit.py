from django.db import migrations

import articles.fields


class Migration(migrations.Migration):
    """In forms and in the model; no table changes."""

    dependencies = [("articles", '0021_the_trash')]

    operations = [
        migrations.AlterField(
            "relatedlink", "teaser", articles.fields.LinesField(blank=True, max_length=1000, verbose_name="teaser")
        )
    ]
