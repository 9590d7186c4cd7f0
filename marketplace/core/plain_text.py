"""Text that strangers typed or pasted, made plain: no tag, no entity, nothing of a script's."""

from html import unescape

import nh3


def plain_text(text: str) -> str:
    """Take every tag out of a text, with what scripts and styles hold; the words and lines stay.

    Doubly written entities are opened until none is left, so that the answer is stable under
    repetition. It is plain text, not HTML: templates escape it like any other.
    """
    while (cleaned := unescape(nh3.clean(text, tags=set()))) != text:
        text = cleaned
    return text
