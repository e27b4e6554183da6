"""HTTP only: authorise, read input, one query or one action, render."""
