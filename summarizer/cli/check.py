"""The command ``check``: briefs and dossiers held against the reports that they are about."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any

from pydantic import ValidationError

from summarizer.cli.files import BRIEFS, DOSSIERS, Parsed, read_all
from summarizer.cli.reader import opened_reader
from summarizer.cli.sources import Sources
from summarizer.cli.supported import SupportCheck
from summarizer.cli.terminal import put
from summarizer.dossier import Dossier
from summarizer.render import Checked, Failure, checks_to_json, checks_to_text
from summarizer.segment import segment
from summarizer.source import Document
from summarizer.validate import check


def run(arguments: Namespace) -> int:
    """Write what each check found; return 1 if anything does not hold."""
    sources = Sources(arguments.source)
    parsed = read_all(arguments.paths, (*BRIEFS, *DOSSIERS))
    with ExitStack() as stack:
        judge = None
        if arguments.support:
            judge = SupportCheck(stack.enter_context(opened_reader(arguments)))
        checks = [_check(one, sources, judge) for one in parsed]
    put(checks_to_json(checks) if arguments.json else checks_to_text(checks))
    return 0 if all(each.ok for each in checks) else 1


def _check(parsed: Parsed, sources: Sources, judge: SupportCheck | None) -> Checked:
    data = parsed.data
    if isinstance(data, dict) and "documents" in data and "document" not in data:
        return _check_dossier(parsed, data, sources)
    document = data.get("document") if isinstance(data, dict) else None
    found = sources.find(parsed.path, document if isinstance(document, dict) else {})
    if found is None:
        return Checked(parsed.name, (), 0, (_missing("document"),))
    path, text = found
    report = check(data, text, sentences=segment(Document(text)))
    failures = [Failure(f.path, f.problem, f.detail) for f in report.findings]
    if judge:
        failures += judge.failures(data, text)
    return Checked(parsed.name, (str(path),), report.checked, tuple(failures))


def _check_dossier(parsed: Parsed, data: object, sources: Sources) -> Checked:
    try:
        dossier = Dossier.model_validate(data)
    except ValidationError as error:
        failures = [
            Failure(".".join(map(str, each["loc"])), "schema", each["msg"])
            for each in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        return Checked(parsed.name, (), 0, tuple(failures))
    whole = dossier.model_dump(mode="json")
    failures, used, checked = list(_unknown_documents(dossier)), [], 0
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
        report = check(_part(whole, info.id), text, sentences=segment(Document(text)), schema=False)
        checked += report.checked
        failures += [Failure(f.path, f.problem, f.detail) for f in report.findings if f.path]
    return Checked(parsed.name, tuple(used), checked, tuple(failures))


def _missing(path: str) -> Failure:
    detail = "its report is not beside it under its own name; say where it is with --source"
    return Failure(path, "no_source", detail)


def _unknown_documents(dossier: Dossier) -> Iterator[Failure]:
    known = {source.document.id for source in dossier.documents}
    cited = {
        citation["document"]
        for citation in _citations(dossier.model_dump(mode="json"))
        if "document" in citation
    }
    for name in sorted(cited - known):
        yield Failure("documents", "wrong_document", f"{name!r} is cited but not listed")


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


def _part(value: Any, document: str, spans: Mapping[object, str] | None = None) -> Any:
    """Return *value* with the citations of one document; each thing keeps its place.

    An item within a fused item cites without naming the document: *spans* tells whose the
    citations around it are.
    """
    if isinstance(value, list):
        return [_part(each, document, spans) for each in value]
    if not isinstance(value, dict):
        return value
    if {"start", "end", "quote"} <= value.keys():
        owner = value.get("document") or (spans or {}).get(_span(value))
        return value if owner == document else {}
    if isinstance(value.get("item"), dict):
        spans = {_span(each): each["document"] for each in value["citations"]}
    part = {key: _part(each, document, spans) for key, each in value.items()}
    if not any(part.get("citations", ())):
        part.pop("citations", None)  # what another document says is checked with that document
    return part


def _span(citation: Mapping[str, Any]) -> object:
    return citation["start"], citation["end"], citation["quote"]
