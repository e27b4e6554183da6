"""`bofast bench`: it times every job in a database of its own, and leaves ours alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

JOBS = {"register", "receive", "assess", "assess_again", "assess_next_day", "page", "case_register", "report", "loop"}
OURS = "ours.sqlite3"


@pytest.mark.once
def test_every_job_is_timed_on_a_database_that_is_thrown_away(tmp_path: Path) -> None:
    small = ("--runs", "1", "--dwellings", "60", "--registered", "500")
    timed = subprocess.run(
        [sys.executable, "-m", "bofast.config.cli", "bench", *small, "--json"],
        env={**os.environ, "BOFAST_HOME": str(tmp_path), "BOFAST_DATABASE_URL": f"sqlite:///{tmp_path / OURS}"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    told = json.loads(timed.stdout)
    assert set(told["seconds"]) == JOBS | {"report_masked"}
    assert all(seconds > 0 for seconds in told["seconds"].values())
    assert (told["registered"], told["runs"], told["cases"] > 0) == (500, 1, True)
    assert not (tmp_path / OURS).exists()
