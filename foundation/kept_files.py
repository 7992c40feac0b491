"""Files chosen in a form that was refused, kept until it is sent again: no browser sends a file twice by itself.

A file waits in the private storage under a name drawn at random. The page carries a signed ticket that says which, of
which field and whose it is; nobody else's ticket opens it, and after a day nothing is left to open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any
from uuid import uuid4

from django.core import signing
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import BaseForm, FileField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

FOLDER = "en-attente"
KEPT_FOR = timedelta(days=1)
# What the page calls the ticket of a field.
TICKET = "garde-{}"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that waits for its form: its ticket, and the name that its owner knows it by."""

    ticket: str
    name: str


def files_of(request: HttpRequest) -> MultiValueDict[str, Any]:
    """The files of a form that was sent: those chosen now, and for fields left empty those that wait for it."""
    files = request.FILES.copy()
    for field, ticket in _tickets(request):
        if field in files:
            continue
        found = _open(ticket, field, request)
        if found is not None:
            files[field] = found
    return files


def keep_files(request: HttpRequest, form: BaseForm) -> dict[str, KeptFile]:
    """Keep the files of a refused form that nothing is wrong with, by the name of their field."""
    tickets = dict(_tickets(request))
    kept = {}
    for name, field in form.fields.items():
        html_name = form.add_prefix(name)
        file = form.files.get(html_name)
        if not isinstance(field, FileField) or file is None or name in form.errors:
            continue
        waits = html_name not in request.FILES
        ticket = tickets[html_name] if waits else keep_file(file, html_name, str(request.user.pk))
        kept[html_name] = KeptFile(ticket, str(file.name))
    return kept


def keep_file(file: File[Any], field: str, owner: str) -> str:
    """Keep one file of a field for the person whose key is ``owner``; returns its ticket."""
    file.seek(0)
    name = PurePosixPath(_storage().save(_path(str(uuid4())), file)).name
    told = {"file": name, "field": field, "owner": owner, "name": file.name}
    return signing.dumps(told, salt=__name__)


def forget_files(request: HttpRequest) -> None:
    """Throw away what waited for a form: it has been accepted."""
    for field, ticket in _tickets(request):
        told = _read(ticket, field, request)
        if told is not None:
            _storage().delete(_path(told["file"]))


def sweep_kept_files() -> int:
    """Throw away the files whose form was never sent again within a day; returns how many there were."""
    storage = _storage()
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    since = timezone.now() - KEPT_FOR
    old = [name for name in names if storage.get_modified_time(_path(name)) < since]
    for name in old:
        storage.delete(_path(name))
    return len(old)


def _tickets(request: HttpRequest) -> Iterator[tuple[str, str]]:
    head = TICKET.format("")
    return ((name.removeprefix(head), request.POST[name]) for name in request.POST if name.startswith(head))


def _read(ticket: str, field: str, request: HttpRequest) -> dict[str, str] | None:
    """What a ticket says, when it is this field's and this person's."""
    try:
        told: dict[str, str] = signing.loads(ticket, salt=__name__, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return told if (told["field"], told["owner"]) == (field, str(request.user.pk)) else None


def _open(ticket: str, field: str, request: HttpRequest) -> SimpleUploadedFile | None:
    told = _read(ticket, field, request)
    if told is None:
        return None
    try:
        with _storage().open(_path(told["file"])) as file:
            return SimpleUploadedFile(told["name"], file.read())
    except FileNotFoundError:
        return None


def _storage() -> Storage:
    return storages["default"]


def _path(name: str) -> str:
    return f"{FOLDER}/{name}"
