"""Make .venv, install the locked dependencies named (`runtime build`, or `dev`) and the package itself into it.

Runs on a bare Python 3.11; nothing but the standard library. What is not in a lock with its hash is not installed.
"""

import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PIP = [VENV / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "-qq", "--no-input", "install"]


def main(locks: list[str]) -> None:
    """Leave .venv/<first lock>.stamp newer than the locks when all is in place."""
    refuse_unfit_python()
    if not (VENV / "bin" / "pip").exists():
        say("making .venv")
        venv.create(VENV, with_pip=True, symlinks=True, clear=VENV.exists())
    for lock in locks:
        say(f"installing requirements/{lock}.txt")
        pip("--require-hashes", "--requirement", ROOT / "requirements" / f"{lock}.txt")
    say("installing bofast itself")
    pip("--no-deps", "--no-build-isolation", "--editable", ROOT)
    (VENV / f"{locks[0]}.stamp").touch()


def refuse_unfit_python() -> None:
    """Stop with the cure when this Python cannot make the environment."""
    if sys.version_info < (3, 11):  # noqa: UP036 (this is where the promise is kept)
        version = sys.version.split()[0]
        sys.exit(f"Bofast needs Python 3.11 or newer; this is {version}. Name another: make PYTHON=python3.11")
    if find_spec("ensurepip") is None:
        sys.exit("Python cannot make virtual environments here. As root: apt-get install python3-venv   (then again)")


def pip(*arguments: str | Path) -> None:
    """Run pip of the environment; its own words say what went wrong."""
    done = subprocess.run([*PIP, *arguments], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def say(what: str) -> None:
    """One line of progress."""
    print(f"setup: {what}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
