"""What staff upload is cleaned like what producers send: by `core.photos`, in another process.

Wagtail would decode the file itself, keep it as it came with the place where it was taken, and
store it elsewhere when another field is wrong. So the upload itself is made clean, in place, before
Wagtail looks at it.
"""

import secrets

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from marketplace.core.photos import PhotoRefused, clean_photo


class CleanPictureField(WagtailImageField):
    """Turns what is sent into a JPEG without data beside its pixels, under a random name."""

    def to_python(self, data: UploadedFile | None):
        if data:
            _clean_in_place(data)
        return super().to_python(data)


def _clean_in_place(upload: UploadedFile) -> None:
    try:
        content = clean_photo(upload).content
    except PhotoRefused as refused:
        raise ValidationError(str(refused), code=refused.reason) from refused
    upload.file.seek(0)
    upload.file.truncate()
    upload.file.write(content)
    upload.file.flush()
    upload.seek(0)
    upload.size, upload.content_type = len(content), "image/jpeg"
    upload.name = f"{secrets.token_hex(16)}.jpg"


class PictureForm(BaseImageForm):
    """WAGTAILIMAGES_IMAGE_FORM_BASE: the forms of every place where Wagtail takes a picture."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:  # not where several are described after their upload
            usual = self.fields["file"]
            self.fields["file"] = CleanPictureField(
                label=usual.label, widget=usual.widget, required=usual.required
            )
