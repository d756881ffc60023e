"""Pictures, made anew from their pixels: nothing of the file that came in is kept.

So place, time and camera are gone, and whatever was hidden in or behind the picture with them.
"""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image

from groupspace.storage.conf import storage_conf
from groupspace.storage.refusals import BUSY, NO_PICTURE, TOO_MANY_PIXELS, refusal

#: What we open, by Pillow's names. It calls a JPEG with a second one behind it, as phones make, MPO.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
EXTENSIONS = frozenset({"jpg", "jpeg", "png", "webp", "gif"})
#: WebP's decoder holds three whole pictures at a time.
WEBP_PART = 2
#: What Pillow raises for a file that begins like a picture and goes wrong after that.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, KeyError, struct.error, zlib.error)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
#: How long somebody waits for the pictures of others.
PATIENCE_SECONDS = 30

ORIENTATION = 0x0112
#: How to put a picture upright, by what the camera wrote about the way it was held.
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# Each takes tens of megabytes while it is open: one at a time in each process.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Picture:
    """A picture that is ours, and a small one of the same kind."""

    content: bytes
    thumbnail: bytes
    extension: str
    content_type: str
    width: int
    height: int


def remake(file: IO[bytes]) -> Picture:
    """Make a picture anew. Raises ValidationError when it is none, is broken, or is too large."""
    if not _one_at_a_time.acquire(timeout=PATIENCE_SECONDS):
        raise refusal(BUSY, "busy")
    try:
        file.seek(0)
        with _opened(file) as image:
            return _remake(image)
    except BOMBS as error:
        raise refusal(TOO_MANY_PIXELS, "pixels") from error
    except (*BROKEN, MemoryError) as error:
        raise refusal(NO_PICTURE, "picture") from error
    finally:
        _one_at_a_time.release()


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[Image.Image]:
    """The picture, of which so far only the head was read."""
    image = Image.open(file, formats=FORMATS)
    try:
        pixels = image.width * image.height
        if pixels > storage_conf().MAX_PIXELS // (WEBP_PART if image.format == "WEBP" else 1):
            raise refusal(TOO_MANY_PIXELS, "pixels")
        if not pixels:
            raise refusal(NO_PICTURE, "picture")
        yield image
    finally:
        image.close()


def _remake(image: Image.Image) -> Picture:
    conf = storage_conf()
    kind = "JPEG" if image.format in {"JPEG", "MPO", "WEBP"} else "PNG"
    turn = UPRIGHT.get(image.getexif().get(ORIENTATION, 1))
    plain = _plain(image, conf.LONGEST_SIDE)
    if plain.mode == "RGBA":
        kind = "PNG"
    upright = plain.transpose(turn) if turn is not None else plain
    clean = Image.new(upright.mode, upright.size)  # pixels go over, and nothing that hung on the other
    clean.paste(upright)
    content = _written(clean, kind)
    width, height = clean.size
    clean.thumbnail((conf.THUMBNAIL_SIDE, conf.THUMBNAIL_SIDE))
    extension, content_type = ("jpg", "image/jpeg") if kind == "JPEG" else ("png", "image/png")
    return Picture(content, _written(clean, kind), extension, content_type, width, height)


def _plain(image: Image.Image, longest: int) -> Image.Image:
    """The pixels as RGB, or as RGBA where one can look through, made smaller. Of something that moves: the first.

    Smaller first, and then the rest: each whole copy of a large picture takes a hundred megabytes.
    """
    times = max(image.size) // longest
    if times > 1:
        image.draft("RGB", (image.width // times, image.height // times))  # a JPEG is read at a part of its size
    if image.mode in {"P", "PA", "1"} or "transparency" in image.info:
        if times > 1:
            image = image.resize((image.width // times, image.height // times), Image.Resampling.NEAREST)
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    elif image.mode.startswith("I;16"):
        image = image.point(lambda level: level * (1 / 256)).convert("L")
    if (times := max(image.size) // longest) > 1:
        image = image.reduce(times)
    mode = "RGBA" if image.has_transparency_data else "RGB"
    plain = image if image.mode == mode else image.convert(mode)
    plain.thumbnail((longest, longest))
    if mode == "RGBA" and plain.getchannel("A").getextrema()[0] == 255:  # nothing to look through
        return plain.convert("RGB")
    return plain


def _written(image: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    if kind == "JPEG":
        image.save(out, "JPEG", quality=85, optimize=True, progressive=True)
    else:
        image.save(out, "PNG", optimize=False)
    return out.getvalue()
