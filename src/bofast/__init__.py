"""Bofast: from the arrears list to a home kept."""
