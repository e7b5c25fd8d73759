"""The commands and their options, as argparse sees them; imports nothing slow."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from summarizer.cli.examples import FIRST_STEPS, OF_COMMANDS, epilog
from summarizer.cli.formats import FORMATS
from summarizer.cli.terminal import put, say_lines
from summarizer.escape import for_terminal
from summarizer.foreign import TOOLS

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class _Parser(argparse.ArgumentParser):
    """A parser that writes as all else does: harmless, and never for nothing without a word."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.color = False  # Python 3.14 colours help; what is written here is made harmless first

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        if file is not None and file is sys.stdout:
            put(message)
        else:
            say_lines(message)

    def format_usage(self) -> str:
        """Return what must be given alone; the help tells of all the rest."""
        formatter = self._get_formatter()
        needed = [each for each in self._actions if each.required or not each.option_strings]
        formatter.add_usage(self.usage, needed, ())
        return formatter.format_help()

    def error(self, message: str) -> NoReturn:
        told = f"{self.prog}: {for_terminal(message)}; see {self.prog} --help"
        self.exit(2, f"{self.format_usage()}{told}\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError as error:
            known = [str(choice) for choice in action.choices or ()]
            error.message += _meant(str(value), known)
            raise

    def reject(self, unknown: Sequence[str]) -> NoReturn:
        """End the process: options or words were given that there are none of."""
        words = next(iter(unknown)).partition("=")[0]
        meant = _meant(words, list(self._option_string_actions))
        self.error(f"unrecognized arguments: {' '.join(unknown)}{meant}")


class _Version(argparse.Action):
    """Finds out the version only when it is asked for: that loads as much as all the rest."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        put(f"{parser.prog} {version('summarizer')}\n")
        parser.exit()


def _meant(word: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches  # for nobody's --help

    close = get_close_matches(word, known, n=1, cutoff=0.75)
    return f"; did you mean {close[0]}?" if close else ""


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return the arguments; on wrong usage, or when help is asked for, end the process."""
    root = parser()
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["help"]:  # as most know it from other programs
        words = [*words[1:], "--help"]
    arguments, unknown = root.parse_known_args(words)
    if unknown:
        arguments.parser.reject(unknown)
    if arguments.command is None:
        root.print_help()
        root.exit()
    if fault := _contradiction(arguments):
        arguments.parser.error(fault)
    return arguments


def _contradiction(arguments: argparse.Namespace) -> str | None:
    """Return what is wrong about options that are each right, if anything is."""
    command = arguments.command
    if command == "summarize":
        return _of_summarize(arguments)
    if command == "fuse":
        return _of_fuse(arguments)
    if command == "eval" and bool(arguments.directory) == bool(arguments.support):
        return "eval needs DIR or --support, and not both"
    if command == "export" and arguments.to == "parquet" and not arguments.out:
        return "parquet is no text: say where it goes with --out"
    if command == "check" and arguments.tool and arguments.support:
        return "--support is for briefs, not for --from"
    return None


def _of_summarize(arguments: argparse.Namespace) -> str | None:
    if arguments.batch and not arguments.out:
        return "--batch needs --out, where answers are kept"
    if arguments.log_text and arguments.log_format != "json":
        return "--log-text is for --log-format json"
    if arguments.log_format == "json" and not arguments.log_text:
        for name in ("explain", "debug"):
            if getattr(arguments, name):
                return f"--{name} shows words of the report: say --log-text too"
    return None


def _of_fuse(arguments: argparse.Namespace) -> str | None:
    if arguments.into and arguments.out:
        return "--into says where the dossier goes: leave out --out"
    if arguments.into and arguments.format == "md":
        return "--into adds to a dossier, which is JSON: leave out --format md"
    return None


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; ``command`` names the module that runs it."""
    root = _Parser(
        prog="summarizer",
        description="Briefs of conflict and defence reports, every field tied to the words that "
        "say so.",
        epilog=f"{epilog(FIRST_STEPS)}\n\nsummarizer COMMAND --help tells more of each.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    root.set_defaults(parser=root)
    root.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = root.add_subparsers(title="commands", dest="command", metavar="COMMAND")

    def command(name: str, purpose: str) -> argparse.ArgumentParser:
        added = commands.add_parser(
            name,
            help=purpose,
            description=f"{purpose[0].upper()}{purpose[1:]}.",
            epilog=epilog(OF_COMMANDS.get(name, ())),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        added.set_defaults(parser=added)
        return added

    _summarize(command("summarize", "turn reports into briefs"))
    _cluster(command("cluster", "turn very many reports into Parquet files of briefs, with Ray"))
    _check(command("check", "check every citation of briefs and dossiers against the source"))
    _fuse(command("fuse", "fuse the briefs of several reports into one dossier"))
    _report(command("report", "make one page of briefs or a dossier that opens from disk"))
    _review(command("review", "show that page where values are accepted, corrected, rejected"))
    _export(command("export", "write briefs in another program's form"))
    _evaluate(command("eval", "score briefs against gold annotations"))
    _schema(command("schema", "print a JSON Schema"))
    _mcp(command("mcp", "let an assistant prove quotes and make briefs, over MCP"))
    _engine(command("model", "tell which model would be used and whether its file is whole"))
    _runs(command("runs", "list the runs into a directory of briefs, verify or clean it"))
    _completion(command("completion", "print a script by which a shell completes all this"))
    return root


def _summarize(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help=".txt, .md, .html or .pdf file, .jsonl file of articles, feed, directory, or - for "
        "standard input",
    )
    command.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="write STEM.brief.json into DIR for each report; of equal stems, each takes as much "
        "of its path in front as tells them apart",
    )
    command.add_argument(
        "--keep-text",
        type=Path,
        metavar="DIR",
        help="write the text that offsets count in to STEM.txt in DIR: check --source DIR",
    )
    command.add_argument(
        "--allow-url",
        action="store_true",
        help="take addresses of pages as well; only public ones are asked",
    )
    command.add_argument(
        "--format",
        choices=("json", "jsonl", "md"),
        help="default: json; several reports without --out: jsonl",
    )
    command.add_argument(
        "--batch",
        action="store_true",
        help="with --out: ask by the endpoint's Batch API, at half the price, within a day; may be "
        "given up and run again at any time",
    )
    command.add_argument(
        "--fresh",
        action="store_true",
        help="with --out: make every brief anew, and ask again what was answered before",
    )
    command.add_argument(
        "--strict", action="store_true", help="exit 1 if anything was rejected, after writing"
    )
    command.add_argument("--quiet", action="store_true", help="no progress, only errors")
    command.add_argument(
        "--explain",
        action="store_true",
        help="tell on standard error why each value stands, was lowered or went",
    )
    command.add_argument(
        "--debug", action="store_true", help="show the traceback of a fault of this program"
    )
    command.add_argument(
        "--log-format",
        choices=("text", "json"),
        default="text",
        help="json: a JSON object a line on standard error, the counts of the run in the last one",
    )
    command.add_argument(
        "--log-text",
        action="store_true",
        help="let the JSON lines hold what is asked and answered, which is the report's text",
    )
    report = command.add_argument_group("about the report, if its own metadata does not say")
    report.add_argument("--published", type=_date, metavar="DATE", help="as 2025-10-18")
    report.add_argument("--title")
    report.add_argument("--publisher")
    report.add_argument("--url")
    _encoding(report)
    _corrections(command)
    _engine(command)
    _reader(command)
    bounds = _bounds(command)
    bounds.add_argument(
        "--jobs", type=_whole, metavar="N", help="requests at once, at an endpoint (default: 4)"
    )
    bounds.add_argument(
        "--workers",
        type=_count,
        metavar="N",
        help="processes that read reports, at an endpoint (default: one a processor; 0: none)",
    )


def _cluster(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "input",
        metavar="INPUT",
        help="directory, .jsonl or .parquet file, or its URL, as s3://bucket/news.jsonl",
    )
    command.add_argument(
        "--out",
        required=True,
        metavar="DIR",
        help="directory or its URL: part-00000.parquet and so on, a row a report",
    )
    command.add_argument("--size", type=_whole, metavar="N", help="reports a part (default: 1000)")
    command.add_argument(
        "--ledgers",
        type=Path,
        metavar="DIR",
        help="where the answers of each part are kept, on a disk of the machine or one that all "
        "share (default: beside the part; --out is a URL: the user's cache on each machine)",
    )
    command.add_argument(
        "--address",
        help="of a running Ray cluster, or auto; default: one on this machine, for this run",
    )
    command.add_argument("--quiet", action="store_true", help="no progress, only errors")
    _engine(command)
    _reader(command)
    bounds = _bounds(command)
    bounds.add_argument(
        "--jobs", type=_whole, metavar="N", help="requests at once, in all (default: 4 a worker)"
    )
    bounds.add_argument(
        "--workers",
        type=_whole,
        metavar="N",
        help="processes at work (default: one a processor; embedded model: one a machine)",
    )


def _bounds(command: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    bounds = command.add_argument_group("bounds")
    for unit in ("requests", "tokens"):
        bounds.add_argument(
            f"--{unit}-per-minute", type=_whole, metavar="N", help="ask no faster than that"
        )
    bounds.add_argument("--max-tokens", type=_whole, metavar="N", help="stop there")
    bounds.add_argument("--max-seconds", type=_positive, metavar="S", help="stop there")
    bounds.add_argument(
        "--max-failures",
        type=_whole,
        metavar="N",
        help="stop when so many reports in a row fail alike (default: 5)",
    )
    _money(bounds)
    return bounds


def _money(bounds: argparse._ActionsContainer) -> None:
    bounds.add_argument(
        "--max-cost",
        type=_positive,
        metavar="USD",
        help="stop there; needs both prices, known or given",
    )
    for kind in ("prompt", "completion"):
        bounds.add_argument(
            f"--{kind}-price",
            type=_price,
            metavar="USD",
            help=f"per million {kind} tokens (default: the provider's list price, if known)",
        )


def _engine(command: argparse.ArgumentParser) -> None:
    engine = command.add_argument_group("engine")
    engine.add_argument(
        "--engine",
        choices=("auto", "local", "openai"),
        help="default: openai with a key or address, else local, the embedded model",
    )
    engine.add_argument(
        "--model", metavar="NAME", help="model of the endpoint, or path of a .gguf file"
    )
    engine.add_argument(
        "--profile",
        choices=("small", "large"),
        help="how the model is asked; default: small for the embedded model, else large",
    )
    engine.add_argument(
        "--base-url", metavar="URL", help="address of an OpenAI-compatible endpoint"
    )
    engine.add_argument(
        "--timeout",
        type=_positive,
        metavar="SECONDS",
        help="for one request, until its last byte (default: 600)",
    )
    engine.add_argument(
        "--max-bytes",
        type=_whole,
        metavar="N",
        help="of one answer, as sent and unpacked (default: 16777216)",
    )


def _reader(command: argparse.ArgumentParser) -> None:
    reader = command.add_argument_group("second reading: do the cited sentences say so?")
    reader.add_argument(
        "--verify",
        choices=("auto", "off", "all"),
        help="default: auto, all of it with a large model, with a small one what it is good at",
    )
    reader.add_argument(
        "--verify-model", metavar="NAME", help="another model for it (default: the same)"
    )
    reader.add_argument(
        "--verify-base-url",
        metavar="URL",
        help="its endpoint, if another; its key: SUMMARIZER_VERIFY_API_KEY",
    )


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--from",
        dest="tool",
        choices=TOOLS,
        help="the files are another tool's output: tell how many of its citations stand where it "
        "says, lie elsewhere, or are not in the source",
    )
    command.add_argument(
        "paths", nargs="+", type=Path, metavar="BRIEF", help=".json or .jsonl file, or directory"
    )
    command.add_argument(
        "--source",
        type=Path,
        metavar="PATH",
        help="the report, or a directory with it; default: the file beside the brief",
    )
    command.add_argument(
        "--support",
        action="store_true",
        help="check as well whether the cited sentences say what the records claim",
    )
    _encoding(command)
    command.add_argument("--json", action="store_true", help="report as JSON")
    _engine(command)
    _reader(command)


def _fuse(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths", nargs="+", type=Path, metavar="BRIEF", help=".json or .jsonl file, or directory"
    )
    command.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")
    command.add_argument(
        "--into",
        type=Path,
        metavar="DOSSIER",
        help="add the briefs to this dossier; it is then what fusing all at once would give. Its "
        "briefs, decisions and trust are kept beside it, in STEM.briefs",
    )
    command.add_argument("--format", choices=("json", "md"), default="json")
    command.add_argument(
        "--since", type=Path, metavar="OLD", help="an earlier dossier: tell what is new"
    )
    command.add_argument(
        "--decisions",
        type=Path,
        metavar="FILE",
        help='pairs that are the same or not: a dossier\'s "doubtful" list with verdicts filled in',
    )
    command.add_argument(
        "--reliability",
        type=Path,
        metavar="FILE",
        help='how far sources are trusted: {"publisher or report id": "A".."F"}',
    )
    _corrections(command)
    command.add_argument(
        "--source", type=Path, metavar="PATH", help="with --corrections: where the reports are"
    )


def _told(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="briefs or a dossier, .json or .jsonl, or a directory of them",
    )
    command.add_argument(
        "--source",
        type=Path,
        metavar="PATH",
        help="the report, or a directory with it; default: the file beside the brief",
    )


def _report(command: argparse.ArgumentParser) -> None:
    _told(command)
    command.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="default: report.html in the directory, or STEM.html beside the file",
    )
    command.add_argument("--open", action="store_true", help="open it in the browser")


def _review(command: argparse.ArgumentParser) -> None:
    _told(command)
    command.add_argument(
        "--corrections",
        type=Path,
        metavar="FILE",
        help="where decisions are kept, a line each; default: review.jsonl beside the first file",
    )
    command.add_argument("--reviewer", metavar="NAME", help="who decides; default: the user's name")
    command.add_argument("--open", action="store_true", help="open it in the browser")


def _export(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="brief or dossier, .json or .jsonl, or a directory of briefs",
    )
    told = "; ".join(f"{name}: {each.purpose}" for name, each in FORMATS.items())
    command.add_argument(
        "--to",
        required=True,
        choices=(*FORMATS, "gold"),
        metavar="FORMAT",
        help=f"{told}; gold: of each brief, the annotation that eval scores by",
    )
    command.add_argument(
        "--out",
        type=Path,
        metavar="PATH",
        help="file, or a directory for it; gold: the directory; default: standard output",
    )
    command.add_argument(
        "--all", action="store_true", help="keep what the tracker itself would not take"
    )
    command.add_argument(
        "--source",
        type=Path,
        metavar="PATH",
        help="the report, or a directory with it, to hold every quote against; default: the .txt "
        "or .md file beside",
    )


def _mcp(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--dir",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="a folder that files may be read from; may be given again (default: none, text only)",
    )
    _engine(command)
    _reader(command)
    bounds = command.add_argument_group("bounds, for as long as it serves")
    bounds.add_argument(
        "--jobs", type=_whole, metavar="N", help="requests at once, at an endpoint (default: 4)"
    )
    bounds.add_argument("--max-tokens", type=_whole, metavar="N", help="stop there")
    _money(bounds)


def _corrections(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--corrections",
        type=Path,
        metavar="FILE",
        help="decisions of a review, which hold for the same text whatever the model now says",
    )


def _encoding(command: argparse._ActionsContainer) -> None:
    command.add_argument(
        "--encoding",
        type=_text_encoding,
        metavar="NAME",
        help="of reports without a byte order mark, as cp1254; default: UTF-8, else a guess if "
        "there is no doubt",
    )


def _evaluate(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "directory",
        type=Path,
        nargs="?",
        metavar="DIR",
        help="with STEM.txt and STEM.gold.json files",
    )
    command.add_argument(
        "--briefs", type=Path, metavar="DIR", help="where STEM.brief.json are; default: the same"
    )
    command.add_argument(
        "--support",
        type=Path,
        nargs="?",
        const=Path(),
        metavar="SET",
        help="instead of DIR: how often a false statement about a passage is accepted and a true "
        "one refused, by kind; of your own JSON Lines file, else of the project's own set",
    )
    command.add_argument("--json", action="store_true", help="figures as JSON")
    _engine(command)
    _reader(command)


def _schema(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "name", nargs="?", metavar="NAME", help="brief (default), dossier or draft"
    )
    command.add_argument(
        "--out", type=Path, metavar="DIR", help="write NAME.schema.json there; no NAME: all of them"
    )


def _runs(command: argparse.ArgumentParser) -> None:
    command.add_argument("directory", type=Path, metavar="DIR", help="that was given as --out")
    instead = command.add_mutually_exclusive_group()
    instead.add_argument(
        "--verify",
        action="store_true",
        help="tell whether the ledger is whole and every brief that it names is there",
    )
    instead.add_argument(
        "--clean",
        action="store_true",
        help="remove kept answers of a model that the last run with briefs did not need",
    )


def _completion(command: argparse.ArgumentParser) -> None:
    command.add_argument("shell", choices=("bash", "zsh", "fish"))


def _date(text: str) -> str:
    try:
        date.fromisoformat(text if _ISO_DATE.fullmatch(text) else "")
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a date like 2025-10-18: {text!r}") from None
    return text


def _text_encoding(name: str) -> str:
    from summarizer.read import is_text_encoding  # slow, and for nobody's --help

    if not is_text_encoding(name):
        raise argparse.ArgumentTypeError(f"not an encoding of text, such as cp1254: {name!r}")
    return name


def _number(kind: type[int] | type[float], holds: Callable[[Any], bool], what: str) -> Any:
    def convert(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            value = kind(-1)
        if not holds(value):
            raise argparse.ArgumentTypeError(f"not {what}: {text!r}")
        return value

    return convert


_whole = _number(int, lambda value: value >= 1, "a whole number from 1")
_count = _number(int, lambda value: value >= 0, "a whole number from 0")
_positive = _number(float, lambda value: 0 < value < float("inf"), "a number above 0")
_price = _number(float, lambda value: 0 <= value < float("inf"), "a number from 0")
