"""Makes the daily run and sends its mails in a process that dies where it is told to.

One process loads the project and forks a child per order, read as a line of JSON: `on`, the day; `kill_at`, the step
at which the child kills itself, or `kill_after`, the seconds after which it is killed, wherever it is. A step is the
moment before or after each statement, each mail, each commit. Answers "killed" or "done".
"""

import json
import os
import signal
import smtplib
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn

import django

Step = Callable[[], None]


def counted(kill_at: int | None) -> Step:
    """What is called at each step: the one asked is the last."""
    passed = 0

    def step() -> None:
        nonlocal passed
        passed += 1
        if passed == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    return step


def around(function: Callable[..., Any], step: Step) -> Callable[..., Any]:
    """The function, with a step before it and one after it."""

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        step()
        result = function(*args, **kwargs)
        step()
        return result

    return wrapped


def work(on: date, step: Step) -> None:
    """What the worker does in a morning."""
    from django.db import connection

    from followup.services.outbox import send_due
    from followup.services.reminders import run_day

    def statement(execute: Callable[..., Any], *args: Any) -> Any:
        return around(execute, step)(*args)

    connection.ensure_connection()
    connection.commit = around(connection.commit, step)  # type: ignore[method-assign]
    connection._commit = around(connection._commit, step)  # type: ignore[attr-defined]
    smtplib.SMTP.sendmail = around(smtplib.SMTP.sendmail, step)  # type: ignore[method-assign]
    with connection.execute_wrapper(statement):
        run_day(on=on)
        send_due()


def child(order: dict[str, Any]) -> NoReturn:
    """Do the work and leave, unless killed before."""
    code = 1
    try:
        work(date.fromisoformat(order["on"]), counted(order.get("kill_at")))
        code = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    os._exit(code)


def obey(order: dict[str, Any]) -> str:
    """Fork a child for an order and say how it ended."""
    pid = os.fork()
    if pid == 0:
        child(order)
    if "kill_after" in order:
        time.sleep(order["kill_after"])
        os.kill(pid, signal.SIGKILL)
    _pid, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return "killed"
    return "done" if os.WEXITSTATUS(status) == 0 else "failed"


def main() -> None:
    """Obey line after line."""
    django.setup()
    # What a worker has loaded before its first task: a child only does the work.
    import followup.tasks  # noqa: F401

    for line in sys.stdin:
        sys.stdout.write(obey(json.loads(line)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
