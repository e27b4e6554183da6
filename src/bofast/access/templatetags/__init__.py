"""How amounts, days and stages are written on a page."""
