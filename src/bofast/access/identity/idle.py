"""A session in use goes on; one that has ended says so, calmly, on the page for signing in."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bofast.access.identity.sessions import SessionStore


def ends_unused(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: keep a session in use going, clear one that has ended or whose user may no longer sign in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        session = request.session
        if request.user.is_authenticated:
            if isinstance(session, SessionStore):
                session.prolong()
        elif _ended(request):
            session.flush()
            told = _("You have been signed out to keep the information safe. Sign in to go on where you were.")
            messages.info(request, told)
        return get_response(request)

    return middleware


def _ended(request: HttpRequest) -> bool:
    """Whether the browser comes with a session that is no more, or that belongs to somebody who may not sign in."""
    had_one = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return bool(had_one) and (SESSION_KEY in request.session or request.session.session_key is None)
