"""The format ``md`` of ``export``: the pages that ``summarize`` and ``fuse`` write, together."""

from __future__ import annotations

from summarizer.brief import Brief
from summarizer.export.table import Table, Written
from summarizer.render import brief_to_markdown, dossier_to_markdown


def write(table: Table, *, everything: bool = False) -> Written:
    """Return one page a brief or dossier, a rule between them."""
    del everything  # nothing is out of scope
    pages = [
        brief_to_markdown(held) if isinstance(held, Brief) else dossier_to_markdown(held)
        for held in table.held
    ]
    return Written("\n---\n\n".join(pages), len(pages))
