"""The command ``report``: briefs or a dossier in, one page out that opens from disk."""

from __future__ import annotations

import webbrowser
from argparse import Namespace
from pathlib import Path

from summarizer.cli.files import write_whole
from summarizer.cli.loading import load
from summarizer.cli.terminal import put, say
from summarizer.escape import for_terminal
from summarizer.page import Article, page

NAME = "report.html"


def run(arguments: Namespace) -> int:
    """Write the page and print its path."""
    loaded = load(arguments.paths, arguments.source)
    for name in loaded.untold:
        say(f"{name}: its text is not at hand, so the page shows its records alone; see --source")
    articles = [Article(one.brief, one.text) for one in loaded.told]
    out = arguments.out or _beside(arguments.paths[0])
    write_whole(out, page(articles, loaded.dossier))
    put(f"{for_terminal(out)}\n")
    if arguments.open:
        webbrowser.open(out.resolve().as_uri())
    return 0


def _beside(path: Path) -> Path:
    """Return where the page of *path* goes: into the folder, or beside the file."""
    if path.is_dir():
        return path / NAME
    stem = path.name
    for ending in (".json", ".jsonl", ".brief", ".dossier"):
        stem = stem.removesuffix(ending)
    return path.with_name(f"{stem}.html")
