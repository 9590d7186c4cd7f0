"""What the queue is narrowed by, and the reason a producer reads."""

from datetime import datetime

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from marketplace.core import thai
from marketplace.provenance.models import Risk
from marketplace.provenance.services.publishing import REASON_MAX_LENGTH
from shop.review.queries import CHANGE, PRODUCT
from shop.review.services import APPROVE, REFUSE

MOST_AT_ONCE = 100

# In Thai whatever the page's language: producers read them.
READY_REASONS = (
    "รูปมืดหรือเบลอ ถ่ายใหม่ใกล้หน้าต่างหรือในที่ร่ม แล้วส่งมาอีกครั้ง",
    "รูปไม่ตรงกับสินค้าที่ขาย กรุณาใช้รูปของสินค้าจริง",
    "คำบรรยายสั้นเกินไป ช่วยบอกขนาด วัสดุ และวิธีใช้",
    "ชื่อสินค้ายังไม่บอกว่าเป็นอะไร กรุณาตั้งชื่อให้ชัดเจน",
    "ประเภทสินค้าไม่ถูกต้อง กรุณาเลือกใหม่",
    "มีข้อความกล่าวอ้างสรรพคุณที่ยังไม่มีเอกสารรับรอง กรุณาตัดออก",
    "มีเบอร์โทร ไลน์ หรือลิงก์ในข้อความ กรุณาตัดออก",
)


class FilterForm(forms.Form):
    area = forms.CharField(
        label=_("province or amphoe"), max_length=100, required=False, strip=True
    )
    producer = forms.CharField(
        label=_("part of the producer's name"), max_length=100, required=False, strip=True
    )
    risk = forms.ChoiceField(
        label=_("how closely"), choices=[("", _("All")), *Risk.choices], required=False
    )


class DecisionForm(forms.Form):
    """An act, and for a refusal its reason: written, or one of the ready ones."""

    act = forms.ChoiceField(choices=[(APPROVE, APPROVE), (REFUSE, REFUSE)])
    ready = forms.ChoiceField(
        label=_("ready reasons"),
        choices=[(reason, reason) for reason in READY_REASONS],
        widget=forms.RadioSelect(attrs={"data-fills": "reason"}),
        required=False,
    )
    reason = forms.CharField(
        label=_("reason, in Thai: the producer reads it"),
        required=False,
        widget=forms.Textarea({"rows": 3, "lang": "th", "maxlength": REASON_MAX_LENGTH}),
        help_text=_("Your own words, or a ready reason changed. Empty: the ready one as it is."),
    )

    def clean(self):
        facts = super().clean()
        reason = thai.normalise(facts.get("reason") or "") or facts.get("ready", "")
        if facts.get("act") == REFUSE and not 0 < len(reason) <= REASON_MAX_LENGTH:
            self.add_error("reason", _("Say why, in 1 to 200 characters: the producer reads it."))
        return facts | {"reason": reason}


def parse_keys(keys: list[str]) -> dict[tuple[str, int], datetime | None]:
    """Read what `Item.key` wrote; what nobody wrote is left out, and beyond 100 all is."""
    named = {}
    for key in keys[:MOST_AT_ONCE]:
        kind, _colon, rest = key.partition(":")
        pk, _colon, seen = rest.partition(":")
        if kind in (PRODUCT, CHANGE) and pk.isascii() and pk.isdecimal() and len(pk) < 16:
            named[kind, int(pk)] = _instant(seen)
    return named


def _instant(text: str) -> datetime | None:
    try:
        instant = parse_datetime(text)
    except ValueError:
        return None
    return instant if instant and instant.tzinfo else None
