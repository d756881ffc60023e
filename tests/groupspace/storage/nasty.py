"""Files that do harm, or would like to, each made by code: what their makers hope for stands in the comments."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, PngImagePlugin

#: Stands in everything that must not come out again.
MARK = b"ZEVENMIJLSLAARS"
SCRIPT = b"<script>alert('" + MARK + b"')</script>"
PAGE = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
PHP = b"<?php echo '" + MARK + b"'; system($_GET['c']); ?>"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + MARK + b"\x00" * 500


@dataclass(frozen=True)
class Nasty:
    """A file, and what must become of it: refused, taken in as harmless bytes, or as a picture made anew."""

    label: str
    name: str
    make: Callable[[], bytes]
    ends: str = "refused"


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(out, kind, **options)
    return out.getvalue()


def exif(**tags: object) -> Image.Exif:
    """EXIF with the place, the camera and a remark."""
    data = Image.Exif()
    data[0x010F], data[0x013B], data[0x010E] = MARK.decode(), MARK.decode(), MARK.decode()
    data[0x0112] = tags.get("turned", 1)
    place = data.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (52.0, 5.0, 24.9), "E", (4.0, 53.0, 57.2)
    place[29] = MARK.decode()
    return data


def with_segment(marker: int, content: bytes, base: bytes | None = None) -> bytes:
    """A JPEG with one more segment behind its first two bytes."""
    base = base or picture()
    return base[:2] + struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content + base[2:]


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def with_chunk(kind: bytes, content: bytes) -> bytes:
    """A PNG with one more chunk behind its head."""
    base = picture("PNG")
    return base[:33] + chunk(kind, content) + base[33:]


def huge_png(width: int, height: int) -> bytes:
    """A real PNG of one colour: few bytes, many pixels."""
    packer, row = zlib.compressobj(9), b"\x00" * (width // 8 + 2)
    data = b"".join(packer.compress(row) for _number in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def lying_png() -> bytes:
    """Its head promises more than there is."""
    head = struct.pack(">IIBBBBB", 4000, 4000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 50)) + chunk(b"IEND", b"")
    )


def text_bomb_png() -> bytes:
    """A remark of a few bytes that unpacks to 200 MB."""
    return with_chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"\x00" * 200_000_000, 9))


def png_with_text() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", MARK.decode())
    notes.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{MARK.decode()}</x:xmpmeta>", zip=True)
    out = BytesIO()
    Image.new("RGB", (20, 20)).save(out, "PNG", pnginfo=notes, exif=exif())
    return out.getvalue()


def moving(kind: str) -> bytes:
    out = BytesIO()
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def gif_with_comment() -> bytes:
    return picture("GIF", mode="P", comment=MARK)


def huge_gif() -> bytes:
    """A canvas of 3,600 million pixels."""
    return b"GIF89a" + struct.pack("<HH", 60000, 60000) + picture("GIF", mode="P")[10:]


def office(*names: str, content: bytes = b"<x/>", before: bytes = b"") -> bytes:
    out = BytesIO()
    out.write(before)
    with zipfile.ZipFile(out, "a" if before else "w", zipfile.ZIP_DEFLATED) as parts:
        for name in names:
            parts.writestr(name, content)
    return out.getvalue()


WORD = ("[Content_Types].xml", "word/document.xml")


def overlapping() -> bytes:
    """A zip whose list names one part a thousand times (a bomb without nesting)."""
    data = bytearray(office(*WORD, content=b"\x00" * 500_000))
    start = data.index(b"PK\x01\x02", data.index(b"word/document.xml") + 100)
    entry_end = data.rindex(b"PK\x05\x06")
    entry = bytes(data[start:entry_end])
    end = bytearray(data[entry_end:])
    many = entry * 1000
    end[8:12] = struct.pack("<HH", 2000, 2000)
    end[12:16] = struct.pack("<I", len(many))
    return bytes(data[:start]) + many + bytes(end)


def locked() -> bytes:
    data = bytearray(office(*WORD))
    at = data.index(b"PK\x01\x02")
    while at != -1:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content


def film() -> bytes:
    """An MP4 of a phone, with the place where it was made."""
    place = box(b"udta", box(b"\xa9xyz", MARK + b"+52.0906+004.8992/"))
    tags = box(b"meta", b"\x00" * 4 + box(b"ilst", MARK))
    track = box(b"trak", box(b"tkhd", b"\x00" * 84) + place)
    head = box(b"moov", box(b"mvhd", b"\x00" * 100) + track + place + tags)
    return box(b"ftyp", b"isom\x00\x00\x02\x00") + head + box(b"uuid", MARK * 3) + box(b"mdat", b"\x01" * 400)


NASTY = [
    # No pictures and no documents
    Nasty("empty file", "foto.jpg", lambda: b""),
    Nasty("empty text", "lijst.txt", lambda: b""),
    Nasty("svg", "plaatje.svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    Nasty("svg as png", "plaatje.png", lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    Nasty("svg as text", "plaatje.txt", lambda: b'<?xml version="1.0"?><svg onload="alert(1)"/>'),
    Nasty("packed svg", "plaatje.svgz", lambda: zlib.compress(b"<svg/>")),
    Nasty("html", "pagina.html", lambda: PAGE),
    Nasty("xhtml", "pagina.xhtml", lambda: PAGE),
    Nasty("html as jpg", "foto.jpg", lambda: PAGE),
    Nasty("html as gif", "foto.gif", lambda: PAGE),
    Nasty("html as pdf", "brief.pdf", lambda: PAGE),
    Nasty("html as text", "brief.txt", lambda: b"\xef\xbb\xbf \n" + PAGE),
    Nasty("html as csv", "lijst.csv", lambda: PAGE),
    Nasty("html as ics", "agenda.ics", lambda: PAGE),
    Nasty("php", "winkel.php", lambda: PHP),
    Nasty("php as jpg", "foto.jpg", lambda: PHP),
    Nasty("php with a magic in front", "foto.gif", lambda: b"GIF89a;" + PHP),
    Nasty("script of a shell", "doe.txt", lambda: b"#!/bin/sh\nrm -rf /\n"),
    Nasty("program", "spel.exe", lambda: PROGRAM),
    Nasty("program as pdf", "factuur.pdf", lambda: PROGRAM),
    Nasty("program as docx", "factuur.docx", lambda: PROGRAM),
    Nasty("program as jpg", "foto.jpg", lambda: PROGRAM),
    Nasty("program of linux as mp4", "film.mp4", lambda: b"\x7fELF" + MARK),
    Nasty("script of windows", "open.js", lambda: b"WScript.Echo(1)"),
    Nasty("shortcut", "open.lnk", lambda: b"L\x00\x00\x00"),
    Nasty("archive", "alles.zip", lambda: office("virus.exe")),
    Nasty("heic", "IMG_1.HEIC", lambda: b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40),
    Nasty("heic as jpg", "IMG_1.jpg", lambda: b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40),
    Nasty("tiff as jpg", "scan.jpg", lambda: picture("TIFF")),
    Nasty("bmp as png", "scan.png", lambda: picture("BMP")),
    Nasty("postscript as jpg", "scan.jpg", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
    Nasty("no extension", "foto", lambda: picture()),
    Nasty("only an extension", ".htaccess", lambda: b"AddType application/x-httpd-php .jpg"),
    Nasty("settings of a server", "web.config", lambda: b"<configuration/>"),
    # Double extensions and other names
    Nasty("picture with a program's name", "foto.jpg.exe", lambda: picture()),
    Nasty("program behind a picture's name", "foto.exe.jpg", lambda: PROGRAM),
    Nasty("picture called php", "foto.php.jpg", lambda: picture(), "picture"),
    Nasty("traversal", "../../../etc/cron.d/foto.jpg", lambda: picture(), "picture"),
    Nasty("traversal of windows", "..\\..\\windows\\foto.jpg", lambda: picture(), "picture"),
    Nasty("absolute", "/etc/passwd.jpg", lambda: picture(), "picture"),
    Nasty("null in the name", "foto.php\x00.jpg", lambda: picture(), "picture"),
    Nasty("line end in the name", "foto\r\nSet-Cookie: a=b\r\n.jpg", lambda: picture(), "picture"),
    Nasty("turned reading", "foto\u202egpj.exe", lambda: PROGRAM),
    Nasty("turned reading of a picture", "exe\u202etxt.\u202ejpg", lambda: picture(), "picture"),
    Nasty("huge name", "a" * 5000 + ".jpg", lambda: picture(), "picture"),
    Nasty("name of a device", "CON.jpg", lambda: picture(), "picture"),
    Nasty("name of quotes", '"><img src=x onerror=alert(1)>.jpg', lambda: picture(), "picture"),
    Nasty("name of spaces", "   .jpg", lambda: picture(), "picture"),
    Nasty("name of dots", "....jpg", lambda: picture(), "picture"),
    # Pictures that tell more than they show
    Nasty("place in jpeg", "foto.jpg", lambda: picture(exif=exif()), "picture"),
    Nasty("place in png", "foto.png", png_with_text, "picture"),
    Nasty("place in webp", "foto.webp", lambda: picture("WEBP", exif=exif(), xmp=MARK), "picture"),
    Nasty("xmp", "foto.jpg", lambda: with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + MARK), "picture"),
    Nasty("iptc", "foto.jpg", lambda: with_segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + MARK), "picture"),
    Nasty("icc", "foto.jpg", lambda: picture(icc_profile=MARK * 10), "picture"),
    Nasty("comment", "foto.jpg", lambda: with_segment(0xFE, MARK), "picture"),
    Nasty("comment with a page", "foto.jpg", lambda: with_segment(0xFE, PAGE), "picture"),
    Nasty("comment in gif", "foto.gif", gif_with_comment, "picture"),
    Nasty("remark in png", "foto.png", lambda: with_chunk(b"tEXt", b"Comment\x00" + MARK), "picture"),
    Nasty("unknown chunk in png", "foto.png", lambda: with_chunk(b"prVt", SCRIPT), "picture"),
    # Two things at once
    Nasty("jpeg and page", "foto.jpg", lambda: picture() + PAGE, "picture"),
    Nasty("jpeg and php", "foto.jpg", lambda: picture() + PHP, "picture"),
    Nasty("jpeg and zip", "foto.jpg", lambda: picture() + office("virus.exe", content=MARK), "picture"),
    Nasty("png and page", "foto.png", lambda: picture("PNG") + PAGE, "picture"),
    Nasty("gif and script", "foto.gif", lambda: picture("GIF", mode="P") + b"=1;alert('" + MARK + b"')", "picture"),
    Nasty("png called jpg", "foto.jpg", lambda: picture("PNG"), "picture"),
    Nasty("jpeg called png", "foto.png", lambda: picture(), "picture"),
    Nasty("jpeg called pdf", "brief.pdf", lambda: picture()),
    Nasty("program with a document behind it", "brief.docx", lambda: office(*WORD, before=PROGRAM)),
    Nasty("picture with a document behind it", "brief.docx", lambda: office(*WORD, before=picture("GIF", mode="P"))),
    # Too large, or broken
    Nasty("121 megapixels", "foto.png", lambda: huge_png(11_000, 11_000)),
    Nasty("25 megapixels", "foto.png", lambda: huge_png(5_000, 5_001)),
    Nasty("16 megapixels of webp", "foto.webp", lambda: picture("WEBP", size=(4_000, 4_000), quality=1)),
    Nasty("canvas of a gif", "foto.gif", huge_gif),
    Nasty("head that lies", "foto.png", lying_png),
    Nasty("remark that explodes", "foto.png", text_bomb_png),
    Nasty("jpeg cut off", "foto.jpg", lambda: picture(size=(600, 400))[:900]),
    Nasty("png cut off", "foto.png", lambda: picture("PNG", size=(600, 400))[:200]),
    Nasty("webp cut off", "foto.webp", lambda: picture("WEBP", size=(600, 400))[:60]),
    Nasty("gif cut off", "foto.gif", lambda: picture("GIF", size=(600, 400), mode="P")[:30]),
    Nasty("two bytes", "foto.jpg", lambda: b"\xff\xd8"),
    Nasty("noise behind a magic", "foto.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
    Nasty("more than fits", "film.mp3", lambda: b"ID3" + b"\x00" * 25_000_000),
    Nasty("moving gif", "foto.gif", lambda: moving("GIF"), "picture"),
    Nasty("moving webp", "foto.webp", lambda: moving("WEBP"), "picture"),
    # Documents
    Nasty("macros", "brief.docx", lambda: office(*WORD, "word/vbaProject.bin")),
    Nasty("macros under their own name", "brief.docm", lambda: office(*WORD, "word/vbaProject.bin")),
    Nasty("macros in libreoffice", "brief.odt", lambda: office("content.xml", "Basic/Standard/Module1.xml")),
    Nasty("program in a document", "brief.docx", lambda: office(*WORD, "word/embeddings/virus.exe")),
    Nasty("way out of a document", "brief.docx", lambda: office(*WORD, "../../../start.txt")),
    Nasty("zip bomb", "brief.docx", lambda: office(*WORD, content=b"\x00" * 20_000_000)),
    Nasty("zip bomb that overlaps", "brief.docx", overlapping),
    Nasty("document with a lock", "brief.docx", locked),
    Nasty("any zip as docx", "brief.docx", lambda: office("virus.exe")),
    Nasty("zip cut off", "brief.docx", lambda: office(*WORD)[:-30]),
    Nasty("many parts", "brief.docx", lambda: office(*WORD, *(f"p{number}" for number in range(6000)))),
    Nasty("film with its place", "film.mp4", film, "bytes"),
    Nasty("film whose boxes do not fit", "film.mp4", lambda: film()[:-100]),
    Nasty(
        "boxes without end", "film.mp4", lambda: box(b"ftyp", b"isom") + b"\x00\x00\x00\x08free" * 150_000 + b"\x00" * 8
    ),
    # Harmless because of how they are sent: as a file to save, under their own kind, and nothing in them runs
    Nasty("eicar without a scanner", "test.txt", lambda: EICAR, "bytes"),
    Nasty("pdf with a page behind it", "brief.pdf", lambda: b"%PDF-1.7\n" + PAGE, "bytes"),
    Nasty("pdf with a script", "brief.pdf", lambda: b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>", "bytes"),
    Nasty("formula in csv", "lijst.csv", lambda: b'=HYPERLINK("http://kwaad")\n', "bytes"),
]
