"""Pictures that people send: hostile bytes in, a clean JPEG and what to remark of it out.

The bytes are decoded in a process of their own (`photo_cleaner`) that has little memory, little
time and nothing to steal. Only what that process wrote goes on; what was sent is never stored.
"""

import hashlib
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import BinaryIO

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError
from marketplace.core.photo_cleaner import OUTPUT_BYTES, Reason

MOST_BYTES = 25 * 2**20
PATIENCE_SECONDS = 20
"""The child's own limit counts its work; this one also counts a machine that is busy."""
AT_ONCE = 2
"""Children of one web process: two pictures of 400 MiB at most."""

_ROOT = Path(__file__).resolve().parent.parent.parent
_ONE_LINE = 1_000
_free = BoundedSemaphore(AT_ONCE)

_SENTENCES = {
    Reason.EMPTY: _(
        "This file is empty. Choose the picture again; if it is kept online, open it on the phone "
        "first."
    ),
    Reason.HEAVY: _(
        "This picture is larger than 25 MB. Take it at the usual size of the camera, or send a "
        "screenshot of it."
    ),
    Reason.FORMAT: _(
        "This is not a photograph that we can open. Send a picture as phones take it: JPEG, HEIC, "
        "PNG, WebP or AVIF."
    ),
    Reason.DAMAGED: _(
        "This picture is damaged, or only a part of it arrived. Choose it again, or take a new one."
    ),
    Reason.PIXELS: _(
        "This picture has more than %(millions)s million pixels. Take it at the usual size of the "
        "camera, or send a screenshot of it."
    ),
    Reason.SHAPE: _(
        "This picture is too long and narrow. Cut it down to the part that shows the product."
    ),
    Reason.FRAMES: _(
        "This file holds a moving picture, or several pictures. Send a single photograph."
    ),
    Reason.COST: _(
        "This picture takes too much work to open. Send a screenshot of it, or take a new one."
    ),
    Reason.BUSY: _("Many pictures are arriving just now. Wait a minute and send this one again."),
}


class PhotoRefused(DomainError):
    """A picture that is not taken in; the sentence says what is wrong and how to mend it."""

    def __init__(self, reason: Reason, most: int = 0) -> None:
        self.reason = reason
        sentence = _SENTENCES[reason]
        super().__init__(sentence % {"millions": most // 1_000_000} if most else sentence)


@dataclass(frozen=True)
class CleanPhoto:
    """A JPEG without any data beside its pixels: upright, sRGB, at most 2,048 px long."""

    content: bytes
    width: int
    height: int
    remarks: tuple[str, ...]
    sha256: str  # of the bytes that were sent


def clean_photo(upload: File, *, quarter_turns: int = 0) -> CleanPhoto:
    """Return what is worth keeping of a picture, turned clockwise if asked; stores nothing.

    Takes JPEG, PNG, WebP, HEIC and AVIF by their content, whatever they are called. Raises
    PhotoRefused.
    """
    with tempfile.TemporaryFile() as sent, tempfile.TemporaryFile() as answer:
        sha256 = _copy(upload, sent)
        facts = _facts_of_child(sent, answer, quarter_turns)
        if "refused" in facts:
            raise PhotoRefused(Reason(facts["refused"]), facts["most"])
        return CleanPhoto(
            content=answer.read(OUTPUT_BYTES),
            width=facts["width"],
            height=facts["height"],
            remarks=tuple(facts["remarks"]),
            sha256=sha256,
        )


def checksum_of(upload: File) -> str:
    """SHA-256 of the bytes that were sent, as in `CleanPhoto`: the same ones are known by it."""
    checksum = hashlib.sha256()
    for chunk in upload.chunks():
        checksum.update(chunk)
    return checksum.hexdigest()


@contextmanager
def stored_photo(photo: CleanPhoto, folder: str, storage: Storage) -> Iterator[str]:
    """Store a picture under a random name, and take it away again when what follows fails."""
    name = storage.save(f"{folder}/{secrets.token_hex(16)}.jpg", ContentFile(photo.content))
    try:
        yield name
    except BaseException:
        storage.delete(name)
        raise


def _copy(upload: File, target: BinaryIO) -> str:
    """Copy what was sent to where the child reads it, and return its checksum."""
    if upload.size is not None and upload.size > MOST_BYTES:
        raise PhotoRefused(Reason.HEAVY)
    checksum, total = hashlib.sha256(), 0
    for chunk in upload.chunks():
        total += len(chunk)
        if total > MOST_BYTES:
            raise PhotoRefused(Reason.HEAVY)
        checksum.update(chunk)
        target.write(chunk)
    if not total:
        raise PhotoRefused(Reason.EMPTY)
    target.seek(0)
    return checksum.hexdigest()


def _facts_of_child(sent: BinaryIO, answer: BinaryIO, quarter_turns: int) -> dict:
    """Let a child clean the picture, and read the first line of its answer."""
    if not _free.acquire(timeout=PATIENCE_SECONDS):
        raise PhotoRefused(Reason.BUSY)
    try:
        ended = _run_child(sent, answer, quarter_turns)
    finally:
        _free.release()
    if ended:
        raise PhotoRefused(ended)
    answer.seek(0)
    return json.loads(answer.readline(_ONE_LINE))


def _run_child(sent: BinaryIO, answer: BinaryIO, quarter_turns: int) -> Reason | None:
    """Run the cleaner; return None when it ended well. It inherits no secret and no variable."""
    child = [sys.executable, "-E", "-s", "-m", "marketplace.core.photo_cleaner", str(quarter_turns)]
    try:
        ended = subprocess.run(
            child,
            stdin=sent,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={"MALLOC_ARENA_MAX": "1", "PATH": os.defpath},
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Reason.COST
    if ended.returncode in (-signal.SIGKILL, -signal.SIGXCPU):
        return Reason.COST
    return Reason.DAMAGED if ended.returncode else None
