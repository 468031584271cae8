"""Photos: what is kept of them, what is refused, and when they go."""

from datetime import timedelta
from io import BytesIO

import pytest
from django import forms
from django.utils.datastructures import MultiValueDict
from PIL import ExifTags, Image

from lishui_center.photos.actions import keep_photo, remove_unused
from lishui_center.photos.answering import photo_response
from lishui_center.photos.errors import PhotoRefusedError, PhotoTooLargeError
from lishui_center.photos.forms import PhotosField
from lishui_center.photos.models import Photo
from lishui_center.photos.reading import read_photo
from lishui_center.photos.rules import LARGEST_UPLOAD
from tests.factories.accounts import UserFactory
from tests.factories.photos import photo_of, picture, upload
from tests.factories.services import NOW


def with_place(kind: str) -> BytesIO:
    """A photo that says where it was taken, lying on its side."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "SECRETPHONE"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    more = {"comment": b"SECRETPHONE"} if kind == "JPEG" else {}
    return picture((80, 40), kind=kind, exif=exif.tobytes(), **more)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_keeps_the_picture_and_nothing_else(kind):
    read = read_photo(with_place(kind))

    for kept in (read.web, read.thumb):
        assert b"SECRETPHONE" not in kept
        image = Image.open(BytesIO(kept))
        assert (image.format, dict(image.getexif())) == ("WEBP", {})
        assert not {"exif", "xmp", "icc_profile"} & set(image.info)


def test_turns_a_photo_upright():
    read = read_photo(with_place("JPEG"))

    assert (read.width, read.height) == (40, 80)


def test_a_photo_of_twelve_megapixels_becomes_small():
    read = read_photo(picture((4000, 3000)))

    assert (read.width, read.height) == (1600, 1200)
    assert Image.open(BytesIO(read.thumb)).size == (480, 360)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"GIF89a" + bytes(40),
        b"%PDF-1.7",
        picture().getvalue()[:200],
        picture(kind="PNG").getvalue()[:60],
        picture(kind="HEIF").getvalue()[:200],
        b"\xff\xd8\xff\xe0" + bytes(2000),
    ],
    ids=["empty", "svg", "gif", "pdf", "half a jpeg", "half a png", "half a heic", "noise"],
)
def test_refuses_what_is_no_photo(content):
    with pytest.raises(PhotoRefusedError):
        read_photo(BytesIO(content))


def test_refuses_a_bomb_before_it_is_decoded():
    # 900 megapixels in a file of some hundred kilobytes.
    bomb = BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")

    with pytest.raises(PhotoTooLargeError):
        read_photo(bomb)


def test_refuses_a_file_that_is_too_long():
    with pytest.raises(PhotoTooLargeError):
        read_photo(BytesIO(bytes(LARGEST_UPLOAD + 1)))


@pytest.mark.django_db
def test_the_same_file_of_one_person_is_kept_once():
    person = UserFactory()

    first, again, other = photo_of(person), photo_of(person), photo_of(UserFactory())

    assert first == again != other
    assert first.digest == other.digest


@pytest.mark.django_db
def test_photos_without_a_person_stay_apart():
    assert photo_of() != photo_of()


@pytest.mark.django_db(transaction=True)
def test_what_nothing_needs_goes_after_two_days_with_its_files():
    photo = photo_of()
    path = photo.web.path
    assert remove_unused(now=NOW + timedelta(days=2)) == 0

    assert remove_unused(now=NOW + timedelta(days=2, seconds=1)) == 1

    assert not Photo.objects.exists()
    assert not photo.web.storage.exists(path)


@pytest.mark.django_db
def test_a_photo_chosen_again_is_not_unused():
    person = UserFactory()
    photo_of(person)
    keep_photo(upload=picture(), by=person, now=NOW + timedelta(days=2))

    assert remove_unused(now=NOW + timedelta(days=3)) == 0


@pytest.mark.django_db
def test_answers_with_the_file_for_one_person_only():
    answer = photo_response(photo_of(), thumb=True)

    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"].startswith("private")
    assert answer.getvalue()[:4] == b"RIFF"
    answer.close()


class Album(forms.Form):
    photos = PhotosField(most=2, required=False)


@pytest.mark.parametrize(("count", "good"), [(0, True), (2, True), (3, False)])
def test_a_form_takes_so_many(count, good):
    chosen = [upload(name=f"{number}.jpg") for number in range(count)]

    form = Album({}, MultiValueDict({"photos": chosen}))

    assert form.is_valid() == good
    if good:
        assert form.cleaned_data["photos"] == chosen
