"""Pictures that people send: what is hostile is refused in words, what is a picture comes out bare.

The hostile ones are in hostile_pictures.py; how long each takes is printed by `make bench`.
"""

import json
import resource
import subprocess
import sys
from io import BytesIO
from threading import BoundedSemaphore

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

from marketplace.core import photo_cleaner, photos
from marketplace.core.photo_cleaner import Reason
from marketplace.core.photos import PhotoRefused, clean_photo
from tests.marketplace.core.hostile_pictures import (
    REFUSED,
    SCRIPT,
    archive,
    cut,
    encoded,
    memory_bomb,
    picture,
    several,
)

pytestmark = pytest.mark.no_database

CANARY = b"CANARY"
RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 30), (30, 30, 200), (200, 190, 30)
NEAR = 12  # how far JPEG may move a colour


def upload(content: bytes, name="photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def cleaned(content: bytes, **options) -> Image.Image:
    result = clean_photo(upload(content), **options)
    out = Image.open(BytesIO(result.content))
    assert (out.format, out.mode, out.size) == ("JPEG", "RGB", (result.width, result.height))
    return out


def corners(side=64) -> Image.Image:
    """Twice as wide as high, with a colour in each corner: red, green / blue, yellow."""
    whole = Image.new("RGB", (side * 2, side))
    for place, colour in enumerate((RED, GREEN, BLUE, YELLOW)):
        box = (place % 2 * side, place // 2 * side // 2)
        whole.paste(Image.new("RGB", (side, side // 2), colour), box)
    return whole


def colours(image: Image.Image) -> list[tuple[int, int, int]]:
    width, height = image.size
    spots = [(x, y) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]
    return [image.getpixel(spot) for spot in spots]


def assert_near(found, expected) -> None:
    for one, other in zip(found, expected, strict=True):
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) <= NEAR, (found, expected)


def with_data(image: Image.Image, kind: str, **more) -> bytes:
    """A picture that says where it was taken, by whom, with what."""
    exif = Image.Exif()
    exif[0x010F] = exif[0x013B] = "CANARY camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (18.0, 47.0, 12.0), 29: "CANARY"})
    if "orientation" in more:
        exif[0x0112] = more.pop("orientation")
    target = BytesIO()
    image.save(target, kind, exif=exif.tobytes(), xmp=b"<x:xmpmeta>CANARY</x:xmpmeta>", **more)
    return target.getvalue()


# --- Refused -------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_picture_is_refused_with_what_to_do(name):
    reason, make = REFUSED[name]

    with pytest.raises(PhotoRefused) as refusal:
        clean_photo(upload(make()))

    assert refusal.value.reason == reason
    sentence = str(refusal.value)
    assert len(sentence) > 40 and "%" not in sentence


def test_every_reason_has_its_sentence():
    assert set(photos._SENTENCES) == set(Reason)


def test_a_lie_about_the_length_helps_nobody():
    sent = upload(bytes(60 << 20))
    sent.size = 10

    with pytest.raises(PhotoRefused) as refusal:
        clean_photo(sent)

    assert refusal.value.reason == Reason.HEAVY


def test_the_sentence_names_the_limit_that_was_passed():
    assert "50 " in str(PhotoRefused(Reason.PIXELS, photo_cleaner.MOST_PIXELS))
    assert "20 " in str(PhotoRefused(Reason.PIXELS, photo_cleaner.MOST_PIXELS_WEBP))


def test_where_too_many_come_at_once_the_next_is_asked_to_wait(monkeypatch):
    monkeypatch.setattr(photos, "PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr(photos, "_free", BoundedSemaphore(1))

    with photos._free, pytest.raises(PhotoRefused) as refusal:
        clean_photo(upload(encoded("JPEG")))

    assert refusal.value.reason == Reason.BUSY


def test_a_refusal_frees_its_place():
    for _time in range(photos.AT_ONCE + 1):
        with pytest.raises(PhotoRefused):
            clean_photo(upload(SCRIPT))

    assert clean_photo(upload(encoded("JPEG"))).width == 64


# --- The child -----------------------------------------------------------------------------------
def test_the_child_gives_up_memory_time_and_files():
    code = (
        "import json, resource as r; from marketplace.core import photo_cleaner as c; c._limit();"
        "kinds = ('AS', 'CPU', 'FSIZE', 'CORE', 'NOFILE');"
        "print(json.dumps({kind: r.getrlimit(getattr(r, 'RLIMIT_' + kind)) for kind in kinds}))"
    )

    limits = json.loads(subprocess.check_output([sys.executable, "-c", code], cwd=photos._ROOT))

    assert limits == {
        "AS": [430 << 20] * 2,
        "CPU": [4, 4],
        "FSIZE": [8 << 20] * 2,
        "CORE": [0, 0],
        "NOFILE": [16, 16],
    }


def test_the_child_inherits_no_secret(monkeypatch):
    seen = {}
    run = subprocess.run
    monkeypatch.setenv("SECRET_KEY", "CANARY")
    monkeypatch.setattr(
        subprocess, "run", lambda *given, **how: seen.update(how) or run(*given, **how)
    )

    clean_photo(upload(encoded("JPEG")))

    assert set(seen["env"]) == {"MALLOC_ARENA_MAX", "PATH"}
    assert "preexec_fn" not in seen and seen["timeout"] == 20


@pytest.mark.parametrize(
    "make",
    [
        memory_bomb,
        lambda: encoded("JPEG", (8_064, 6_048), progressive=True, subsampling=0),
        lambda: encoded("PNG", (8_064, 6_048), "P"),
        lambda: encoded("WEBP", (5_000, 3_900)),
    ],
    ids=["bomb", "progressive", "palette", "webp"],
)
def test_the_child_stays_below_400_mib(make, tmp_path):
    """A small process starts it, since a child counts what its parent held when it was born."""
    (tmp_path / "sent").write_bytes(make())
    code = (
        "import resource, subprocess, sys; from pathlib import Path;"
        "sent = Path(sys.argv[1]).open('rb');"
        "child = [sys.executable, '-E', '-s', '-m', 'marketplace.core.photo_cleaner', '0'];"
        "subprocess.run(child, stdin=sent, stdout=-3, stderr=-3, env={'MALLOC_ARENA_MAX': '1'});"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )

    most_kib = int(
        subprocess.check_output(
            [sys.executable, "-c", code, str(tmp_path / "sent")], cwd=photos._ROOT
        )
    )

    assert 30 << 10 < most_kib < 400 << 10


def test_this_process_has_no_limits_of_the_child():
    clean_photo(upload(encoded("JPEG")))

    assert resource.getrlimit(resource.RLIMIT_AS)[0] != photo_cleaner.MEMORY_BYTES


# --- Accepted ------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_upright_whichever_way_the_phone_was_held(kind, orientation):
    undo = {5: 5, 6: 8, 7: 7, 8: 6}.get(orientation, orientation)
    turn = photo_cleaner._TURNS.get(undo)
    as_held = corners().transpose(turn) if turn is not None else corners()

    out = cleaned(with_data(as_held, kind, orientation=orientation, quality=95))

    assert out.size == (128, 64)
    assert_near(colours(out), [RED, GREEN, BLUE, YELLOW])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_nothing_is_left_but_pixels(kind):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    sent = with_data(corners(), kind, icc_profile=srgb.replace(b"sRGB", b"CANARY"[:4]))
    assert CANARY in sent  # or the test would prove nothing

    result = clean_photo(upload(sent))

    out = Image.open(BytesIO(result.content))
    jfif = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert set(out.info) == jfif | {"progressive", "progression"}
    assert not dict(out.getexif())
    for trace in (CANARY, b"CANA", b"Exif", b"GPS", b"xmp", b"ICC_PROFILE", b"acsp"):
        assert trace not in result.content


def test_a_comment_of_a_jpeg_goes_too():
    out = cleaned(encoded("JPEG", comment=b"CANARY"))

    assert "comment" not in out.info


@pytest.mark.parametrize("payload", [SCRIPT, archive(), b"<?php canary ?>" * 99])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_hidden_behind_a_picture_is_gone(kind, payload):
    result = clean_photo(upload(encoded(kind) + payload))

    assert b"canary" not in result.content and payload not in result.content
    assert result.content.endswith(b"\xff\xd9")


@pytest.mark.parametrize(
    "name", ["a.png", "a.html", "ผ้า.JPG", "../../etc/passwd", "a\0.jpg", "x" * 300, "CON", ".jpg"]
)
def test_what_a_file_is_called_does_not_matter(name):
    sent = upload(encoded("PNG"))
    sent._name = name

    assert clean_photo(sent).width == 64


def test_a_loop_in_the_data_of_a_camera_is_not_followed():
    loop = b"Exif\0\0MM\0*\0\0\0\x08\0\2" + (b"\x87\x69\0\4\0\0\0\1\0\0\0\x08" * 2) + b"\0\0\0\x08"

    assert cleaned(encoded("JPEG", exif=loop)).size == (64, 48)


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0junk" * 9]
)
def test_broken_data_of_a_camera_is_passed_over(exif):
    assert cleaned(encoded("JPEG", exif=exif)).size == (64, 48)


def test_a_profile_of_nonsense_is_passed_over():
    out = cleaned(_saved(corners(), icc_profile=b"junk" * 999))

    assert_near(colours(out), [RED, GREEN, BLUE, YELLOW])


def test_colours_of_another_profile_become_srgb():
    lab = ImageCms.createProfile("sRGB")
    profile = bytearray(ImageCms.ImageCmsProfile(lab).tobytes())
    at = int.from_bytes(profile[profile.index(b"rXYZ") + 4 :][:4], "big")
    blue = int.from_bytes(profile[profile.index(b"bXYZ") + 4 :][:4], "big")
    profile[at : at + 20], profile[blue : blue + 20] = (
        profile[blue : blue + 20],
        profile[at : at + 20],
    )

    out = cleaned(_saved(Image.new("RGB", (64, 64), RED), icc_profile=bytes(profile)))

    red, _green, blue = out.getpixel((32, 32))
    assert blue > 150 > 80 > red  # the profile says that its first channel is blue


def test_printers_colours_become_srgb():
    out = cleaned(_saved(corners().convert("CMYK")))

    assert_near(colours(out), [RED, GREEN, BLUE, YELLOW])


def test_sixteen_bits_become_eight_without_growing_pale():
    deep = Image.new("I;16", (64, 64), 128 * 256)

    assert_near([cleaned(_saved(deep, "PNG")).getpixel((9, 9))], [(128, 128, 128)])


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
def test_every_kind_of_pixels_is_taken(mode):
    assert cleaned(encoded("PNG", mode=mode)).size == (64, 48)


def test_what_is_transparent_becomes_white():
    clear = Image.new("RGBA", (64, 64), (*RED, 0))
    few = clear.quantize(4)
    grey = Image.new("L", (64, 64), 30)

    for sent in (_saved(clear, "PNG"), _saved(few, "PNG"), _saved(grey, "PNG", transparency=30)):
        assert cleaned(sent).getpixel((9, 9)) == (255, 255, 255)


def test_of_a_phones_double_jpeg_the_first_is_taken():
    target = BytesIO()
    corners().save(target, "MPO", save_all=True, append_images=[picture((64, 64))])

    assert cleaned(target.getvalue()).size == (128, 64)


def test_a_single_frame_of_webp_is_a_photograph():
    assert several("WEBP") != encoded("WEBP")
    assert cleaned(encoded("WEBP", (640, 480))).size == (640, 480)


def test_the_long_side_is_at_most_2048_px():
    assert cleaned(encoded("JPEG", (4_032, 3_024))).size == (2_048, 1_536)
    assert cleaned(encoded("HEIF", (1_500, 3_000))).size == (1_024, 2_048)
    assert cleaned(encoded("PNG", (2_048, 2_048))).size == (2_048, 2_048)


def test_the_most_pixels_of_a_phone_are_taken():
    assert cleaned(encoded("JPEG", (8_064, 6_048))).size == (2_048, 1_536)


def test_a_panorama_is_a_photograph():
    assert cleaned(encoded("JPEG", (9_000, 2_000))).size == (2_048, 455)


def test_it_can_be_turned_by_quarters():
    once = cleaned(_saved(corners()), quarter_turns=1)
    four = cleaned(_saved(corners()), quarter_turns=4)

    assert once.size == (64, 128)
    assert_near(colours(once), [BLUE, RED, YELLOW, GREEN])
    assert_near(colours(four), [RED, GREEN, BLUE, YELLOW])


def test_the_checksum_is_of_what_was_sent():
    first, again = (clean_photo(upload(encoded("JPEG"))) for _time in range(2))
    other = clean_photo(upload(encoded("JPEG") + b"\0"))

    assert first.sha256 == again.sha256 != other.sha256
    assert first.content == other.content


def test_half_of_a_good_picture_is_not_a_picture():
    with pytest.raises(PhotoRefused) as refusal:
        clean_photo(upload(cut(with_data(corners(640), "JPEG"))))

    assert refusal.value.reason == Reason.DAMAGED


def _saved(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()
