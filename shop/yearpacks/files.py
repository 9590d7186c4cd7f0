"""The files of packs, below PRIVATE_ROOT, each under the name of its hash."""

import hashlib
from pathlib import Path
from typing import BinaryIO

from django.core.files import File

from marketplace.core.private_files import private_storage
from shop.yearpacks import errors


def hash_of(file: BinaryIO) -> str:
    """The sha-256 of what is left of a file, read a piece at a time."""
    return hashlib.file_digest(file, "sha256").hexdigest()


def hash_at(path: Path) -> str:
    with path.open("rb") as file:
        return hash_of(file)


def store(path: Path, sha256: str) -> None:
    """Keep a file; one of this hash that is whole stays, one that was cut off is written anew."""
    storage, name = private_storage(), _name(sha256)
    if storage.exists(name):
        with storage.open(name) as kept:
            if hash_of(kept) == sha256:
                return
        storage.delete(name)
    with path.open("rb") as file:
        storage.save(name, File(file))


def checked(sha256: str) -> BinaryIO:
    """The stored file of this hash, open at its beginning, after it was read through.

    Raises FileGone, FileDiffers. Close it.
    """
    try:
        file = private_storage().open(_name(sha256))
    except FileNotFoundError as error:
        raise errors.FileGone from error
    if hash_of(file) != sha256:
        file.close()
        raise errors.FileDiffers
    file.seek(0)
    return file


def forget(sha256: str) -> None:
    """Delete the file of a draft; nothing for one that is not there."""
    if sha256:
        private_storage().delete(_name(sha256))


def _name(sha256: str) -> str:
    return f"year-packs/{sha256}.zip"
