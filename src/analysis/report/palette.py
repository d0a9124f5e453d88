"""Every colour there is, declared once: charts and pages take them from here."""

from pathlib import Path

SHAPE = Path(__file__).with_name("xuke.mplstyle")  # lines and sizes of charts, no colours

INK = "#1b2a30"  # text
MUTE = "#55646a"  # secondary text; 4.5:1 even on WASH
LINE = "#dfe4e6"  # rules and grids
PAPER = "#ffffff"
WASH = "#f4f6f6"  # quiet surfaces
SUBJECT = "#1f4e5f"  # what a chart is about
COMPARED = "#a9b4b8"  # what it is compared with
ACCENT = "#c8553d"  # what needs attention
ALERT_INK, ALERT_WASH = "#8f3421", "#fbeee9"
GOOD_INK, GOOD_WASH = "#1f5c41", "#e6f2ec"
DOUBT_INK, DOUBT_WASH = "#7a4f0d", "#fbf1dc"
PLAIN_INK, PLAIN_WASH = "#4a5559", "#eceff0"

# Five at most, from dark to light, for parts of a whole; told apart in grey print as well.
PARTS = (SUBJECT, "#487a7a", "#9bb8b8", "#cfd9da", "#e6ebec")
DARK_PARTS = PARTS[:2]  # on which text is white


def custom_properties() -> str:
    """Return the colours as CSS custom properties: ``--alert-ink:#8f3421;…``."""
    return "".join(
        f"--{name.lower().replace('_', '-')}:{value};"
        for name, value in globals().items()
        if name.isupper() and isinstance(value, str)
    )
