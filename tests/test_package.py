"""`pip install` is enough: the wheel holds all the product needs, nothing of the tests, and works in an empty home."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.once]

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "THIRD_PARTY.md", "src")
NOT_FOR_THE_WHEEL = ("tests", "__pycache__", "ruff.toml", ".*")
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--no-input")

LIST = """Kontraktsnr;Forfall;Restanse;Månedsleie;Navn;Adresse;Bydel
K-1;01.08.2026;8 500,00;8 500,00;Kari Prøve;Testveien 1;Årstad
K-2;01.09.2026;snart;7 000,00;Ola Prøve;Testveien 2;Fana
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package built from a copy, so that nothing left from an earlier build gets in."""
    copy = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(source, copy)
    subprocess.run([*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", copy, copy], check=True)
    (built,) = copy.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def bofast(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """`bofast` as installed from the wheel into a fresh environment that only borrows the dependencies of this one."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=True)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("BOFAST_", "PYTHON", "DJANGO_"))}
    install = [*PIP, "--python", home / "bin" / "python", "install", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True, env=kept)
    (site,) = home.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))

    def run(*arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
        command = [home / "bin" / "bofast", *arguments]
        return subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True, timeout=120, check=False)

    return run


def shipped() -> set[str]:
    """Every file of the source that the product needs."""
    ignored = shutil.ignore_patterns(*NOT_FOR_THE_WHEEL)
    return {
        str(Path(folder, name).relative_to(ROOT / "src"))
        for folder, _, names in os.walk(ROOT / "src" / "bofast")
        if not ignored(folder, Path(folder).relative_to(ROOT).parts)
        for name in set(names) - ignored(folder, names)
    }


def test_the_wheel_holds_every_file_of_the_product_and_no_tests(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("bofast/")}
    assert held == shipped()


@pytest.mark.parametrize(
    "kind", [".html", ".css", ".js", ".woff2", ".mo", ".csv", "rates/court_fee.yaml", "findings.yaml", "faults.yaml"]
)
def test_the_wheel_holds_what_is_not_python(wheel: Path, kind: str) -> None:
    assert any(name.endswith(kind) for name in zipfile.ZipFile(wheel).namelist())


def test_the_wheel_carries_the_licence_and_the_names_of_others_work(wheel: Path) -> None:
    names = {Path(name).name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" in name}
    assert {"LICENSE", "THIRD_PARTY.md"} <= names


def test_the_installed_command_computes_a_limit(
    bofast: Callable[..., "subprocess.CompletedProcess[str]"], tmp_path: Path
) -> None:
    done = bofast("limit", "--from", "2026-03-19", "--days", "14", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ends_on"] == "2026-04-07"


def test_the_installed_command_takes_in_a_list_where_nothing_was_before(
    bofast: Callable[..., "subprocess.CompletedProcess[str]"], tmp_path: Path
) -> None:
    (tmp_path / "restanseliste-2026-09-16.csv").write_text(LIST, "utf-8")
    done = bofast("receive", "restanseliste-2026-09-16.csv", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    receipt = json.loads(done.stdout)
    assert (receipt["rows"], receipt["accepted"], receipt["quarantined"]) == (2, 1, 1)
    assert (tmp_path / "var" / "bofast.sqlite3").exists()
