"""Opening a document in LibreOffice as a reader would, with the packaged font for all fonts."""

import os
import subprocess
from pathlib import Path
from shutil import which

from bs4 import BeautifulSoup, Tag
from pylopdf_fonts_zh_cn import sans_path

from tests.components import need

FONTS = """<?xml version="1.0"?>
<fontconfig>
<dir>{folder}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><edit name="family" mode="assign" binding="strong">
<string>Noto Sans SC</string></edit></match>
</fontconfig>
"""


def pdf_pages(document: Path) -> list[Tag]:
    """Return the pages of a document as LibreOffice prints them: words with their boxes, in points."""
    need("LibreOffice", which("soffice") is not None, "install libreoffice-writer-nogui")
    need("pdftotext", which("pdftotext") is not None, "install poppler-utils")
    folder = document.parent
    fonts = folder / "fonts.conf"
    fonts.write_text(FONTS.format(folder=sans_path().parent, cache=folder / "cache"))
    office = ["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"]
    subprocess.run(
        [*office, "--convert-to", "pdf", "--outdir", str(folder), str(document)],
        env=os.environ | {"FONTCONFIG_FILE": str(fonts)},
        capture_output=True,
        check=True,
        timeout=300,
    )
    printed = document.with_suffix(".pdf")
    done = subprocess.run(
        ["pdftotext", "-bbox", str(printed), "-"], capture_output=True, check=True, encoding="utf-8"
    )
    return BeautifulSoup(done.stdout, "html.parser").find_all("page")


def lines(page: Tag) -> dict[float, list[Tag]]:
    """Return the words of a page by the height at which their line stands."""
    found: dict[float, list[Tag]] = {}
    for word in page.find_all("word"):
        bottom = float(word["ymax"])
        at = next((known for known in found if abs(known - bottom) < 3), bottom)
        found.setdefault(at, []).append(word)
    return dict(sorted(found.items()))
