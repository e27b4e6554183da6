"""Every read of the room that is wider than one row."""
