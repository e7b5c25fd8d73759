"""``check --from``: another tool's citations held against the reports that they are from."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from summarizer.cli.files import Parsed, read_each
from summarizer.cli.sources import Found, Sources
from summarizer.foreign import claims
from summarizer.foreign.claim import Claim, Origin
from summarizer.render import Checked, Failure
from summarizer.source import Document
from summarizer.validate import STANDINGS, Index, standing

OUTPUTS = ("*.json", "*.jsonl", "*.jsonld")
_LONGEST = 200  # characters of a file name
_OWN_COPY = Path("the tool's own copy")


def check_others(arguments: Namespace, sources: Sources) -> list[Checked]:
    """Return what each file's citations come to; the lines of a file are counted together.

    Raises:
        InputError: the only file cannot be read.
    """
    reports: dict[Path, _Report] = {}
    indexes = _Indexes(sources, own_copies=arguments.source is None)
    parsed = None
    for parsed in read_each(arguments.paths, OUTPUTS):
        reports.setdefault(parsed.path, _Report(parsed.path)).add(parsed, arguments.tool, indexes)
    if parsed and parsed.fault and len(reports) == 1 and not reports[parsed.path].read:
        raise parsed.fault
    return [report.checked(arguments.tool) for report in reports.values()]


class _Indexes:
    """The reports that are cited, each made ready once for looking up quotes."""

    def __init__(self, sources: Sources, *, own_copies: bool) -> None:
        self._sources = sources
        self._own_copies = own_copies
        self._by_text: dict[str, Index] = {}

    def find(self, path: Path, origin: Origin) -> tuple[Path, Index] | None:
        """Return the report of *origin*; else, with no ``--source``, what the tool has of it."""
        found = self._report(path, origin)
        if found is None and self._own_copies and origin.text is not None:
            found = _OWN_COPY, origin.text
        if found is None:
            return None
        text = found[1]
        if text not in self._by_text:
            self._by_text[text] = Index(text)
        return found[0], self._by_text[text]

    def _report(self, path: Path, origin: Origin) -> Found | None:
        known = {"sha256": origin.sha256 or (Document(origin.text).sha256 if origin.text else "")}
        for name in filter(_is_plain, origin.names):
            if found := self._sources.find(path.with_name(name), known):
                return found
        # A report beside the file, of its name, is a guess: only where nothing speaks for another.
        guess = origin.text is not None or not origin.names
        return self._sources.find(path, known) if guess else None


class _Report:
    """What is found in one file."""

    def __init__(self, path: Path) -> None:
        self.read = False
        self._path = path
        self._sources: dict[str, None] = {}
        self._counts = dict.fromkeys(STANDINGS, 0)
        self._failures: list[Failure] = []
        self._origins: dict[Origin, tuple[Path, Index] | None] = {}
        self._claims = 0

    def add(self, parsed: Parsed, tool: str, indexes: _Indexes) -> None:
        """Check the citations of one value of the file."""
        line = parsed.name.removeprefix(str(parsed.path)).removeprefix(":")
        if parsed.fault:
            reason = str(parsed.fault).removeprefix(f"{parsed.name}: ")
            self._failures.append(Failure(line and f"line {line}", "unreadable", reason))
            return
        self.read = True
        for claim in claims(tool, parsed.data):
            self._claims += 1
            path = f"{line}: {claim.path}" if line else claim.path
            self._failures += self._judge(claim, path, indexes)

    def _judge(self, claim: Claim, path: str, indexes: _Indexes) -> Iterator[Failure]:
        origin = claim.origin
        if origin not in self._origins:
            self._origins[origin] = indexes.find(self._path, origin)
            yield from self._unlike(origin, path)
        found = self._origins[origin]
        if claim.quote is None:
            yield Failure(path, "malformed", "it quotes no words")
        elif found is None:
            name = origin.names[0] if origin.names else "a document without a name"
            yield Failure(path, "no_source", f"{name} is not there; say where with --source")
        else:
            judged = standing(claim.quote, claim.start, claim.end, found[1])
            self._counts[judged.standing] += 1
            if not judged.holds:
                yield Failure(path, judged.standing, judged.detail)

    def _unlike(self, origin: Origin, path: str) -> Iterator[Failure]:
        """Take note of the report; tell if the tool counted in another text."""
        found = self._origins[origin]
        if found is None:
            return
        self._sources[str(found[0])] = None
        if origin.text is not None and origin.text != found[1].text:
            yield Failure(path, "wrong_document", f"the tool read another text than {found[0]}")

    def checked(self, tool: str) -> Checked:
        if not self._claims and not self._failures:
            detail = f"there is no citation of {tool} in it; is --from right?"
            self._failures.append(Failure("", "no_citations", detail))
        return Checked(
            str(self._path),
            tuple(self._sources),
            sum(self._counts.values()),
            tuple(self._failures),
            self._counts,
        )


def _is_plain(name: str) -> bool:
    """Tell whether *name* may be a file's: it comes from the output and must not lead away."""
    return name == Path(name).name and name.isprintable() and len(name) <= _LONGEST
