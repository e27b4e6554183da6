"""The app that keeps what signing in needs."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Identity, a part of the room of access."""

    name = "bofast.access.identity"
    label = "identity"
