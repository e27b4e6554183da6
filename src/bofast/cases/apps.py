"""Django's entry to the room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The room `cases`."""

    name = "bofast.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
