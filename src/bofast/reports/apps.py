"""Django's entry to the room."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The room `reports`."""

    name = "bofast.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
