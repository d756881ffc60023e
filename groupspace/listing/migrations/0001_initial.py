import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "intro",
                    models.TextField(
                        blank=True,
                        help_text="Eén of twee zinnen boven de lijst met groepen.",
                        max_length=400,
                        verbose_name="inleiding",
                    ),
                ),
            ],
            options={
                "verbose_name": "Lijst met groepen",
                "verbose_name_plural": "Lijsten met groepen",
            },
            bases=("wagtailcore.page",),
        ),
    ]
