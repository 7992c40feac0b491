"""What a file is, judged by its first bytes: neither its name nor what the browser says is believed."""

MAX_BYTES = 10 * 1024 * 1024
#: how many bytes are enough to judge
HEAD = 16

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


def paper_type(head: bytes) -> str | None:
    """Return the media type of a file that begins with ``head``: PDF, JPEG or PNG; ``None`` for anything else."""
    return next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), None)
