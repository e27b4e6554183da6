"""Wiring: settings, root urls, and the `bofast` command line."""
