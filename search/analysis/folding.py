"""One spelling for words that sound alike or are mistyped: ผ้าใหม and ผ้าไหม are both ผาไหม.

Tone marks, the short sign and the silencer fall away, and letters of one sound become one letter.
Folded words are compared with folded words only; what was written is shown as it was written.
"""

import re

_SILENCED = re.compile("[ก-ฮ][ิุ]?์")
_DOUBLE_R_AT_END = re.compile("รร(?=[เแโใไ]|$)")
_MARKS = re.compile("[\u0e47-\u0e4e]")
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("ใ", "ไ"),
        **dict.fromkeys("ศษ", "ส"),
        **dict.fromkeys("ณ", "น"),
        **dict.fromkeys("ญ", "ย"),
        **dict.fromkeys("ฎ", "ด"),
        **dict.fromkeys("ฏ", "ต"),
        **dict.fromkeys("ฐฑฒธ", "ท"),
        **dict.fromkeys("ฆฅ", "ค"),
        **dict.fromkeys("ฃ", "ข"),
        **dict.fromkeys("ฌ", "ช"),
        **dict.fromkeys("ฬ", "ล"),
        **dict.fromkeys("ภ", "พ"),
        **dict.fromkeys("ๅ", "า"),
    }
)


def fold(word: str) -> str:
    """Return the folded spelling of cleaned Thai text; Latin letters and digits stay as they are.

    A consonant under the silencer falls away with it (เบียร์ -> เบีย). รร is ัน at the end of a
    syllable (กรรไกร, often written กันไกร) and ั before a final consonant (ธรรม).
    """
    word = _SILENCED.sub("", word)
    word = _DOUBLE_R_AT_END.sub("ัน", word).replace("รร", "ั")
    return _MARKS.sub("", word.translate(_ALIKE))
