"""HTTP only: authorise, read input, one query or one action, render."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def worklist(request: HttpRequest) -> HttpResponse:
    """I dag."""
    return render(request, "cases/worklist.html")


def search(request: HttpRequest) -> HttpResponse:
    """Search."""
    return render(request, "cases/search.html")


def rules(request: HttpRequest) -> HttpResponse:
    """Rules and rates."""
    return render(request, "cases/rules.html")
