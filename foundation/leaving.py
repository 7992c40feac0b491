"""What a browser forgets when somebody leaves."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class ClearSiteDataMiddleware:
    """A log-out empties what the browser held of this site: the queue, the day, the cached page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header to the answer of a log-out that took place."""
        # Nobody leaves by reading: pages that ask nobody's name go on reading no session.
        was_in = request.method == "POST" and request.user.is_authenticated
        response = self.get_response(request)
        if was_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response
