"""Django's entry to the room."""

from django.apps import AppConfig


class ArrearsConfig(AppConfig):
    """The room `arrears`."""

    name = "bofast.arrears"
    label = "arrears"
    default_auto_field = "django.db.models.BigAutoField"
