"""An import (导入): from files to a year, each row accounted for, all or nothing.

What turns rows into a year takes two seconds to load. It is loaded once the files are open, or
beside that by whoever called, see ``complete``.
"""

from analysis.sources.importing.admit import Say, admit
from analysis.sources.importing.draft import Draft
from analysis.sources.importing.fingerprints import Fingerprints
from analysis.sources.importing.keys import Keys
from analysis.sources.importing.lock import locked
from analysis.sources.importing.meta import old_meta
from analysis.sources.importing.request import Imported, Request
from analysis.sources.importing.secret import secret
from analysis.sources.importing.trouble import told
from analysis.sources.mapping.edit import require_settled
from analysis.sources.mapping.match import match
from analysis.sources.reading import open_sources


def run_import(request: Request, say: Say, tick: Say = lambda line: None) -> Imported:
    """Import files into a year.

    Args:
        request: what to import.
        say: is told each step.
        tick: is told how far a long step has come.

    Returns:
        What came of it; ``failure`` says so if there is no row that could be used.

    Raises:
        XukeError: nothing was changed, and why.
    """
    place, mapping = request.require_place(), request.require_mapping()
    with told(request.folder), locked(request.folder.parent):
        draft = Draft(request.folder)
        try:
            sources = open_sources(request.files, request.options)
            for source in sources:
                notes = f"({';'.join(source.notes)})" if source.notes else ""
                say(f"打开 {source.file} {source.sheet}".rstrip() + notes)
            matched = match(mapping, sources, request.table or None, request.accept)
            require_settled(matched, request.data)
            old = old_meta(request.folder)
            request.cutoff_after(old)  # refused before everything is read
            keys = Keys(secret(request.data))
            with Fingerprints(source.file for source in sources) as fingerprints:
                staged = admit(matched, draft.work, keys, say, tick)
                say("译码、校验")
                from analysis.sources.importing.complete import complete

                return complete(request, place, matched, staged, draft, old, keys, fingerprints)
        finally:
            draft.discard()
