"""Numbers that come as text, in addresses and forms."""

LONGEST_ID = 18  # digits that fit any key of a table


def id_in(text: str) -> int | None:
    """The key of a row as an address has it; None for what cannot be one."""
    is_id = text.isascii() and text.isdigit() and len(text) <= LONGEST_ID
    return int(text) if is_id else None
