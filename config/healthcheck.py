"""Asks the web server of this container whether it can serve: ``python -m config.healthcheck``, 0 when it can."""

import http.client
import os
import sys


def ready(port: int = 8000) -> bool:
    """Tell whether /readyz answers 200 on this machine, asked under the first name that the site is visited by."""
    host = os.environ.get("DJANGO_ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/readyz", headers={"Host": host})
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if ready() else 1)
