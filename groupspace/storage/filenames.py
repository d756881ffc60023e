"""What a file may be called: as people wrote it, without what tricks the eye, a disk or a web server."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

LONGEST = 100
#: Names that old Windows programs take for a device.
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
UNSAFE = re.compile(r'[<>:"|?*;%&#$`\x27\\/]')


def clean_name(name: str) -> tuple[str, str]:
    """The stem and the extension, in small letters, of a name that came from outside.

    Only the last extension counts, and no other dot remains but one between digits: "foto.php.jpg" becomes
    ("foto-php", "jpg").
    """
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    # Control signs, invisible signs and those that turn the direction of reading.
    name = "".join(" " if sign.isspace() else sign for sign in name if _is_plain(sign))
    stem, dot, extension = " ".join(name.split()).rpartition(".")
    if not dot:
        stem, extension = extension, ""
    extension = extension.strip().lower()
    if not re.fullmatch(r"[a-z0-9]{1,5}", extension):
        extension = ""
    stem = UNSAFE.sub("-", stem)
    stem = re.sub(r"(?<!\d)\.|\.(?!\d)", "-", stem).strip(" -")
    if DEVICES.match(stem):
        stem = f"_{stem}"
    return stem[: LONGEST - 6].strip() or _("bestand"), extension


def _is_plain(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
