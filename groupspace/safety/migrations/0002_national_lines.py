"""Put the national lines in the settings, so that staff see and can change what pages show."""

from django.db import migrations


def add_lines(apps, schema_editor):
    rows = apps.get_model("groupspace_safety", "SafetySettings").objects
    settings = rows.first() or rows.create()
    line = apps.get_model("groupspace_safety", "CrisisLine")
    lines = [
        ("Direct gevaar", "112", "112", "Politie, brandweer of ambulance."),
        (
            "Denk je aan zelfmoord?",
            "113",
            "113",
            "Gratis en zonder je naam, dag en nacht. Ook 0800-0113, of chatten op 113.nl.",
        ),
        ("Veilig Thuis", "0800-2000", "0800-2000", "Geweld, misbruik of verwaarlozing thuis. Gratis, dag en nacht."),
        ("Centrum Seksueel Geweld", "0800-0188", "", "Na ongewenste seks of aanranding. Gratis, dag en nacht."),
        ("Kindertelefoon", "0800-0432", "", "Voor iedereen tot 18 jaar."),
        ("Luisterlijn", "088 0767 000", "", "Een luisterend oor, dag en nacht."),
    ]
    line.objects.bulk_create(
        line(settings=settings, sort_order=order, label=label, contact=contact, short=short, note=note)
        for order, (label, contact, short, note) in enumerate(lines)
    )


class Migration(migrations.Migration):
    dependencies = [("groupspace_safety", "0001_initial")]
    operations = [migrations.RunPython(add_lines, migrations.RunPython.noop)]
