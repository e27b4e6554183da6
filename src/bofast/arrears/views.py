"""HTTP only: authorise, read input, one query or one action, render."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def lists(request: HttpRequest) -> HttpResponse:
    """The lists received."""
    return render(request, "arrears/lists.html")
