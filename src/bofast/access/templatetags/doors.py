"""Doors in templates: a link is shown only to those it opens to."""

from typing import Any

from django import template

from bofast.access.models import User
from bofast.access.need_to_know import Door

register = template.Library()


@register.filter
def opens(user: Any, door: str) -> bool:
    """Whether that door opens to the person; nothing opens to who is not signed in."""
    return isinstance(user, User) and user.viewer.opens(Door(door))
