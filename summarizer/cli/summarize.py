"""The command ``summarize``: reports in, a brief for each out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from summarizer.brief import Brief
from summarizer.cli.corrections import read_corrections, say_misfits
from summarizer.cli.files import brief_paths, read_brief, write_whole
from summarizer.cli.progress import Display, display
from summarizer.cli.settings import settings_of
from summarizer.cli.terminal import put, say, say_lines
from summarizer.engine.weights import DEFAULT
from summarizer.errors import InputError, SummarizerError
from summarizer.pipeline import HOSTED_MODEL, Outcome, summarize_many
from summarizer.prompt import prompts_sha256
from summarizer.read import Metadata, find_documents, read
from summarizer.render import brief_to_markdown, explain, to_json, to_jsonl
from summarizer.settings import Settings

_RENDER: Mapping[str, Callable[[Brief], str]] = {
    "json": to_json,
    "jsonl": to_jsonl,
    "md": brief_to_markdown,
}


def run(arguments: Namespace) -> int:
    """Write the briefs; return 1 if a report failed, or with ``--strict`` any value of one."""
    settings = settings_of(arguments)
    about = {name: getattr(arguments, name) for name in ("published", "title", "publisher", "url")}
    Metadata().overridden(about)  # a value that is wrong for all reports is told once
    decisions = read_corrections(arguments)
    paths = find_documents(arguments.paths)
    form = _format(arguments, len(paths))
    targets = brief_paths(paths, arguments.out, f".brief.{form}") if arguments.out else {}
    done = {}
    if arguments.resume:
        done = {path: brief for path in paths if (brief := _kept(path, targets, settings, about))}
    waiting = [path for path in paths if path not in done]
    if done and not arguments.quiet:
        say(f"{len(done)} of {len(paths)} briefs are up to date")
    failures = [_judged(path, brief, arguments, Display()) for path, brief in done.items()]
    known = {brief.document.sha256 for brief in done.values()}
    if waiting:
        with display(len(waiting), quiet=arguments.quiet) as shown:
            outcomes = summarize_many(
                waiting,
                settings=settings,
                progress=shown.step,
                weights_progress=shown.weights,
                corrections=decisions,
                **about,
            )
            for number, outcome in enumerate(outcomes):
                shown.finish(outcome)
                failures.append(_write(outcome, form, targets, shown, first=number == 0))
                if outcome.document:
                    known.add(outcome.document.sha256)
                if outcome.brief:
                    failures.append(_judged(outcome.path, outcome.brief, arguments, shown))
    say_misfits(decisions, known)
    return _conclude([failure for failure in failures if failure], len(paths))


def _format(arguments: Namespace, reports: int) -> str:
    alone = reports == 1 or arguments.out
    if arguments.format == "json" and not alone:
        raise InputError("several briefs are not one JSON file: use --format jsonl or --out DIR")
    return str(arguments.format or ("json" if alone else "jsonl"))


def _write(
    outcome: Outcome, form: str, targets: Mapping[Path, Path], shown: Display, *, first: bool
) -> str | None:
    """Write a brief to where it goes; return why there is none."""
    if outcome.brief is None:
        return _about(outcome.path, outcome.error)
    text = _RENDER[form](outcome.brief)
    if outcome.path not in targets:
        with shown.aside():
            put(text if first or form != "md" else f"\n{text}")
        return None
    try:
        write_whole(targets[outcome.path], text)
    except InputError as error:
        return _about(outcome.path, error)
    return None


def _kept(
    path: Path, targets: Mapping[Path, Path], settings: Settings, about: Mapping[str, str | None]
) -> Brief | None:
    """Return the brief of an earlier run, if another run would give it again."""
    brief = read_brief(targets[path])
    if brief is None or str(path) == "-":
        return None
    try:
        document = read(path, published=about["published"])
    except InputError:
        return None  # it is told when its turn comes
    wanted = (document.sha256, document.published, prompts_sha256(), *_engine(settings))
    info, engine = brief.document, brief.engine
    found = (info.sha256, info.published, engine.prompts_sha256, engine.model, engine.profile)
    return brief if found == wanted else None


def _engine(settings: Settings) -> tuple[str, str]:
    """Return the names that the model and the profile of *settings* have in a brief."""
    if settings.chosen_engine == "openai":
        return settings.model or HOSTED_MODEL, settings.chosen_profile
    file = Path(settings.model).stem if settings.model else DEFAULT.name
    return file, settings.chosen_profile


def _judged(path: Path, brief: Brief, arguments: Namespace, shown: Display) -> str | None:
    """Explain a brief, if wished; return what stands against it when any rejection does."""
    if arguments.explain:
        with shown.aside():
            say_lines(explain(brief))
    count = len(brief.rejections) if arguments.strict else 0
    return f'{path}: {count} rejected, see its "rejections"' if count else None


def _about(path: Path, error: SummarizerError | None) -> str:
    """Return the message of *error* with the path in front, if it isn't there already."""
    message = str(error)
    return message if message.startswith(str(path)) else f"{path}: {message}"


def _conclude(failures: Sequence[str], reports: int) -> int:
    if not failures:
        return 0
    if reports == 1 and len(failures) == 1:
        say(f"summarizer: {failures[0]}")
        return 1
    say(f"summarizer: {len(failures)} of {reports} reports did not come out right:")
    for failure in failures:
        say(f"  {failure}")
    return 1
