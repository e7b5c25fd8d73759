"""Run the embedded model: a GGUF file in, the address of a server on this machine out.

The server is a process of its own (``child.py``): whatever happens in it, and whatever request is
in flight, this process can end it at once.
"""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from summarizer.engine import child
from summarizer.errors import ModelUnavailable

STARTUP_SECONDS = 300.0  # a gigabyte from a slow disk takes one minute; a larger model, a few
_MESSAGES = 100  # kept to explain a failure: loading a bad file gives a dozen
_MESSAGE_LENGTH = 300  # enough for any cause; a rejected grammar brings the document's words along
_DYING_SECONDS = 0.5  # from the end of its sockets to the end of a process, on a busy machine
_DIRECTORY = re.compile(r"(?:[A-Za-z]:)?[\\/](?:[^\s'\"\\/]{1,255}[\\/])+")
_TIME_STAMP = re.compile(r"^[\d.]+ [A-Z] ")

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask: an OpenAI-compatible API, and the name of the one model it has."""

    base_url: str
    api_key: str = field(repr=False)
    model: str


@contextmanager
def serve(
    weights_path: Path,
    *,
    alias: str,
    context_tokens: int = 8192,
    threads: int | None = None,
    startup_seconds: float = STARTUP_SECONDS,
) -> Iterator[Endpoint]:
    """Run the model of *weights_path* for as long as the block lasts.

    It listens on a free port of the loopback interface only and wants a key made for this run;
    answers name the model *alias*. *threads* defaults to the processors at hand. What the engine
    complains of is logged as a warning: a grammar that does not compile shows in no other way.

    Raises:
        ModelUnavailable: The runtime is not installed, the model cannot be loaded, or the engine
            died, also when the block fails with this error because of that.
    """
    key = secrets.token_hex(16)
    options = {
        "path": str(weights_path.absolute()),
        "alias": alias,
        "context_tokens": context_tokens,
        "threads": threads or _processors(),
        "key": key,
    }
    with _running_child() as engine:
        report = _start(engine.process, options, startup_seconds)
        if "address" not in report:
            raise ModelUnavailable(_failure(engine, alias, report))
        engine.serving.set()
        try:
            yield Endpoint(f"{report['address']}/v1", key, alias)
        except ModelUnavailable as error:
            if not _has_ended(engine.process):
                raise
            raise ModelUnavailable(_failure(engine, alias, {})) from error


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Tell whether *process* has ended or is about to: its sockets are closed before it is gone."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(_DYING_SECONDS)
        return True
    return False


@dataclass(frozen=True, slots=True)
class _Child:
    """The process, whether it serves yet, and what it complained of, read by a thread."""

    process: subprocess.Popen[bytes]
    serving: threading.Event
    messages: deque[str]
    reader: threading.Thread


@contextmanager
def _running_child() -> Iterator[_Child]:
    """Start a child that Ctrl-C does not reach; end it with the block."""
    process = subprocess.Popen(
        # -P: the files beside it must not pass for modules that it imports.
        [sys.executable, "-P", child.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # the same on Windows
    )
    serving, messages = threading.Event(), deque[str](maxlen=_MESSAGES)
    reader = threading.Thread(target=_listen, args=(process.stderr, serving, messages), daemon=True)
    with process:
        reader.start()
        try:
            yield _Child(process, serving, messages, reader)
        finally:
            process.kill()  # it has nothing to save, and a request in flight would hold it
            reader.join()


def _listen(stream: IO[bytes], serving: threading.Event, messages: deque[str]) -> None:
    for line in stream:
        message = _presentable(line.decode("utf-8", "replace"))
        if message and not line[:1].isspace():  # indented lines repeat the rejected input
            messages.append(message)
            if serving.is_set():  # before, it is told as the error
                _logger.warning("embedded engine: %s", message)


def _start(
    process: subprocess.Popen[bytes], options: dict[str, object], seconds: float
) -> dict[str, str]:
    """Return what the child says of its start, or nothing if it dies.

    The options go by pipe: a command line or environment would show the key to others.
    """
    assert process.stdin
    assert process.stdout
    began = time.monotonic()
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        with suppress(OSError):  # a child that is dead already gives no answer either
            # Not by the file object: closing that would try again to write what was left.
            os.write(process.stdin.fileno(), json.dumps(options).encode("ascii") + b"\n")
        line = process.stdout.readline()
    finally:
        timer.cancel()
    if line:
        return dict(json.loads(line))
    if time.monotonic() - began >= seconds:
        return {"error": f"it took more than {seconds:g} seconds"}
    return {}


def _failure(engine: _Child, model: str, report: dict[str, str]) -> str:
    """Say in one line, without directories of this machine, why there is no engine (any more)."""
    if report.get("missing") == "xllamacpp":
        return (
            "the runtime of the embedded model is not installed: "
            "pip install 'summarizer[local]', or set OPENAI_API_KEY or --base-url"
        )
    code = engine.process.wait()
    engine.reader.join()
    if "error" in report:
        first = list(engine.messages)[:1]  # what follows are its consequences
        what = f"cannot load {model}: {'; '.join([_presentable(report['error']), *first])}"
    else:
        last = list(engine.messages)[-1:]
        what = f"ended while it ran {model}: {'; '.join([_ending(code), *last])}"
    return (
        f"the embedded engine {what} (give a smaller or sound model by --model, "
        "or set OPENAI_API_KEY or --base-url)"
    )


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    if code == -9:
        return "killed, most likely because memory ran out"
    return signal.strsignal(-code) or f"signal {-code}"


def _presentable(message: str) -> str:
    """Return *message* without time stamp, directories and control characters, and not too long."""
    printable = "".join(c if c.isprintable() else " " for c in message[: 2 * _MESSAGE_LENGTH])
    bare = _DIRECTORY.sub("", _TIME_STAMP.sub("", printable))
    return bare.strip()[:_MESSAGE_LENGTH]


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):  # a container may own fewer than the machine has
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
