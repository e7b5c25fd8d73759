"""What ``fuse --into`` fuses: the briefs that a dossier was made of, found again, and further ones.

They are kept beside the dossier from the first ``--into`` on. Of a dossier that was made otherwise
they are looked for among the briefs given and beside it, and have to be the very ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from summarizer.brief import Brief
from summarizer.cli.corrections import Corrections
from summarizer.cli.files import BRIEFS, parsed_as, read_each
from summarizer.cli.gathered import Gathered, Kept
from summarizer.dossier import Dossier
from summarizer.errors import InputError

Given = tuple[Brief, Path, str]
_MOST_NAMED = 3


def gather(
    gathered: Gathered,
    path: Path,
    dossier: bytes | None,
    given: Iterable[Given],
    corrections: Corrections,
) -> None:
    """Add to what is *gathered* of the *dossier* in *path* the briefs *given*, and correct all.

    Raises:
        InputError: what is kept is that of another dossier, briefs of it are not at hand, or two
            different briefs are of one document.
    """
    if gathered.is_new:
        if dossier is not None:
            given = list(given)
            _adopt(gathered, path, _parsed(path, dossier), given, corrections)
    elif not gathered.knows(dossier):
        _take_edited(gathered, path, dossier)
    for brief, file, name in given:
        earlier = gathered.find(brief.document.id)
        if earlier and earlier.given != brief:
            raise InputError(
                f"{name}: {path} has another brief of {brief.document.id!r}; give this report its "
                "own id, or fuse all briefs anew with --out"
            )
        made = corrections.apply(brief, file, name, earlier)
        if made is not earlier:
            gathered.add(made)
    _correct_earlier(gathered, path, corrections)
    corrections.say_misfits()


def _correct_earlier(gathered: Gathered, path: Path, corrections: Corrections) -> None:
    """Work corrections into the briefs that an earlier run has added."""
    changed: list[Kept] = []
    for kept in gathered.briefs():
        info = kept.given.document
        made = corrections.apply(kept.given, path.with_name(_file(info.id)), info.id, kept)
        if made is not kept:
            changed.append(made)
    for made in changed:
        gathered.add(made)


def _file(id_: str) -> str:
    """The name under which a brief of this id would stand beside the dossier."""
    return f"{id_.replace('/', '-')}.brief.json"


def _take_edited(gathered: Gathered, path: Path, dossier: bytes | None) -> None:
    """Take the verdicts that the user has set in a dossier made of what is kept; refuse others."""
    if dossier is None:
        raise InputError(
            f"{path}: gone, but {gathered.path.name} beside it holds its briefs; remove that to "
            "begin anew, or bring the dossier back"
        )
    old = _parsed(path, dossier)
    told = {source.document.id: source.document for source in old.documents}
    if told != {kept.given.document.id: kept.given.document for kept in gathered.briefs()}:
        raise InputError(
            f"{path}: made of other briefs than {gathered.path.name} beside it holds; remove that, "
            "and give all briefs again"
        )
    gathered.decide(old.doubtful)


def _adopt(
    gathered: Gathered,
    path: Path,
    old: Dossier,
    given: Iterable[Given],
    corrections: Corrections,
) -> None:
    """Find the briefs of a dossier beside which none are kept."""
    wanted = {source.document.id: source for source in old.documents}
    records = _records(old)
    for brief, file, name in (*given, *_beside(path)):
        id_ = brief.document.id
        if id_ not in wanted or brief.document != wanted[id_].document:
            continue
        kept = corrections.apply(brief, file, name)
        if _own_records(kept.fused) == records.get(id_, set()):
            gathered.add(kept)
            del wanted[id_]
    if wanted:
        named = ", ".join(sorted(wanted)[:_MOST_NAMED])
        more = ", ..." if len(wanted) > _MOST_NAMED else ""
        raise InputError(
            f"{path}: {len(wanted)} of its {len(old.documents)} briefs are not at hand as they "
            f"were fused ({named}{more}); give them as well"
        )
    gathered.decide(old.doubtful)
    gathered.trust({s.document.id: s.reliability for s in old.documents if s.reliability != "F"})


def _beside(path: Path) -> Iterator[Given]:
    """Yield the briefs in the directory of the dossier; what is none is passed over."""
    files = sorted({file for pattern in BRIEFS for file in path.parent.glob(pattern)})
    for each in read_each(files, BRIEFS):
        if not each.fault:
            yield parsed_as(Brief, each.data, each.name), each.path, each.name


def _records(dossier: Dossier) -> dict[str, set[tuple[str, str]]]:
    """The kinds and ids of the records that each report has in *dossier*."""
    found: dict[str, set[tuple[str, str]]] = {}
    for kind, fused in (
        ("actor", dossier.actors),
        ("event", dossier.events),
        ("pledge", dossier.pledges),
    ):
        for record in fused:
            for member in record.members:
                found.setdefault(member.document, set()).add((kind, member.record))
    return found


def _own_records(brief: Brief) -> set[tuple[str, str]]:
    kinds = (("actor", brief.actors), ("event", brief.events), ("pledge", brief.pledges))
    return {(kind, record.id) for kind, records in kinds for record in records}


def _parsed(path: Path, data: bytes) -> Dossier:
    try:
        return parsed_as(Dossier, json.loads(data), path)
    except ValueError as error:
        raise InputError(f"{path}: not a dossier ({error})") from error
