"""Read briefs and dossiers with the reports that they are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from summarizer.brief import Brief
from summarizer.cli.files import BRIEFS, DOSSIERS, parsed_as, read_all
from summarizer.cli.sources import Sources
from summarizer.dossier import Dossier
from summarizer.errors import InputError
from summarizer.source import Document


@dataclass(frozen=True, slots=True)
class Told:
    """A brief and its report's text; None where that was not found or is another text."""

    brief: Brief
    text: str | None
    file: Path


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the paths hold, in their order."""

    told: tuple[Told, ...]
    dossier: Dossier | None

    @property
    def untold(self) -> tuple[str, ...]:
        """The reports whose text is not at hand."""
        return tuple(one.brief.document.id for one in self.told if one.text is None)


def load(paths: Iterable[Path], source: Path | None) -> Loaded:
    """Return the briefs and the dossier of *paths*; a dossier's briefs are looked for beside it.

    Raises:
        InputError: a file is none of them, or there are two dossiers.
    """
    sources = Sources(source)
    told: list[Told] = []
    dossiers: list[tuple[Path, Dossier]] = []
    for parsed in read_all(paths, (*BRIEFS, *DOSSIERS)):
        if isinstance(parsed.data, dict) and "documents" in parsed.data:
            dossiers.append((parsed.path, parsed_as(Dossier, parsed.data, parsed.name)))
        else:
            told.append(_told(parsed_as(Brief, parsed.data, parsed.name), parsed.path, sources))
    if len(dossiers) > 1:
        raise InputError(f"{dossiers[1][0]}: a second dossier; a page shows one")
    if dossiers and not told:
        path, dossier = dossiers[0]
        told = _of_dossier(path, dossier, sources)
    return Loaded(tuple(told), dossiers[0][1] if dossiers else None)


def _of_dossier(path: Path, dossier: Dossier, sources: Sources) -> list[Told]:
    beside = sorted({file for pattern in BRIEFS for file in path.parent.glob(pattern)})
    wanted = {each.document.sha256 for each in dossier.documents}
    found = [
        _told(parsed_as(Brief, parsed.data, parsed.name), parsed.path, sources)
        for parsed in read_all(beside, BRIEFS)
    ]
    return [one for one in found if one.brief.document.sha256 in wanted]


def _told(brief: Brief, path: Path, sources: Sources) -> Told:
    info = brief.document
    found = sources.find(path, {"id": info.id, "sha256": info.sha256})
    text = found[1] if found and Document(found[1]).sha256 == info.sha256 else None
    return Told(brief, text, path)
