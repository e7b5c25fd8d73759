"""The command ``fuse``: briefs in, one dossier out, or an earlier dossier with them in it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from summarizer.brief import Brief
from summarizer.cli.corrections import Corrections
from summarizer.cli.files import BRIEFS, parsed_as, read_all, read_json, write_whole
from summarizer.cli.gathered import Gathered
from summarizer.cli.into import gather
from summarizer.cli.terminal import put
from summarizer.dossier import Decision, Dossier, Reliability
from summarizer.fuse import fuse
from summarizer.read import bytes_of
from summarizer.render import dossier_to_markdown, to_json


@dataclass(frozen=True, slots=True)
class _Known:
    """What the user knows besides."""

    decisions: list[Decision]
    reliability: dict[str, Reliability]
    since: Dossier | None


def run(arguments: Namespace) -> int:
    """Write the dossier."""
    corrections = Corrections(arguments.corrections, arguments.source)
    known = _Known(_decisions(arguments), _reliability(arguments), _since(arguments))
    given = _given(arguments.paths)
    if arguments.into:
        _fuse_into(arguments.into, given, corrections, known)
        return 0
    briefs = [corrections.apply(*each).fused for each in given]
    corrections.say_misfits()
    dossier = fuse(
        briefs, decisions=known.decisions, reliability=known.reliability, since=known.since
    )
    text = dossier_to_markdown(dossier) if arguments.format == "md" else to_json(dossier)
    if arguments.out:
        write_whole(arguments.out, text)
    else:
        put(text)
    return 0


def _fuse_into(
    path: Path, given: Iterable[tuple[Brief, Path, str]], corrections: Corrections, known: _Known
) -> None:
    """Fuse all that went into the dossier *path*, and the briefs *given*, into it anew."""
    with Gathered(path) as gathered:
        before = bytes_of(path) if path.exists() else None
        gather(gathered, path, before, given, corrections)
        dossier = fuse(
            (kept.fused for kept in gathered.briefs()),
            decisions=gathered.decide(known.decisions),
            reliability=gathered.trust(known.reliability),
            since=known.since,
        )
        text = to_json(dossier).encode()
        gathered.commit(before, text)
        write_whole(path, text, option="--into")
        gathered.settle(text)


def _given(paths: Iterable[Path]) -> Iterator[tuple[Brief, Path, str]]:
    """Yield the briefs with their files, and what messages call them."""
    for each in read_all(paths, BRIEFS):
        yield parsed_as(Brief, each.data, each.name), each.path, each.name


def _decisions(arguments: Namespace) -> list[Decision]:
    """Return the pairs decided: a JSON list, or a dossier whose "doubtful" list has verdicts."""
    if not arguments.decisions:
        return []
    data = read_json(arguments.decisions)
    pairs = data.get("doubtful") if isinstance(data, dict) else data
    return parsed_as(list[Decision], pairs, arguments.decisions)


def _reliability(arguments: Namespace) -> dict[str, Reliability]:
    path = arguments.reliability
    return parsed_as(dict[str, Reliability], read_json(path), path) if path else {}


def _since(arguments: Namespace) -> Dossier | None:
    path = arguments.since
    return parsed_as(Dossier, read_json(path), path) if path else None
