"""`bofast demo`: what it loads once, prints every time, and refuses."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

from bofast.access.models import AccessEntry, User
from bofast.arrears.models import ReceivedFile
from bofast.config.cli import main
from bofast.config.demo import loading
from bofast.config.demo.people import PEOPLE
from bofast.config.settings import _demo_name
from bofast.domain.calendar import format_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """Start a small demo whose BOFAST_HOME is `tmp_path`, in the test's database."""
    monkeypatch.setattr("bofast.config.cli.database.ready_database", lambda: None)
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setattr(settings, "MUNICIPALITY", "")
    monkeypatch.setattr(loading, "load", partial(loading.load, dwellings=30))
    return lambda *options: CliRunner().invoke(main, ["demo", *(options or ("--no-serve",))])


def test_it_prints_who_may_sign_in_and_the_password_works(demo: Callable[..., Result], tmp_path: Path) -> None:
    result = demo()
    assert result.exit_code == 0, result.output
    secret = (tmp_path / "demo_password").read_text()
    assert secret in result.stdout
    assert User.objects.get(username="kari").check_password(secret)
    for person in PEOPLE:
        assert f"  {person.username} " in result.stdout
    assert (tmp_path / "demo_password").stat().st_mode & 0o777 == 0o600


def test_the_municipality_has_a_name_at_once_and_when_it_is_served_again(
    demo: Callable[..., Result], tmp_path: Path
) -> None:
    demo()
    assert settings.MUNICIPALITY == "Demokommunen"
    assert _demo_name(tmp_path) == "Demokommunen"
    assert _demo_name(tmp_path / "elsewhere") == ""


def test_a_name_the_operator_has_set_stands(demo: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MUNICIPALITY", "Bergen")
    demo()
    assert settings.MUNICIPALITY == "Bergen"


def test_it_prints_what_the_lists_led_to(demo: Callable[..., Result]) -> None:
    printed = demo().stdout
    for name in ("Solveig Morgendugg", "Jonas Elvesus", "Marit Snøklokke", "Asbjørn Tordensky"):
        assert name in printed
    for file in ReceivedFile.objects.filter(kind="arrears").order_by("-as_of")[:3]:
        (line,) = [line for line in printed.splitlines() if line.startswith(f"  {format_day(file.as_of)} ")]
        assert [str(file.rows), str(file.new), str(file.continuing)] == line.split()[3:6]


def test_started_again_it_loads_nothing_twice_and_prints_the_same(demo: Callable[..., Result]) -> None:
    first = demo()
    files, users = ReceivedFile.objects.count(), User.objects.count()
    second = demo()
    assert second.stdout == first.stdout
    assert (ReceivedFile.objects.count(), User.objects.count()) == (files, users)
    assert AccessEntry.objects.filter(detail="demo").count() == 2


def test_a_database_with_other_data_is_left_alone(demo: Callable[..., Result]) -> None:
    User.objects.create(username="somebody")
    result = demo()
    assert result.exit_code == 1
    assert result.stdout == ""
    assert User.objects.count() == 1


def test_a_load_cut_off_leaves_nothing_behind(demo: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "assess", cut_off)
    assert demo().exit_code == 1
    assert (User.objects.count(), ReceivedFile.objects.count()) == (0, 0)


def test_it_serves_on_the_port_asked_for(demo: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[dict[str, object]] = []
    monkeypatch.setattr("bofast.config.cli.demo.run_server", lambda **where: served.append(where))
    result = demo("--port", "8123")
    assert served == [{"host": "127.0.0.1", "port": 8123}]
    assert "http://127.0.0.1:8123" in result.stdout
