"""The command ``review``: the page on loopback, where values are accepted, corrected, rejected."""

from __future__ import annotations

import getpass
import webbrowser
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from summarizer.cli.loading import Loaded, load
from summarizer.cli.terminal import put, say
from summarizer.errors import InputError
from summarizer.page import Article, page
from summarizer.review import Journal
from summarizer.source import Document

NAME = "review.jsonl"


def run(arguments: Namespace) -> int:
    """Serve the page until interrupted; every decision is on disk before it is answered."""
    try:
        from summarizer.review.serve import serve
    except ModuleNotFoundError as error:
        raise InputError(f"review needs {error.name}: pip install 'summarizer[review]'") from error
    loaded = load(arguments.paths, arguments.source)
    documents = _documents(loaded)
    # The page lays the decisions over the records, so that each can be taken back.
    html = page([Article(one.brief, one.text) for one in loaded.told], loaded.dossier, review=True)
    file = arguments.corrections or _beside(arguments.paths[0])
    with Journal(file) as journal:
        for warning in journal.warnings:
            say(f"{file}: {warning}")

        def ready(url: str) -> None:
            put(f"{url}\n")
            say(f"decisions go to {file}; end with Ctrl-C")
            if arguments.open:
                webbrowser.open(url)

        with suppress(KeyboardInterrupt):  # the way to end it
            serve(
                lambda: html,
                documents,
                journal,
                reviewer=arguments.reviewer or getpass.getuser(),
                ready=ready,
            )
    return 0


def _documents(loaded: Loaded) -> dict[str, Document]:
    """Return the reports by checksum. Raises InputError when one is not at hand."""
    if loaded.untold:
        raise InputError(f"{loaded.untold[0]}: a review needs its report; see --source")
    return {
        one.brief.document.sha256: Document(
            one.text or "",
            one.brief.document.id,
            published=one.brief.document.published,
            language=one.brief.document.language,
        )
        for one in loaded.told
    }


def _beside(path: Path) -> Path:
    return (path if path.is_dir() else path.parent) / NAME
