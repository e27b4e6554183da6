"""`python -m bofast.config.cli`, for where the script `bofast` is not on the path."""

from bofast.config.cli import main

main(prog_name="bofast")
