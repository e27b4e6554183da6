"""What the municipality says of itself: how it is organised, and how long it keeps each kind of record."""
