"""Compile every .po file of the package into the .mo file beside it: `make compile-messages`.

With --check: every text in the source stands in every catalogue, and Norwegian leaves none untranslated.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "bofast"
CATALOGUES = "locale/*/LC_MESSAGES/*.po"
GATHER = ["-m", "django", "makemessages", "--all", "--no-location", "--verbosity=0", "--ignore", "tests/*"]


def main(arguments: list[str]) -> int:
    """Compile, or check; 1 when the check finds something."""
    if "--check" not in arguments:
        compile_all()
        return 0
    faults = stale_or_untranslated()
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


def compile_all() -> None:
    """Write the .mo files; the same texts always give the same bytes."""
    for path in sorted(PACKAGE.glob(CATALOGUES)):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
        print(f"compiled {path.relative_to(PACKAGE)}")


def stale_or_untranslated() -> list[str]:
    """What is wrong with the catalogues, gathered anew in a copy of the package."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copytree(PACKAGE, Path(scratch) / "bofast", ignore=shutil.ignore_patterns("__pycache__")))
        subprocess.run([sys.executable, *GATHER], cwd=copy, check=True)
        paths = sorted(path.relative_to(copy) for path in copy.glob(CATALOGUES))
        faults = [fault for path in paths for fault in compare(PACKAGE / path, copy / path)]
    return faults if paths else ["there is no catalogue: make messages"]


def compare(kept: Path, gathered: Path) -> list[str]:
    """Texts of the source that the kept catalogue lacks, and Norwegian ones without translation."""
    name = kept.relative_to(PACKAGE)
    now = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(gathered)) if not entry.obsolete}
    known = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(kept)) if not entry.obsolete}
    faults = [f"{name}: not gathered yet (make messages): {msgid}" for _, msgid in now - known.keys()]
    if "en" not in name.parts:
        faults += [
            f"{name}: not translated: {known[key].msgid}" for key in now & known.keys() if not known[key].translated()
        ]
    return sorted(faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
