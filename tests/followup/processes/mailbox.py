"""A mail server that keeps what it accepts, for tests in which other processes send."""

from __future__ import annotations

import socketserver
import threading
from email import message_from_bytes
from email.message import Message
from typing import Self


class _Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP as smtplib speaks to send one mail after the other."""

    server: Mailbox

    def handle(self) -> None:
        """Answer until the client leaves, or dies."""
        try:
            self._answer("220 mailbox")
            while line := self.rfile.readline():
                command = line.strip().upper()
                if command.startswith(b"DATA"):
                    self._answer("354 go on")
                    self.server.accept(self._read_mail())
                    self._answer("250 kept")
                elif command.startswith(b"QUIT"):
                    self._answer("221 bye")
                    return
                else:
                    self._answer("250 mailbox")
        except (ConnectionError, EOFError):
            return

    def _read_mail(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise EOFError
            lines.append(line)
        return b"".join(lines)

    def _answer(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Mailbox(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine; `mails` are those it answered for, in order."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mails: list[Message] = []
        self._lock = threading.Lock()

    def accept(self, content: bytes) -> None:
        """Keep a mail."""
        with self._lock:
            self.mails.append(message_from_bytes(content))

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    @property
    def identifiers(self) -> list[str]:
        """The Message-ID of each delivery, repeated ones included."""
        with self._lock:
            return [mail["Message-ID"] for mail in self.mails]

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
