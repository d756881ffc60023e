"""What the largest pictures cost: one process takes in one of each kind, and stays under 400 MB."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[3]
LIMIT_KB = 400_000
#: With the whole site loaded, as in a web process.
CODE = """
import sys, os, django
sys.path[:0] = [r"{repo}", r"{repo}/site"]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
django.setup()
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from groupspace.storage.pictures import remake
get_resolver().url_patterns
for path in sorted(Path(sys.argv[1]).iterdir()):
    with path.open("rb") as file:
        try:
            made = remake(file)
            print(path.name, made.width, made.height, len(made.content))
        except ValidationError as error:
            print(path.name, "refused")
status = Path("/proc/self/status").read_text()
print("VmHWM", next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])
"""
#: Made by another process: making them costs more than taking them in.
MAKE = """
import sys
from PIL import Image
out = sys.argv[1]
gradient = Image.linear_gradient("L")
def image(mode, size):
    return gradient.resize(size).convert(mode)
image("RGB", (6000, 4000)).save(out + "/a.jpg", quality=95, subsampling=0, progressive=True)
image("CMYK", (6000, 4000)).save(out + "/b.jpg", quality=95)
alpha = image("RGB", (6000, 4000))
alpha.putalpha(image("L", (6000, 4000)))
alpha.save(out + "/c.png", compress_level=1)
image("P", (6000, 4000)).save(out + "/d.gif")
image("LA", (6000, 4000)).save(out + "/e.png")
image("P", (6000, 4000)).save(out + "/f.png", transparency=0)
image("RGB", (4000, 2999)).save(out + "/g.webp", quality=1, method=0)
image("1", (11000, 11000)).save(out + "/h.png")
"""


@pytest.mark.long
def test_largest_pictures_fit_in_memory(tmp_path: Path) -> None:
    run = [sys.executable, "-c"]
    environment = {**os.environ, "PYTHONPATH": ""}
    subprocess.run([*run, MAKE, str(tmp_path)], check=True, env=environment)
    code = CODE.format(repo=REPO)
    done = subprocess.run([*run, code, str(tmp_path)], capture_output=True, text=True, check=False, env=environment)

    assert done.returncode == 0, done.stderr
    lines = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    assert lines.pop("h.png") == "refused", "121 megapixels"
    peak = int(lines.pop("VmHWM"))
    assert len(lines) == 7
    assert all(max(int(n) for n in line.split()[:2]) == 2560 for line in lines.values()), lines
    assert peak < LIMIT_KB, f"{peak} kB"
