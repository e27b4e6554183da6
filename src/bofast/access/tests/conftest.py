"""The cast as a fixture in this room's tests."""

from bofast.access.tests.cast import cast

__all__ = ["cast"]
