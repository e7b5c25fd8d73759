"""The command ``check``: briefs and dossiers held against the reports that they are about."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from summarizer.cli.files import BRIEFS, DOSSIERS, Parsed, read_each
from summarizer.cli.others import check_others
from summarizer.cli.reader import opened_reader
from summarizer.cli.sources import Sources
from summarizer.cli.supported import SupportCheck
from summarizer.cli.terminal import put
from summarizer.dossier import Dossier
from summarizer.render import Checked, Failure, checks_to_json, checks_to_text
from summarizer.segment import segment
from summarizer.source import Document, Sentence
from summarizer.validate import check, check_each


def run(arguments: Namespace) -> int:
    """Write what each check found; return 1 if anything does not hold."""
    sources = Sources(arguments.source, arguments.encoding)
    if arguments.tool:
        return _report(check_others(arguments, sources), arguments)
    checks: list[Checked] = []
    fault = None
    with ExitStack() as stack:
        judge = None
        if arguments.support:
            judge = SupportCheck(stack.enter_context(opened_reader(arguments)))
        for parsed in read_each(arguments.paths, (*BRIEFS, *DOSSIERS)):
            checks.append(_check(parsed, sources, judge))
            fault = parsed.fault
    if fault and len(checks) == 1:
        raise fault
    return _report(checks, arguments)


def _report(checks: Sequence[Checked], arguments: Namespace) -> int:
    put(checks_to_json(checks) if arguments.json else checks_to_text(checks))
    return 0 if all(each.ok for each in checks) else 1


def _check(parsed: Parsed, sources: Sources, judge: SupportCheck | None) -> Checked:
    data = parsed.data
    if parsed.fault:
        reason = str(parsed.fault).removeprefix(f"{parsed.name}: ")
        return Checked(parsed.name, (), 0, (Failure("", "unreadable", reason),))
    if isinstance(data, dict) and "documents" in data and "document" not in data:
        return _check_dossier(parsed, data, sources)
    document = data.get("document") if isinstance(data, dict) else None
    found = sources.find(parsed.path, document if isinstance(document, dict) else {})
    if found is None:
        return Checked(parsed.name, (), 0, (_missing("document"),))
    path, text = found
    report = check(data, text, sentences=_sentences(text))
    failures = [Failure(f.path, f.problem, f.detail) for f in report.findings]
    if judge:
        failures += judge.failures(data, text)
    return Checked(parsed.name, (str(path),), report.checked, tuple(failures))


@lru_cache(maxsize=1)
def _sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a report; the briefs of one report often follow each other."""
    return segment(Document(text))


def _check_dossier(parsed: Parsed, data: object, sources: Sources) -> Checked:
    try:
        dossier = Dossier.model_validate(data)
    except ValidationError as error:
        failures = [
            Failure(".".join(map(str, each["loc"])), "schema", each["msg"])
            for each in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        return Checked(parsed.name, (), 0, tuple(failures))
    named = dossier.model_dump(mode="json")
    _name_documents(named)
    failures, used = list(_unknown_documents(dossier, named)), []
    reports: dict[str, tuple[str, Sequence[Sentence]]] = {}
    for number, source in enumerate(dossier.documents):
        info = source.document
        place = f"documents[{number}].document"
        found = sources.find(parsed.path, {"id": info.id, "sha256": info.sha256})
        if found is None:
            failures.append(_missing(place))
            continue
        path, text = found
        used.append(str(path))
        if Document(text).sha256 != info.sha256:
            failures.append(Failure(place, "wrong_document", "the dossier is about another text"))
        reports[info.id] = text, segment(Document(text))
    report = check_each(named, reports)
    failures += [Failure(f.path, f.problem, f.detail) for f in report.findings]
    return Checked(parsed.name, tuple(used), report.checked, tuple(failures))


def _missing(path: str) -> Failure:
    detail = "its report is not beside it under its own name; say where it is with --source"
    return Failure(path, "no_source", detail)


def _unknown_documents(dossier: Dossier, named: object) -> Iterator[Failure]:
    known = {source.document.id for source in dossier.documents}
    for name in sorted({citation["document"] for citation in _citations(named)} - known):
        detail = (
            f"{name!r} is cited but not listed" if name else "an item cites what is not its own"
        )
        yield Failure("documents", "wrong_document", detail)


def _citations(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"start", "end", "quote"} <= value.keys():
            yield value
        else:
            for each in value.values():
                yield from _citations(each)
    elif isinstance(value, list):
        for each in value:
            yield from _citations(each)


def _name_documents(value: Any, owners: Mapping[object, str] | None = None) -> None:
    """Write into each citation of *value* which document it is of.

    An item within a fused item cites without naming it: the citations around it tell.
    """
    if isinstance(value, list):
        for each in value:
            _name_documents(each, owners)
    elif isinstance(value, dict):
        if {"start", "end", "quote"} <= value.keys():
            value["document"] = value.get("document") or (owners or {}).get(_span(value), "")
        elif isinstance(value.get("item"), dict):
            owners = {_span(each): each["document"] for each in value["citations"]}
        for each in value.values():
            _name_documents(each, owners)


def _span(citation: Mapping[str, Any]) -> object:
    return citation["start"], citation["end"], citation["quote"]
