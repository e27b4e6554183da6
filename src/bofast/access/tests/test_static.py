"""The files the browser gets: ours, and the vendored ones exactly as recorded."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

STATIC = Path(finders.find("vendor/manifest.json")).parent.parent  # type: ignore[arg-type]
PACKAGES = json.loads((STATIC / "vendor" / "manifest.json").read_text())


@pytest.mark.parametrize("package", PACKAGES, ids=[package["name"] for package in PACKAGES])
def test_vendored_files_are_the_recorded_ones_with_their_licence(package: dict[str, dict[str, str]]) -> None:
    files = package["files"]
    assert any(name.endswith("LICENSE") for name in files)
    found = {name: hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() for name in files}
    assert found == files


def test_nothing_vendored_is_unrecorded() -> None:
    recorded = {name for package in PACKAGES for name in package["files"]} | {"manifest.json"}
    there = {str(path.relative_to(STATIC / "vendor")) for path in (STATIC / "vendor").rglob("*") if path.is_file()}
    assert there == recorded


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.css")), ids=lambda path: path.name)
def test_no_style_sheet_reaches_for_another_host(path: Path) -> None:
    reached = re.findall(r"url\(\s*[\"']?((?:https?:)?//[^)]+)", path.read_text())
    assert reached == []
    assert "@import" not in path.read_text()


def test_every_file_our_style_sheet_names_is_there() -> None:
    sheet = STATIC / "bofast" / "bofast.css"
    named = re.findall(r"url\(\"([^\"]+)\"\)", sheet.read_text())
    assert named and all((sheet.parent / name).resolve().is_file() for name in named)
