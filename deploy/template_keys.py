"""Names of the database templates: digests of all that their tables are made from. No Django."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = ("marketplace", "shop", "cms", "search")
# The packages' migrations depend on these of ours: the user and Wagtail's picture.
BELOW_PACKAGES = ("marketplace/accounts", "marketplace/core", "cms/media")


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256((ROOT / "deploy" / "lock.txt").read_bytes())
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def packages_key() -> str:
    return _digest([p for d in BELOW_PACKAGES for p in (ROOT / d / "migrations").glob("*.py")])


def template_key() -> str:
    """Changes with our migrations, what runs after them and with what, and the lock."""
    patterns = (
        *("migrations/*.py", "guards.py", "guards/*.py", "roles.py"),
        *("append_only.py", "table_rules.py", "rollup.py", "order_counts.py", "kinds.py"),
    )
    return _digest([p for d in OURS for pattern in patterns for p in (ROOT / d).rglob(pattern)])
