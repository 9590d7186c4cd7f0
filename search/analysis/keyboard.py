"""Words typed with the wrong keyboard: l;ylfu is สวัสดี on the Kedmanee layout, and back."""

_QWERTY = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
_THAI = "_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ"
_QWERTY_SHIFTED = '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
_THAI_SHIFTED = '%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'

_TO_THAI = str.maketrans(_QWERTY + _QWERTY_SHIFTED, _THAI + _THAI_SHIFTED)
_TO_QWERTY = str.maketrans(_THAI + _THAI_SHIFTED, _QWERTY + _QWERTY_SHIFTED)


def as_thai(text: str) -> str:
    """What the same keys write on a Thai keyboard. Case counts: Shift is another letter."""
    return text.translate(_TO_THAI)


def as_latin(text: str) -> str:
    """What the same keys write on an English keyboard."""
    return text.translate(_TO_QWERTY)
