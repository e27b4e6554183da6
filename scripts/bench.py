"""`make bench`: how long the main jobs take on this machine, as a user waits for them; nothing is asserted.

A list of 10,000 rows is received (5,000 tenancies, two unpaid rents each), the nightly run is done for all of them, the
same again with the next month's list, and a caseworker asks for the worklist page.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import django
from django.test import Client
from django.urls import reverse

TENANCIES = 5_000
PAGES = 40
LATER = date.today()
EARLIER = LATER - timedelta(days=30)
HEADER = "Kontraktsnr;Fakturanr;Navn;Adresse;Bydel;Månedsleie;Forfall;Restanse"
DISTRICTS = ("Arna", "Bergenhus", "Fana", "Fyllingsdalen", "Laksevåg", "Ytrebygda", "Årstad", "Åsane")


def main() -> None:
    """Run the jobs in a home that is thrown away afterwards and print one line for each."""
    with tempfile.TemporaryDirectory(prefix="bofast-bench-") as home:
        os.environ |= {"BOFAST_HOME": home, "DJANGO_SETTINGS_MODULE": "bofast.config.settings"}
        earlier, later = write_list(Path(home), EARLIER), write_list(Path(home), LATER)
        report("first start (an empty database made)", lambda: bofast("worklist", "--on", str(EARLIER)))
        report("receive a list of 10,000 rows", lambda: bofast("receive", earlier))
        report(f"assess {TENANCIES} tenancies, all new", lambda: bofast("assess", "--on", str(EARLIER)))
        report("receive the next month's list", lambda: bofast("receive", later))
        report(f"assess {TENANCIES} tenancies again", lambda: bofast("assess", "--on", str(LATER)))
        report("assess the same day once more", lambda: bofast("assess", "--on", str(LATER)))
        report("limit (start-up alone)", lambda: bofast("limit", "--from", "2026-01-01", "--days", "14"))
        print_pages()


def write_list(folder: Path, day: date) -> str:
    """A list of two unpaid rents for each tenancy; every person is visibly invented."""
    unpaid = [(day - timedelta(days=age)).replace(day=1) for age in (40, 75)]
    rows = [
        f"K{number};F{due_on:%y%m}{number};Prøve {number};Testveien {number};{DISTRICTS[number % 8]};8 500,00;"
        f"{due_on:%d.%m.%Y};{3000 + number % 5000},00"
        for number in range(TENANCIES)
        for due_on in unpaid
    ]
    path = folder / f"restanseliste-{day}.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    return str(path)


def bofast(*arguments: str) -> None:
    """One command, as somebody types it."""
    command = [sys.executable, "-m", "bofast.config.cli", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def report(what: str, job: Callable[[], object]) -> None:
    """Do the job and print its seconds."""
    began = time.perf_counter()
    job()
    print(f"{what:<44}{time.perf_counter() - began:>9.2f} s", flush=True)


def print_pages() -> None:
    """Median and slowest of the worklist page, in this process."""
    django.setup()
    client = signed_in()
    times = []
    for _ in range(PAGES):
        began = time.perf_counter()
        answer = client.get(reverse("cases:worklist"))
        times.append((time.perf_counter() - began) * 1000)
        assert b"Testveien" in answer.content or b"Pr\xc3\xb8ve" in answer.content, answer
    print(
        f"{'worklist page, median of ' + str(PAGES):<44}{statistics.median(times):>9.0f} ms (slowest {max(times):.0f})"
    )


def signed_in() -> Client:
    """A caseworker of the outreach team."""
    from django.contrib.auth import get_user_model  # models exist only after django.setup()

    user = get_user_model().objects.create_user("kari", agency="outreach")
    client = Client()
    client.force_login(user)
    return client


if __name__ == "__main__":
    main()
