"""What the room's templates need beyond those of `access`."""
