"""The product form as a browser sends it."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from marketplace.provenance.models import ProductDraft
from marketplace.provenance.services import save_draft, start_draft

TYPED = {"title_th": "ผ้าฝ้ายย้อมคราม", "otop_type": "textile", "price_baht": "๒๕๐", "quantity": "3"}


def begin(producer, **data) -> ProductDraft:
    draft = start_draft(producer=producer, by=None)
    return save_draft(draft=draft, data=data, version=0, by=None) if data else draft


def url(draft) -> str:
    return reverse("workbench:products-draft", args=[draft.producer_id, draft.pk])


def send(client, draft, do, **typed):
    draft.refresh_from_db()
    return client.post(url(draft), TYPED | {"version": draft.version, "do": do} | typed)


def data_of(draft) -> dict:
    draft.refresh_from_db()
    return draft.data


def jpeg(shade: int = 0) -> SimpleUploadedFile:
    """A sharp picture that is large enough; another shade is another picture."""
    content = io.BytesIO()
    picture = Image.effect_noise((1400, 1100), 90).convert("RGB")
    picture.putpixel((0, 0), (shade, shade, shade))
    picture.save(content, "JPEG")
    return SimpleUploadedFile("cloth.jpg", content.getvalue(), "image/jpeg")
