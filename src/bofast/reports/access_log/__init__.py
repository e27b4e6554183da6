"""Innsyn: who has looked at whom, when and why; printed for the person, and what looks unusual."""
