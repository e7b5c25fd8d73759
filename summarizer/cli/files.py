"""Files of briefs: where they go, writing them whole or not at all, and reading them again."""

from __future__ import annotations

import json
import os
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from summarizer.brief import Brief
from summarizer.errors import InputError

T = TypeVar("T")
BRIEFS = ("*.brief.json", "*.brief.jsonl")
DOSSIERS = ("*.dossier.json",)


@dataclass(frozen=True, slots=True)
class Parsed:
    """One JSON value of a file; ``name`` tells which, for messages."""

    path: Path
    name: str
    data: object


def brief_paths(documents: Sequence[Path], out: Path, ending: str) -> dict[Path, Path]:
    """Return for each document the file in *out* that its brief goes to, no two the same.

    It is named by the document's stem. Documents with equal stems take their full name, then
    one directory after the other in front, until they differ: ``2024.visit.txt.brief.json``.
    Names that differ only in case or Unicode composition count as equal, as some disks have it.
    """
    levels = dict.fromkeys(documents, 0)
    for _ in range(max((len(path.absolute().parts) for path in documents), default=0) + 1):
        names = {path: _name(path, level) for path, level in levels.items()}
        same = defaultdict(list)
        for path, name in names.items():
            same[unicodedata.normalize("NFC", name).casefold()].append(path)
        clashing = [path for paths in same.values() if len(paths) > 1 for path in paths]
        if not clashing:
            return {path: out / f"{name}{ending}" for path, name in names.items()}
        for path in clashing:
            levels[path] += 1
    raise InputError(f"{clashing[0]} and {clashing[1]} would share one brief: summarize them apart")


def _name(path: Path, level: int) -> str:
    if str(path) == "-":
        return "stdin"
    return ".".join(path.absolute().parts[1:][-level:]) if level else path.stem


def write_whole(path: Path, text: str) -> None:
    """Write *text* to *path* so that a reader finds the old file or the new one, never a part.

    Raises:
        InputError: it cannot be written there.
    """
    half = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(".part", ".summarizer-", path.parent)
        half = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        half.chmod(0o644)  # temporary files are their owner's alone
        half.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); check --out") from error
    finally:
        if half is not None:
            half.unlink(missing_ok=True)


def read_json(path: Path) -> object:
    """Return the JSON value in the file *path*.

    Raises:
        InputError: it cannot be read, or is not JSON.
    """
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON ({error})") from error


def read_all(paths: Iterable[Path], kinds: Sequence[str]) -> Iterator[Parsed]:
    """Yield what the files hold: one value each, or one a line in ``.jsonl`` files.

    A directory stands for the files in it that match one of *kinds*, patterns of names.

    Raises:
        InputError: a file cannot be read or is not JSON, or a directory holds no brief.
    """
    for path in paths:
        for file in _files(path, kinds):
            if file.suffix == ".jsonl":
                yield from _lines(file)
            else:
                yield Parsed(file, str(file), read_json(file))


def _files(path: Path, kinds: Sequence[str]) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted({file for pattern in kinds for file in path.glob(pattern)})
    if not found:
        raise InputError(f"{path}: no .brief.json file in this directory; give another")
    return found


def _lines(path: Path) -> Iterator[Parsed]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except ValueError as error:
        raise InputError(f"{path}: not UTF-8 ({error})") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield Parsed(path, f"{path}:{number}", json.loads(line))
            except (ValueError, RecursionError) as error:
                raise InputError(f"{path}:{number}: not JSON ({error})") from error


def parsed_as(wanted: type[T], data: object, where: object) -> T:
    """Return *data* as a value of the type *wanted*.

    Raises:
        InputError: it does not fit; the message names the first place where.
    """
    try:
        # By way of JSON, where arrays are tuples and numbers are not taken for strings.
        return TypeAdapter(wanted).validate_json(json.dumps(data))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        raise InputError(f"{where}: {place}: {first['msg']}") from error


def read_brief(path: Path) -> Brief | None:
    """Return the brief in *path*, or None when there is none that can be used."""
    try:
        return Brief.model_validate(read_json(path))
    except (InputError, ValidationError):
        return None
