"""What makers write about themselves. Rules are the services'; lengths are said beforehand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core import thai
from marketplace.core.day_field import DayField
from marketplace.producers.models import NOTICE_MAX_LENGTH
from marketplace.producers.services import NOTE_MAX_LENGTH, STORY_MAX_LENGTH

TEXTS = ("story_th", "notice_th", "story_en", "notice_en")


def _area(label: str, most: int, rows: int, help_text: str = "", lang: str = "th"):
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": most, "lang": lang})
    return forms.CharField(
        label=label, max_length=most, required=False, help_text=help_text, widget=widget
    )


class StorefrontForm(forms.Form):
    story_th = _area(
        _("Your story"),
        STORY_MAX_LENGTH,
        10,
        _("Who you are, what you make and how. An empty line begins a new paragraph."),
    )
    notice_th = _area(
        _("Notice to shoppers"),
        NOTICE_MAX_LENGTH,
        3,
        _("What they should know now, for example on which days you send parcels."),
    )
    story_en = _area(_("Your story in English"), STORY_MAX_LENGTH, 8, lang="en")
    notice_en = _area(_("Notice in English"), NOTICE_MAX_LENGTH, 3, lang="en")


class ClosureForm(forms.Form):
    first_day = DayField(label=_("Closed from"))
    last_day = DayField(
        label=_("Until, that day included"),
        required=False,
        help_text=_("Leave it empty if you do not know yet: you stay closed until you open again."),
    )
    note_th = forms.CharField(
        label=_("Why, for shoppers to read"),
        max_length=NOTE_MAX_LENGTH,
        required=False,
        help_text=_("For example: we are bringing in the rice."),
    )
    note_en = forms.CharField(
        label=_("The same in English"), max_length=NOTE_MAX_LENGTH, required=False
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        today = thai.today().isoformat()
        for name in ("first_day", "last_day"):
            self.fields[name].widget.attrs["min"] = today
            self.fields[name].error_messages["required"] = _("This cannot be empty.")


class PortraitForm(forms.Form):
    """A picture of the makers; what it may be is judged by `take_photo`."""

    picture = forms.FileField(
        label=_("Picture of the makers"),
        help_text=_("At work, with faces to the light. It stands above your story."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={
            "required": _("Choose a picture first."),
            "empty": _("This file is empty. Choose another one."),
        },
    )
