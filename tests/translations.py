"""The words people meet: collected into the Thai catalogue, compiled, and checked.

    python -m tests.translations collect    refresh the .po (needs GNU gettext) and compile it
    python -m tests.translations compile    compile the .po as it stands
    python -m tests.translations check      templates compile, no bare text, nothing untranslated

The compiled catalogue is kept in the repository, since a fresh machine has no gettext.
"""

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import django
import django.template
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "marketplace" / "locale" / "th" / "LC_MESSAGES" / "django.po"
ENGLISH = ROOT / "marketplace" / "locale" / "en" / "LC_MESSAGES" / "django.mo"
IGNORED = (".venv/*", "var/*", "tests/*", "deploy/services/*")
TEMPLATE_FOLDERS = ("marketplace", "shop", "cms", "search", "deploy")

# What is code in a template, taken out before looking for words a person would read.
CODE = re.compile(
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|{%\s*blocktranslate.*?endblocktranslate\s*%}"
    r"|<script.*?</script>|<style.*?</style>|<!--.*?-->|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"""\b(?:aria-label|title|alt|placeholder)="([^"]+)\"""")
TAG = re.compile(r"<[^>]*>", re.DOTALL)
WORD = re.compile(r"[A-Za-z\u0e00-\u0e7f]{2,}")
ENTITY = re.compile(r"&\w+;|&#\w+;")
# Names that are the same in every language.
NAMES = {
    "OTOP",
    "PromptPay",
    "Stripe",
    "GeoThai",
    "CC",
    "BY",
    "EN",
    "TH",
    "OCHA",
    "RTSD",
    "mapthai",
}


def templates() -> list[Path]:
    found = [p for d in TEMPLATE_FOLDERS for p in (ROOT / d).rglob("templates/**/*.html")]
    return sorted(found + list((ROOT / "marketplace" / "templates").rglob("*.txt")))


def bare_words(text: str) -> list[str]:
    """Return the words of a template that no translation reaches."""
    code_free = CODE.sub(" ", text)
    readable = " ".join(ATTRIBUTE.findall(code_free)) + " " + TAG.sub(" ", code_free)
    return [w for w in WORD.findall(ENTITY.sub(" ", readable)) if w not in NAMES]


def compiled(po: Path) -> bytes:
    with po.open("rb") as handle:
        catalogue = read_po(handle, locale="th")
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def english(po: Path) -> bytes:
    """Compile a catalogue in which every English text of ours means itself.

    Without it Oscar's English catalogue would turn our "Basket" into its "Cart".
    """
    with po.open("rb") as handle:
        ours = read_po(handle, locale="th")
    catalogue = Catalog(locale="en")
    for message in ours:
        if message.id:
            catalogue.add(message.id, message.id, context=message.context)
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def compile_catalogue() -> None:
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(CATALOGUE))
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    ENGLISH.write_bytes(english(CATALOGUE))


def collect() -> None:
    if shutil.which("xgettext") is None:
        raise SystemExit("GNU gettext is required: apt-get install gettext")
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    ignore = [word for pattern in IGNORED for word in ("--ignore", pattern)]
    command = [sys.executable, "manage.py", "makemessages", "--locale", "th", "--no-location"]
    options = ["--no-wrap", "--no-obsolete", *ignore]
    subprocess.run([*command, *options], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    compile_catalogue()


def untranslated(po: Path) -> list[str]:
    with po.open("rb") as handle:
        catalogue = read_po(handle, locale="th")
    return [
        f"{message.id!r} is {'fuzzy' if message.fuzzy else 'not translated'}"
        for message in catalogue
        if message.id and (message.fuzzy or not all(_forms(message.string)))
    ]


def _forms(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else string


def uncollected() -> list[str]:
    """Collect into a copy and say which words of the code the catalogue does not know yet."""
    if shutil.which("xgettext") is None:
        print("(GNU gettext is not installed: new words are not looked for)")
        return []
    before = {
        path: path.read_bytes() for path in (CATALOGUE, CATALOGUE.with_suffix(".mo"), ENGLISH)
    }
    known = _ids()
    try:
        collect()
        new = _ids() - known
    finally:
        for path, content in before.items():
            path.write_bytes(content)
    return [f"{word!r} is not in the catalogue: make messages" for word in sorted(map(str, new))]


def _ids() -> set:
    with CATALOGUE.open("rb") as handle:
        return {message.id for message in read_po(handle, locale="th") if message.id}


def problems() -> list[str]:
    from_templates = []
    for path in templates():
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT)
        from_templates += [f"{name}: {word!r} is not translated" for word in bare_words(text)]
        from_templates += [f"{name}: {error}" for error in _syntax_errors(text)]
    current = CATALOGUE.with_suffix(".mo").read_bytes() == compiled(CATALOGUE)
    stale = [] if current else ["django.mo is older than django.po: make messages"]
    return from_templates + untranslated(CATALOGUE) + stale + uncollected()


def _syntax_errors(text: str) -> list[str]:
    try:
        django.template.Template(text)
    except django.template.TemplateSyntaxError as error:
        return [str(error)]
    return []


def check() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.local")
    django.setup()
    found = problems()
    print("\n".join(found))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    {"collect": collect, "compile": compile_catalogue, "check": check}[sys.argv[1]]()
