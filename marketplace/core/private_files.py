"""Files that no public address leads to: below PRIVATE_ROOT, sent only by a view that asks who."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.http import FileResponse, Http404

OWNER_ONLY = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}


class PrivateStorage(FileSystemStorage):
    """Keeps files for the site's own user; they have no address."""

    def __init__(self) -> None:
        super().__init__(**OWNER_ONLY)

    @property
    def base_location(self) -> Path:
        return settings.PRIVATE_ROOT

    @property
    def location(self) -> str:
        return str(Path(self.base_location).absolute())

    def url(self, name: str) -> str:
        raise ValueError("a private file has no address")


def private_storage() -> Storage:
    return storages["private"]


def send_private(name: str) -> FileResponse:
    """Send a picture to somebody who was found to be allowed to see it; nobody keeps a copy.

    Raises Http404 where the file is gone.
    """
    try:
        content = private_storage().open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
