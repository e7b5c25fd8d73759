"""What checks of briefs found, as text for people and JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from summarizer.escape import for_terminal


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that does not hold: where in the brief, which kind of problem, and why."""

    path: str
    problem: str
    detail: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The check of one brief or dossier: its file, the texts it was held against, what fails.

    ``standings`` counts another tool's citations by how they stand; None for one's own.
    """

    file: str
    sources: tuple[str, ...]
    citations: int
    failures: tuple[Failure, ...]
    standings: Mapping[str, int] | None = None

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.failures


def checks_to_text(checks: Sequence[Checked]) -> str:
    """Return a line for each file and, below it, one for each thing that does not hold."""
    lines = []
    for check in checks:
        verdict = "ok" if check.ok else f"{len(check.failures)} failed"
        found = [f"{n} {_words(name)}" for name, n in (check.standings or {}).items() if n]
        how = f" ({', '.join(found)})" if found else ""
        counted = f"{check.citations} citations checked{how}"
        lines.append(f"{for_terminal(check.file)}: {verdict}, {counted}")
        lines += [
            f"  {for_terminal(failure.path or '(whole)')}: {_words(failure.problem)}: "
            f"{for_terminal(failure.detail)}"
            for failure in check.failures
        ]
    return "\n".join(lines) + "\n"


def checks_to_json(checks: Sequence[Checked]) -> str:
    """Return the checks as a JSON array, one object a file."""
    data = [{"ok": check.ok, **asdict(check)} for check in checks]
    for each in data:
        if each["standings"] is None:
            del each["standings"]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _words(code: str) -> str:
    return code.replace("_", " ")
