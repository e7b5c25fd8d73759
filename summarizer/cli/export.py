"""The command ``export``: briefs and dossiers in, another program's form out."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from summarizer.brief import Brief, DocumentInfo
from summarizer.cli.files import BRIEFS, Parsed, parsed_as, read_all, read_each, write_whole
from summarizer.cli.formats import FORMATS
from summarizer.cli.sources import Sources
from summarizer.cli.terminal import put, say
from summarizer.dossier import Dossier
from summarizer.errors import InputError
from summarizer.escape import for_terminal
from summarizer.export.gold import to_gold
from summarizer.export.records import table_of
from summarizer.export.table import Held, Table, Written
from summarizer.source import Document

_EXCEL = "\ufeff"  # without it Excel takes UTF-8 for the system's own encoding


def run(arguments: Namespace) -> int:
    """Write one file of all briefs and dossiers; return 1 if one of them could not be taken."""
    if arguments.to == "gold":
        return _gold(arguments)
    texts: dict[str, str] = {}
    taken: list[tuple[Path, Table]] = []
    faults = []
    sources = Sources(arguments.source)
    for parsed in read_each(arguments.paths, BRIEFS):
        try:
            taken.append((parsed.path, _table(parsed, sources, texts)))
        except InputError as error:
            faults.append(str(error))
    _say_faults(faults, bool(taken))
    if not taken:
        return 1
    held = tuple(each for _, table in taken for each in table.held)
    _say_gaps(held, texts)
    rows = tuple(row for _, table in taken for row in table.rows)
    module = import_module(FORMATS[arguments.to].module)
    written: Written = module.write(Table(rows, held, texts), everything=arguments.all)
    _write(written, [path for path, _ in taken], arguments)
    _say_left_out(written)
    return 1 if faults else 0


def _table(parsed: Parsed, sources: Sources, texts: dict[str, str]) -> Table:
    """Return the rows of a brief or dossier, whose quotes hold as far as its reports are at hand.

    Raises:
        InputError: it is none, or cites what its report does not say.
    """
    if parsed.fault:
        raise parsed.fault
    is_dossier = isinstance(parsed.data, dict) and "documents" in parsed.data
    held: Held = (
        parsed_as(Dossier, parsed.data, parsed.name)
        if is_dossier
        else parsed_as(Brief, parsed.data, parsed.name)
    )
    for info in _infos(held):
        found = sources.find(parsed.path, {"id": info.id, "sha256": info.sha256})
        if found and Document(found[1]).sha256 == info.sha256:
            texts[info.sha256] = found[1]
    try:
        table = table_of([held])
    except KeyError as error:
        raise InputError(f"{parsed.name}: cites {error}, which it does not list") from error
    false = sum(
        texts[cite.source.sha256][cite.start : cite.end] != cite.quote
        for row in table.rows
        for cite in row.citations
        if cite.source.sha256 in texts
    )
    if false:
        raise InputError(f"{parsed.name}: {false} quotes are not in its report; see check")
    return table


def _write(written: Written, paths: Sequence[Path], arguments: Namespace) -> None:
    ending = FORMATS[arguments.to].ending
    if arguments.out is None:
        put(str(written.data))
        return
    target: Path = arguments.out
    if os.path.isdir(target):  # noqa: PTH112 (unlike Path's it never raises)
        target = target / f"{_stem(paths[0]) if len(set(paths)) == 1 else 'export'}{ending}"
    data = written.data
    if isinstance(data, str) and ending.endswith(".csv"):
        data = _EXCEL + data
    write_whole(target, data)
    put(f"{for_terminal(target)}\n")


def _stem(path: Path) -> str:
    stem = path.name
    for ending in (".json", ".jsonl", ".brief"):
        stem = stem.removesuffix(ending)
    return stem


def _say_faults(faults: Sequence[str], go_on: bool) -> None:
    for fault in faults:
        say(f"{'left out: ' if go_on else 'summarizer: '}{fault}")


def _say_gaps(held: Sequence[Held], texts: dict[str, str]) -> None:
    """Tell which reports are not at hand, and that a record may be in twice."""
    if len({isinstance(each, Brief) for each in held}) > 1:
        say("briefs and a dossier together: what both tell is exported twice")
    known = {info.sha256 for each in held for info in _infos(each)}
    if missing := len(known - texts.keys()):
        say(f"{missing} of {len(known)} reports not at hand, quotes unchecked; see --source")


def _infos(held: Held) -> Iterator[DocumentInfo]:
    if isinstance(held, Brief):
        yield held.document
    else:
        yield from (each.document for each in held.documents)


def _say_left_out(written: Written) -> None:
    total = sum(written.left_out.values())
    if total:
        say(f"{written.entries} exported, {total} left out (--all keeps them):")
        for reason, count in sorted(written.left_out.items()):
            say(f"  {count} {reason}")


def _gold(arguments: Namespace) -> int:
    """Write the gold annotation of each brief; with ``--out`` a file each into that directory."""
    for parsed in read_all(arguments.paths, BRIEFS):
        brief = parsed_as(Brief, parsed.data, parsed.name)
        text = json.dumps(to_gold(brief), ensure_ascii=False, indent=1) + "\n"
        if arguments.out is None:
            put(text)
            continue
        target = arguments.out / f"{_stem(parsed.path)}.gold.json"
        write_whole(target, text)
        put(f"{for_terminal(target)}\n")
    return 0
