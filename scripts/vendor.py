"""Fetch the front-end files that the product serves itself: pinned versions, checked by SHA-256, licences beside them.

Run `python scripts/vendor.py` after changing a version here; the new hash of the archive is then printed and refused
until it is written here too. What was put where stands in `static/vendor/manifest.json`, and the tests hold it.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "src" / "bofast" / "config" / "static" / "vendor"


@dataclass(frozen=True)
class Package:
    """One archive: where its files go (archive member → file in the folder)."""

    name: str
    version: str
    sha256: str
    licence: str
    folder: str
    files: dict[str, str]


PACKAGES = (
    Package(
        name="@digdir/designsystemet-css",
        version="1.22.0",
        sha256="0eeef1d967ee4f21e5e59f37c20666db8b66f20d93d4617907c4c4661f52298c",
        licence="MIT",
        folder="designsystemet",
        files={
            "dist/src/index.css": "designsystemet.css",
            "dist/theme/designsystemet.css": "theme.css",
            "LICENSE": "LICENSE",
        },
    ),
    Package(
        name="@fontsource/inter",
        version="5.3.0",
        sha256="02034af8d41dcc67ac8eab88f642e129bb8a2e8922abf30229c32725f54d8fd6",
        licence="OFL-1.1",
        folder="inter",
        files={
            f"files/inter-{subset}-{weight}-normal.woff2": f"{subset}-{weight}.woff2"
            for subset in ("latin", "latin-ext")
            for weight in (400, 500, 600)
        }
        | {"LICENSE": "LICENSE"},
    ),
)


def fetch(package: Package, into: Path) -> Path:
    """The archive as published; refused when it is not the one pinned here."""
    command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    name = subprocess.run(command, cwd=into, check=True, capture_output=True, text=True).stdout.split()[-1]
    archive = into / name
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        sys.exit(f"{package.name} {package.version}: the archive has SHA-256 {found}, expected {package.sha256}")
    return archive


def unpack(package: Package, archive: Path) -> dict[str, str]:
    """Write the package's files; their SHA-256 by path below the vendor folder."""
    written = {}
    with tarfile.open(archive) as tar:
        for member, target in package.files.items():
            source = tar.extractfile(f"package/{member}")
            if source is None:
                sys.exit(f"{package.name}: no file {member}")
            path = VENDOR / package.folder / target
            path.parent.mkdir(parents=True, exist_ok=True)
            content = source.read()
            path.write_bytes(content)
            written[f"{package.folder}/{target}"] = hashlib.sha256(content).hexdigest()
    return written


def main() -> None:
    """Fetch all packages and write the manifest."""
    manifest = []
    with tempfile.TemporaryDirectory() as scratch:
        for package in PACKAGES:
            files = unpack(package, fetch(package, Path(scratch)))
            manifest.append(
                {"name": package.name, "version": package.version, "licence": package.licence, "files": files}
            )
    (VENDOR / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
