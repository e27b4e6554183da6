"""What a person was by agency and administrator's mark becomes a role."""

from typing import Any

from django.db import migrations

ROLES = {
    "landlord": "clerk",
    "collector": "clerk",
    "outreach": "caseworker",
    "social_services": "adviser",
    "housing_benefit": "caseworker",
    "debt_advice": "adviser",
    "steering": "steering",
}


def give_roles(apps: Any, _editor: Any) -> None:
    """One role each; leaders are for the administrator to name."""
    users, assignments = apps.get_model("access", "User"), apps.get_model("access", "Assignment")
    for user in users.objects.all():
        if user.is_superuser:
            assignments.objects.create(user=user, role="administrator")
        elif user.agency:
            assignments.objects.create(user=user, role=ROLES[user.agency], agency=user.agency, team_id=user.team_id)
    users.objects.update(is_superuser=False)


class Migration(migrations.Migration):
    """Only data."""

    dependencies = [("access", "0003_roles_and_logs")]
    operations = [migrations.RunPython(give_roles, migrations.RunPython.noop)]
