"""The site as an app on somebody's phone: under a name and a picture that tell nobody what it is for."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from PIL import Image, ImageOps
from wagtail.images import get_image_model

from .navigation import OnPhone, structure

DEFAULT_PICTURE = "theme/img/app.png"
#: The sizes that phones ask for; 180 is that of iPhones.
SIZES = (180, 192, 512)
#: The whole picture, and one that can be cut into a circle, with what the manifest calls them.
SHAPES = {"icoon": "any", "rond": "maskable"}
#: What remains of a picture whatever shape a phone cuts out of it.
SAFE = 0.72
PAPER = "#fffdf9"
HOUR, MONTH = 3600, 30 * 24 * 3600


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone reads when somebody puts the site on the home screen. The same for everybody."""
    app = structure(request).on_phone
    response = JsonResponse(
        {
            "id": "/",
            "name": app.name,
            "short_name": app.name,
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "lang": "nl",
            "background_color": PAPER,
            "theme_color": PAPER,
            "icons": [
                {
                    "src": address_of(app, size, shape),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for shape, purpose in SHAPES.items()
                for size in (192, 512)
            ],
        },
        content_type="application/manifest+json",
    )
    response["Cache-Control"] = f"public, max-age={HOUR}"
    return response


@require_safe
def icon(request: HttpRequest, shape: str, size: int) -> HttpResponse:
    """The picture of the app in one size. Raises Http404 for any other size or shape."""
    if shape not in SHAPES or size not in SIZES:
        raise Http404
    app = structure(request).on_phone
    response = HttpResponse(_drawn(_source(app.picture), size, shape == "rond"), content_type="image/png")
    response["Cache-Control"] = f"public, max-age={MONTH}"
    return response


def address_of(app: OnPhone, size: int, shape: str = "icoon") -> str:
    """Where a picture stands; another address as soon as the host chose another one."""
    return f"{reverse('app_icon', args=[shape, size])}?v={app.version}"


@lru_cache(maxsize=32)
def _drawn(source: bytes, size: int, maskable: bool) -> bytes:
    inner = round(size * SAFE) if maskable else size
    with Image.open(BytesIO(source)) as opened:
        square = ImageOps.fit(opened.convert("RGBA"), (inner, inner))
    # Paper behind it: what is see-through would be black on an iPhone.
    canvas = Image.new("RGBA", (size, size), _edge_of(square) if maskable else PAPER)
    canvas.alpha_composite(square, ((size - inner) // 2,) * 2)
    out = BytesIO()
    canvas.convert("RGB").save(out, "PNG", optimize=True)
    return out.getvalue()


def _edge_of(square: Image.Image) -> str | tuple[int, ...]:
    """The colour that goes on around a picture: that of its corner, or paper where nothing is."""
    corner = square.getpixel((0, 0))
    return corner if isinstance(corner, tuple) and corner[3] == 255 else PAPER


def _source(picture: int | None) -> bytes:
    found = get_image_model()._default_manager.filter(pk=picture).first() if picture else None
    if found:
        try:
            with found.file.open("rb") as stored:
                return bytes(stored.read())
        except OSError:  # the file is gone: better our own picture than none
            pass
    path = finders.find(DEFAULT_PICTURE)
    if not path:
        raise Http404
    return Path(str(path)).read_bytes()
