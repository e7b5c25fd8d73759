"""The command ``fuse``: briefs in, one dossier out."""

from __future__ import annotations

from argparse import Namespace

from summarizer.brief import Brief
from summarizer.cli.files import BRIEFS, parsed_as, read_all, read_json, write_whole
from summarizer.cli.terminal import put
from summarizer.dossier import Decision, Dossier, Reliability
from summarizer.fuse import fuse
from summarizer.render import dossier_to_markdown, to_json


def run(arguments: Namespace) -> int:
    """Write the dossier."""
    briefs = [parsed_as(Brief, each.data, each.name) for each in read_all(arguments.paths, BRIEFS)]
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


def _decisions(arguments: Namespace) -> list[Decision]:
    """Return the pairs decided: a JSON list, or a dossier whose "doubtful" list has verdicts."""
    if not arguments.decisions:
        return []
    data = read_json(arguments.decisions)
    pairs = data.get("doubtful") if isinstance(data, dict) else data
    return parsed_as(list[Decision], pairs, arguments.decisions)
