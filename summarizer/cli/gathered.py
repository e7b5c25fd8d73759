"""The briefs that a dossier was fused from, kept beside it: DOSSIER.json's in DOSSIER.briefs.

A dossier holds what its briefs say together, not which brief said it in which words, so none can
be fused from it and a further brief. The briefs are kept as they were given, with what corrections
made of them, and with the user's decisions and trust; of the reports only their quotes are there.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from summarizer.brief import Brief
from summarizer.dossier import Decision, Reliability
from summarizer.errors import InputError

_VERSION = 1
_SCHEMA = """
create table briefs (id text primary key, given blob not null, fused blob, corrections text);
create table decisions (pair text primary key, decision text not null);
create table trust (name text primary key, grade text not null);
create table dossiers (sha256 text primary key);
"""
_NONE_YET = "none yet"


@dataclass(frozen=True, slots=True)
class Kept:
    """A brief as it was given, and as it was fused; ``corrections`` is the sum of those made."""

    given: Brief
    fused: Brief
    corrections: str | None = None


class Gathered:
    """What is kept beside *dossier*, for one run at a time; use as a context manager.

    Nothing that is added lasts before ``commit``. Raises InputError when another run adds to it, or
    the file is broken, none of this kind, or cannot be written.
    """

    def __init__(self, dossier: Path) -> None:
        place = Path(os.path.realpath(dossier))
        self.path = place.with_suffix(".briefs")
        if self.path == place or (place.exists() and not place.is_file()):
            raise InputError(f"{dossier}: no file for a dossier; give one such as all.dossier.json")
        with self._told():
            place.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(self.path, timeout=0, isolation_level=None)
        try:
            with self._told():
                self._base.execute("pragma locking_mode = exclusive")  # until it is closed
                self._base.execute("begin exclusive")
                self._prepare()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave it to others; what was not committed is gone, and so is a file without a brief."""
        self._base.close()
        if self.path.is_file() and not self.path.stat().st_size:
            self.path.unlink()

    @property
    def is_new(self) -> bool:
        """Whether no run has left anything there."""
        return not self._rows("select 1 from dossiers limit 1")

    def knows(self, dossier: bytes | None) -> bool:
        """Whether a run made *dossier* of what is kept; None stands for no file."""
        return bool(self._rows("select 1 from dossiers where sha256 = ?", _sum(dossier)))

    def briefs(self) -> Iterator[Kept]:
        """Yield what is kept, in order of document ids."""
        with self._told(), closing(self._base.cursor()) as cursor:
            cursor.execute("select given, fused, corrections from briefs order by id")
            for row in cursor:
                yield _kept(*row)

    def find(self, id_: str) -> Kept | None:
        """Return the brief of the document *id_*, if there is one."""
        with self._told():
            rows = self._rows("select given, fused, corrections from briefs where id = ?", id_)
            return _kept(*rows[0]) if rows else None

    def add(self, kept: Kept) -> None:
        """Keep a brief, in place of one of the same document."""
        fused = None if kept.fused == kept.given else _packed(kept.fused)
        row = (kept.given.document.id, _packed(kept.given), fused, kept.corrections)
        self._rows("insert or replace into briefs values (?, ?, ?, ?)", *row)

    def decide(self, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
        """Keep *decisions*, of which a later one on a pair wins, and return all that are kept."""
        for decision in decisions:
            sides = sorted(side.model_dump_json() for side in (decision.left, decision.right))
            row = ("\n".join((decision.kind, *sides)), decision.model_dump_json())
            if decision.verdict != "undecided":
                self._rows("insert or replace into decisions values (?, ?)", *row)
        rows = self._rows("select decision from decisions order by pair")
        return tuple(Decision.model_validate_json(row[0]) for row in rows)

    def trust(self, reliability: Mapping[str, Reliability]) -> dict[str, Reliability]:
        """Keep how far sources are trusted, and return that of all."""
        for name, grade in reliability.items():
            self._rows("insert or replace into trust values (?, ?)", name, grade)
        return dict(self._rows("select name, grade from trust order by name"))

    def commit(self, before: bytes | None, after: bytes) -> None:
        """Keep all of it for good: *after* is the dossier that will take the place of *before*.

        Both are known until ``settle``, as the run may be killed between this and that.
        """
        self._rows("delete from dossiers")
        for known in {_sum(before), _sum(after)}:
            self._rows("insert into dossiers values (?)", known)
        self._rows("commit")

    def settle(self, dossier: bytes) -> None:
        """Take note that *dossier* is written."""
        self._rows("delete from dossiers where sha256 <> ?", _sum(dossier))

    def _prepare(self) -> None:
        version = self._rows("pragma user_version")[0][0]
        if version not in (0, _VERSION) or (
            version == 0 and self._rows("select 1 from sqlite_master")
        ):
            raise sqlite3.DatabaseError("not the briefs of a dossier, or of a later version")
        if version == 0:
            for statement in _SCHEMA.split(";"):
                self._base.execute(statement)
            self._base.execute(f"pragma user_version = {_VERSION}")

    def _rows(self, statement: str, *values: object) -> list[Any]:
        with self._told():
            return self._base.execute(statement, values).fetchall()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise InputError(f"{self.path}: another run adds to it; wait for it") from error
            raise InputError(f"{self.path}: cannot be used ({error})") from error
        except (sqlite3.Error, OSError) as error:
            raise InputError(
                f"{self.path}: cannot be read ({error}); remove it, and give all briefs again"
            ) from error


def _kept(given: bytes, fused: bytes | None, corrections: str | None) -> Kept:
    brief = _unpacked(given)
    return Kept(brief, brief if fused is None else _unpacked(fused), corrections)


def _packed(brief: Brief) -> bytes:
    return zlib.compress(brief.model_dump_json().encode())


def _unpacked(data: bytes) -> Brief:
    try:
        return Brief.model_validate_json(zlib.decompress(data))
    except (zlib.error, ValueError, TypeError) as error:
        raise sqlite3.DatabaseError("a brief in it is broken") from error


def _sum(dossier: bytes | None) -> str:
    return _NONE_YET if dossier is None else hashlib.sha256(dossier).hexdigest()
