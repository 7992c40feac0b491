"""What the worker does for the board. It may run twice, at once or after a kill: the second time changes nothing."""

from celery import shared_task

from reporting.board.services import freeze_week


@shared_task(name="reporting.board.tasks.freeze_board")
def freeze_board() -> None:
    """Keep how the week began, unless it is kept already."""
    freeze_week()
