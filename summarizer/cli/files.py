"""Files of briefs: where they go, writing them whole or not at all, and reading them again."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from summarizer.errors import InputError
from summarizer.read import bytes_of

T = TypeVar("T")
BRIEFS = ("*.brief.json", "*.brief.jsonl")
DOSSIERS = ("*.dossier.json",)

_HALF = ".summarizer-{}.part"
_LONGEST_NAME = 255  # bytes, on all common file systems
_SUM = 8  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class Parsed:
    """One JSON value of a file; ``name`` tells which, for messages.

    With a ``fault`` there is no value, as it could not be read.
    """

    path: Path
    name: str
    data: object
    fault: InputError | None = None


def brief_names(documents: Sequence[Path]) -> dict[Path, str]:
    """Return for each document the name of its brief, without ending, no two the same.

    It is the document's stem. Documents with equal stems take their full name, then
    one directory after the other in front, until they differ: ``2024.visit.txt``.
    Names that differ only in case or Unicode composition count as equal, as some disks have it.
    """
    levels = dict.fromkeys(documents, 0)
    for _ in range(max((len(path.absolute().parts) for path in documents), default=0) + 1):
        names = {path: _name(path, level) for path, level in levels.items()}
        same = defaultdict(list)
        for path, name in names.items():
            same[folded(name)].append(path)
        clashing = [path for paths in same.values() if len(paths) > 1 for path in paths]
        if not clashing:
            return names
        for path in clashing:
            levels[path] += 1
    raise InputError(f"{clashing[0]} and {clashing[1]} would share one brief: summarize them apart")


def folded(name: str) -> str:
    """Return what names of files have in common that some disks take for the same."""
    return unicodedata.normalize("NFC", name).casefold()


def fitting(name: str, ending: str) -> str:
    """Return *name* with its ending; one too long for a file is cut and told apart by its sum."""
    data, room = os.fsencode(name), _LONGEST_NAME - len(ending)
    if len(data) > room:
        known = hashlib.sha256(data).hexdigest()[:_SUM]
        name = f"{data[: room - _SUM - 1].decode('utf-8', 'ignore')}~{known}"
    return name + ending


def _name(path: Path, level: int) -> str:
    if str(path) == "-":
        return "stdin"
    return ".".join(path.absolute().parts[1:][-level:]) if level else path.stem


def write_whole(path: Path, content: str | bytes, *, option: str = "--out") -> None:
    """Write *content* to *path* so that a reader finds the old file or the new one, never a part.

    A link stays one, and what is no file, such as ``/dev/null`` or a pipe, is written into.

    Raises:
        InputError: it cannot be written there.
    """
    try:
        place = Path(os.path.realpath(path))
        place.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        if _is_device(place):
            _write_into(place, data)
        else:
            with _half_written(place.parent) as half:
                with half.open("xb") as stream:
                    stream.write(data)
                half.replace(place)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path}: cannot be written ({reason}); check {option}") from error


def try_directory(directory: Path, characters: int = 1) -> None:
    """Make sure that files of some *characters* can be written into *directory*.

    Removes what a run that was killed has left there half written.

    Raises:
        InputError: nothing can be written there.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for half in directory.glob(_HALF.format("*")):
            writer = half.name.split("-")[1]
            if writer.isdecimal() and not _is_running(int(writer)):
                half.unlink(missing_ok=True)
        with _half_written(directory) as half, half.open("x", encoding="utf-8") as stream:
            stream.write(" " * characters)
    except FileExistsError as error:
        raise InputError(f"{directory}: a file, not a directory; check --out") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{directory}: cannot be written ({reason}); check --out") from error


@contextmanager
def _half_written(directory: Path) -> Iterator[Path]:
    """Give the name of a file to write, which is gone afterwards."""
    half = directory / _HALF.format(f"{os.getpid()}-{secrets.token_hex(4)}")
    try:
        yield half
    finally:
        half.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    if os.name != "posix":  # asking elsewhere would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _is_device(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _write_into(path: Path, data: bytes) -> None:
    # Opened as a file, a pipe that nobody reads would be waited for forever.
    handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
    os.set_blocking(handle, True)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)


def read_json(path: Path) -> object:
    """Return the JSON value in the file *path*.

    Raises:
        InputError: it cannot be read, or is not JSON.
    """
    return _parsed(bytes_of(path), path)


def _parsed(data: bytes, name: object) -> object:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: not JSON ({error})") from error


def read_all(paths: Iterable[Path], kinds: Sequence[str]) -> Iterator[Parsed]:
    """Yield what the files hold: one value each, or one a line in ``.jsonl`` files.

    A directory stands for the files in it that match one of *kinds*, patterns of names.

    Raises:
        InputError: a file cannot be read or is not JSON, or a directory holds no brief.
    """
    for parsed in read_each(paths, kinds):
        if parsed.fault:
            raise parsed.fault
        yield parsed


def read_each(paths: Iterable[Path], kinds: Sequence[str]) -> Iterator[Parsed]:
    """Yield the same as ``read_all``, and what cannot be read with its fault."""
    for path in paths:
        try:
            files = _files(path, kinds)
        except InputError as error:
            yield Parsed(path, str(path), None, error)
            continue
        for file in files:
            yield from _values(file)


def _values(file: Path) -> Iterator[Parsed]:
    try:
        data = bytes_of(file)
    except InputError as error:
        yield Parsed(file, str(file), None, error)
        return
    if file.suffix != ".jsonl":
        yield _value(file, str(file), data)
        return
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            yield _value(file, f"{file}:{number}", line)


def _value(file: Path, name: str, data: bytes) -> Parsed:
    try:
        return Parsed(file, name, _parsed(data, name))
    except InputError as error:
        if file.suffix in (".json", ".jsonl"):
            return Parsed(file, name, None, error)
    told = "not JSON, as briefs are; give the .brief.json file that summarize wrote"
    return Parsed(file, name, None, InputError(f"{name}: {told}"))


def _files(path: Path, kinds: Sequence[str]) -> list[Path]:
    if not os.path.isdir(path):  # noqa: PTH112 (unlike Path's it never raises)
        return [path]
    found = sorted({file for pattern in kinds for file in path.glob(pattern)})
    if not found:
        raise InputError(f"{path}: no {kinds[0]} file in this directory; give another")
    return found


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
