"""A PostgreSQL server for one test run: made in a temporary folder, listening on a socket there, removed at the end.

Nothing of it is meant to last, so it never waits for the disk. Started by root, it runs as the user `postgres`, because
the server refuses root.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "bofast"
SETTINGS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses='' -c max_connections=50"


def binaries() -> Path | None:
    """The folder of the newest server installed, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def throw_away_server() -> Iterator[str]:
    """Run a server; gives the value for BOFAST_DATABASE_URL."""
    bin_ = binaries()
    if bin_ is None:
        raise FileNotFoundError("no PostgreSQL server under /usr/lib/postgresql")
    home = Path(tempfile.mkdtemp(prefix="bofast-pg-"))
    data = home / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(home, "postgres")
        _run(bin_ / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        _run(bin_ / "pg_ctl", "-D", data, "-l", home / "log", "-o", f"{SETTINGS} -k {home}", "-w", "start")
        yield f"postgres://{USER}@/{home}/bofast"
    finally:
        _run(bin_ / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop", check=False)
        shutil.rmtree(home, ignore_errors=True)


def _run(*command: str | Path, check: bool = True) -> None:
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*as_postgres, *command], check=check, cwd="/", stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
