"""What the register marked as protected becomes a shield, which is the one truth from now on."""

from typing import Any

from django.db import migrations
from django.utils import timezone


def shield(apps: Any, _editor: Any) -> None:
    """One shield each, since the register came; where they live is read out of it with the next file."""
    tenancies, shields = apps.get_model("arrears", "Tenancy"), apps.get_model("arrears", "Shield")
    for tenancy in tenancies.objects.filter(address_protected=True).select_related("register_file"):
        known = tenancy.register_file.received_at if tenancy.register_file else timezone.now()
        shields.objects.get_or_create(
            tenancy=tenancy,
            kind="address",
            ended_on=None,
            defaults={"from_register": True, "since": timezone.localtime(known).date()},
        )


class Migration(migrations.Migration):
    """Only data."""

    dependencies = [("arrears", "0004_what_is_erased_and_corrected")]
    operations = [migrations.RunPython(shield, migrations.RunPython.noop)]
