"""The command ``fuse``: briefs in, one dossier out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from summarizer.brief import Brief
from summarizer.cli.corrections import read_corrections, say_misfits
from summarizer.cli.files import BRIEFS, parsed_as, read_all, read_json, write_whole
from summarizer.cli.sources import Sources
from summarizer.cli.terminal import put, say
from summarizer.dossier import Decision, Dossier, Reliability
from summarizer.errors import InputError
from summarizer.fuse import fuse
from summarizer.render import dossier_to_markdown, to_json
from summarizer.review import corrected, of_document


def run(arguments: Namespace) -> int:
    """Write the dossier."""
    briefs = list(_briefs(arguments))
    decisions = _decisions(arguments)
    reliability = (
        parsed_as(dict[str, Reliability], read_json(arguments.reliability), arguments.reliability)
        if arguments.reliability
        else None
    )
    since = (
        parsed_as(Dossier, read_json(arguments.since), arguments.since) if arguments.since else None
    )
    dossier = fuse(briefs, decisions=decisions, reliability=reliability, since=since)
    text = dossier_to_markdown(dossier) if arguments.format == "md" else to_json(dossier)
    if arguments.out:
        write_whole(arguments.out, text)
    else:
        put(text)
    return 0


def _briefs(arguments: Namespace) -> Iterator[Brief]:
    """Yield the briefs, with the decisions of a review on their texts worked in."""
    corrections = read_corrections(arguments)
    about = {decision.doc for decision in corrections}
    known = set()
    sources = Sources(arguments.source)
    for each in read_all(arguments.paths, BRIEFS):
        brief = parsed_as(Brief, each.data, each.name)
        info = brief.document
        known.add(info.sha256)
        if info.sha256 in about:
            found = sources.find(each.path, {"id": info.id, "sha256": info.sha256})
            if found is None:
                raise InputError(f"{each.name}: corrections need its report; see --source")
            own = of_document(corrections, info.sha256)
            brief, misfits = corrected(brief, found[1], own)
            for misfit in misfits:
                say(f"{info.id}: {misfit}")
        yield brief
    say_misfits(corrections, known)


def _decisions(arguments: Namespace) -> list[Decision]:
    """Return the pairs decided: a JSON list, or a dossier whose "doubtful" list has verdicts."""
    if not arguments.decisions:
        return []
    data = read_json(arguments.decisions)
    pairs = data.get("doubtful") if isinstance(data, dict) else data
    return parsed_as(list[Decision], pairs, arguments.decisions)
