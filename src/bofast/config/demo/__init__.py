"""The demo: a municipality in which everybody is invented, with four households whose stories are true in kind."""
