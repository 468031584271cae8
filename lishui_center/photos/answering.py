"""A photo as an answer. Ask first whether the person may see what it belongs to."""

from django.http import FileResponse

from lishui_center.photos.models import Photo

A_DAY = 24 * 60 * 60


def photo_response(photo: Photo, *, thumb: bool = False, public: bool = False) -> FileResponse:
    """The file itself; it never changes, so a browser may keep it, shared caches if `public`.

    Kept for a day only: a photo that was taken back shall not live on in caches.
    """
    file = photo.thumb if thumb else photo.web
    answer = FileResponse(file.open("rb"), content_type="image/webp")
    scope = "public" if public else "private"
    answer["Cache-Control"] = f"{scope}, max-age={A_DAY}, immutable"
    answer["X-Robots-Tag"] = "noindex"
    return answer
