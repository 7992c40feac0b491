"""Computes a run in a process that dies where it is told to: one line of JSON in (`run`, `kill_at`), one word out.

One process loads the project and forks a child per line; a step is the moment before each statement and each file.
"""

import json
import os
import signal
import sys
from typing import Any
from uuid import UUID

import django


def work(run: str, kill_at: int) -> None:
    """What the worker does, until the step at which it is killed."""
    from django.core.files.storage import default_storage
    from django.db import connection

    from reporting.sending.services import perform_run
    from tables.renderers.outputs import OUTPUTS

    passed = 0

    def step() -> None:
        nonlocal passed
        passed += 1
        if passed == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(execute: Any, *args: Any) -> Any:
        step()
        return execute(*args)

    save = default_storage.save

    def stepping_save(*args: Any, **kwargs: Any) -> str:
        name: str = save(*args, **kwargs)
        step()
        return name

    default_storage.save = stepping_save
    pdf = OUTPUTS["pdf"]
    OUTPUTS["pdf"] = type(pdf)(
        extension="pdf", label="PDF", content_type=pdf.content_type, renderer=lambda document: b"%PDF"
    )
    with connection.execute_wrapper(statement):
        perform_run(UUID(run))


def main() -> None:
    """Fork a child per line, and say what became of it."""
    django.setup()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            work(order["run"], order["kill_at"])
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else "done", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
