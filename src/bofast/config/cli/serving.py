"""`bofast serve`: the web application on one machine, by gunicorn inside this process."""

from socket import AF_INET, AF_INET6, create_server
from typing import Any

import click
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication

from bofast.config.cli.database import DatabaseCommand
from bofast.config.cli.options import Refusal

# Path, not request line and no referrer: what somebody searched for is itself about a person.
ACCESS_LOG = "%(t)s %(h)s %(m)s %(U)s %(s)s %(M)sms"


@click.command(cls=DatabaseCommand)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="Threads of each process.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the web application until it is stopped (Ctrl-C)."""
    run_server(host=host, port=port, workers=workers, threads=threads)


def run_server(*, host: str, port: int, workers: int = 2, threads: int = 4) -> None:
    """Serve until stopped; exits 1 when the address is taken. No connection is open when the workers are forked."""
    require_free(host, port)
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    click.echo(_("Bofast is served on %s. Stop it with Ctrl-C.") % f"http://{address}", err=True)
    connections.close_all()
    _Server(
        bind=address,
        workers=workers,
        threads=threads,
        worker_class="gthread",
        accesslog="-",
        access_log_format=ACCESS_LOG,
        loglevel="warning",
        control_socket_disable=True,
    ).run()


def require_free(host: str, port: int) -> None:
    """Raises Refusal where another program, perhaps another Bofast, listens already."""
    try:
        create_server((host, port), family=AF_INET6 if ":" in host else AF_INET).close()
    except OSError as error:
        taken = _("Cannot listen on {host}, port {port}: {reason}. Choose another port with --port.")
        raise Refusal(taken.format(host=host, port=port, reason=error.strerror)) from error


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, told everything by us and nothing by the command line."""

    def __init__(self, **settings: Any) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return get_wsgi_application()
