"""The retention periods that staff start from; they change them in the CMS."""

from django.db import migrations

RULES = (
    (
        "group",
        "read_only",
        182,
        "Leden kunnen nog teruglezen en hun eigen tekst bewaren. Daarna is er geen reden meer om het te houden.",
    ),
)


def add(apps, schema_editor):
    rules = apps.get_model("groupspace", "RetentionRule")
    for code, trigger, days, ground in RULES:
        rules.objects.get_or_create(code=code, defaults={"trigger": trigger, "days": days, "ground": ground})


class Migration(migrations.Migration):
    dependencies = [("groupspace", "0002_provinces")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
