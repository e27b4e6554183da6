"""What follows from law, money and dates. No Django, no clock, no network, no database."""
