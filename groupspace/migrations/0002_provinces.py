"""Put the provinces in the list of regions, so that a space can choose from the first day; staff add what they need.

The four digits of the postcodes: every number from 1000 to 9999 is in exactly one province, and numbers that nobody has
went to the province around them. Since 2019 Vijfheerenlanden is in Utrecht.
"""

from django.db import migrations

PROVINCES = {
    "Groningen": (
        "9350-9399, 9479, 9500-9509, 9540-9563, 9565-9569, 9580-9653, 9660-9748, 9750-9759, 9770-9849, 9860-9869, "
        "9880-9999"
    ),
    "Friesland": "8388-8436, 8440-9299, 9850-9859, 9870-9879",
    "Drenthe": (
        "7740-7766, 7800-7949, 7956-7999, 8350-8354, 8380-8387, 8437-8439, 9300-9349, 9400-9478, 9480-9499, 9510-9539, "
        "9564, 9570-9579, 9654-9659, 9749, 9760-9769"
    ),
    "Overijssel": (
        "7400-7438, 7440-7739, 7767-7799, 7950-7955, 8000-8049, 8055-8069, 8100-8159, 8196-8199, 8260-8299, 8323-8349, "
        "8355-8379"
    ),
    "Flevoland": "1300-1379, 3890-3899, 8200-8259, 8300-8322",
    "Gelderland": (
        "3770-3790, 3792-3794, 3837-3889, 3925, 4000-4119, 4147-4162, 4164-4199, 4210-4212, 4214-4219, 5300-5335, "
        "6500-6583, 6600-7399, 7439, 8050-8054, 8070-8099, 8160-8195"
    ),
    "Utrecht": (
        "1390-1393, 1396, 1426-1427, 3400-3464, 3467-3652, 3654-3769, 3791, 3795-3836, 3900-3924, 3926-3999, 4120-4146, "
        "4163, 4230-4239, 4242-4249"
    ),
    "Noord-Holland": "1000-1299, 1380-1389, 1394-1395, 1397-1425, 1430-2158, 2165",
    "Zuid-Holland": "1428-1429, 2159-2164, 2166-3399, 3465-3466, 3653, 4200-4209, 4213, 4220-4229, 4240-4241",
    "Zeeland": "4300-4599, 4672-4679, 4690-4699",
    "Noord-Brabant": "4250-4299, 4600-4671, 4680-4689, 4700-5299, 5336-5765, 5818-5849, 6020-6029",
    "Limburg": "5766-5817, 5850-6019, 6030-6499, 6584-6599",
}


def add_provinces(apps, schema_editor):
    region = apps.get_model("groupspace", "Region")
    known = set(region.objects.values_list("name", flat=True))
    region.objects.bulk_create(
        region(name=name, postcodes=postcodes) for name, postcodes in PROVINCES.items() if name not in known
    )


class Migration(migrations.Migration):
    dependencies = [("groupspace", "0001_initial")]
    operations = [migrations.RunPython(add_provinces, migrations.RunPython.noop)]
