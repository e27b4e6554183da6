"""`bofast serve`: it answers, says nothing about what was searched for, and stops when told."""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.once


@pytest.fixture
def port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def server(port: int, empty_home: dict[str, str], tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """`bofast serve` in an empty home."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bofast.config.cli", "serve", "--port", str(port), "--workers", "1"],
        env=empty_home,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    )
    yield process
    process.kill()
    process.communicate()


def get(url: str) -> tuple[int, str]:
    """Status and final address, waiting for the server to come up."""
    for _ in range(150):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.status, answer.url
        except urllib.error.HTTPError as error:
            with error:
                return error.code, url
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)


def test_serve_leads_to_the_sign_in_and_logs_paths_without_what_was_searched_for(
    server: "subprocess.Popen[str]", port: int
) -> None:
    status, url = get(f"http://127.0.0.1:{port}/?q=Kari+Nordmann")
    server.send_signal(signal.SIGTERM)
    log, errors = server.communicate(timeout=30)
    assert server.returncode == 0, errors
    assert status == 200, errors
    assert "next=" in url
    assert " GET / 302 " in log
    assert "Kari" not in log + errors


def test_a_port_already_taken_is_refused(
    server: "subprocess.Popen[str]", port: int, empty_home: dict[str, str]
) -> None:
    get(f"http://127.0.0.1:{port}/")
    command = [sys.executable, "-m", "bofast.config.cli", "serve", "--port", str(port)]
    second = subprocess.run(command, env=empty_home, capture_output=True, text=True, timeout=60, check=False)
    assert second.returncode == 1
    assert "in use" in second.stderr
    assert "--port" in second.stderr
    assert "http://" not in second.stderr, "an address that is another program's must not be given out as ours"
