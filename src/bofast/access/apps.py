"""Django's entry to the room."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The room `access`."""

    name = "bofast.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
