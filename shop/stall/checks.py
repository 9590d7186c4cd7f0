"""Pictures of receipts must not lie where a web server hands files to everybody."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security)
def check_private_root(**_kwargs) -> list[Error]:
    """Find a PRIVATE_ROOT that lies in a folder of the public, or is one."""
    private = Path(settings.PRIVATE_ROOT).absolute()
    return [
        Error(
            f"PRIVATE_ROOT lies in {name}, which everybody can read.",
            hint="Give receipts a folder of their own.",
            id="stall.E001",
        )
        for name in ("MEDIA_ROOT", "STATIC_ROOT")
        if private.is_relative_to(Path(getattr(settings, name)).absolute())
    ]
