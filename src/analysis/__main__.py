"""``python -m analysis`` is ``xuke``."""

from analysis.cli import main

main()
