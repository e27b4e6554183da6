"""What the tests need from the operating system: found, or installed through apt where that is allowed."""

import os
import shutil
import subprocess
from collections.abc import Callable
from ctypes.util import find_library
from dataclasses import dataclass

import postgres


@dataclass(frozen=True)
class Need:
    """Something from outside Python, the Debian packages that bring it, and how to see that it is there."""

    name: str
    packages: str
    present: Callable[[], object]

    @property
    def cure(self) -> str:
        """What to tell a person who lacks it."""
        return f"{self.name} is missing. As root: apt-get install {self.packages}"


CHROMIUM = Need(
    "Chromium", "chromium libatomic1", lambda: shutil.which("chromium") and find_library("atomic")
)  # Playwright's driver is linked against libatomic
GETTEXT = Need("gettext", "gettext", lambda: shutil.which("xgettext"))
POSTGRESQL = Need("PostgreSQL", "postgresql", postgres.binaries)


def provide(*needs: Need) -> None:
    """Install what is missing, if we may; afterwards `present` of each need tells whether it is there."""
    missing = [need for need in needs if not need.present()]
    if not missing:
        return
    may = _become_root()
    if may is None or not shutil.which("apt-get"):
        print("\n".join(need.cure for need in missing), flush=True)
        return
    print("installing through apt: " + ", ".join(need.packages for need in missing), flush=True)
    _apt(may, "update")
    for need in missing:
        _apt(may, "install", "--yes", "--no-install-recommends", *need.packages.split())


def _become_root() -> list[str] | None:
    """What to put before a command so that it runs as root; None where nobody lets us."""
    if os.geteuid() == 0:
        return []
    asked = ["sudo", "--non-interactive"]
    if shutil.which("sudo") and subprocess.run([*asked, "true"], check=False, capture_output=True).returncode == 0:
        return asked
    return None


def _apt(may: list[str], *arguments: str) -> None:
    """Run apt-get, its words shown only when it fails; that shows in `present` too, and so in the closing summary."""
    command = [*may, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    done = subprocess.run([*command, *arguments], check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
