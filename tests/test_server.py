"""The embedded engine's process: how it starts, what it says when it fails, how it ends.

A stand-in for xllamacpp, found by the child through PYTHONPATH, behaves as its model's name says.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.engine.server import Endpoint, _presentable, serve
from summarizer.errors import ModelOutputError, ModelUnavailable

STAND_IN = """
import fcntl, json, os, signal, sys, threading, time
from pathlib import Path
from types import SimpleNamespace

class CommonParams(SimpleNamespace):
    def __init__(self):
        super().__init__(
            model=SimpleNamespace(path=""),
            cpuparams=SimpleNamespace(),
            cpuparams_batch=SimpleNamespace(),
            sampling=SimpleNamespace(),
        )

class Server:
    def __init__(self, params):
        here = Path(__file__).parent
        self.lock = open(here / "alive", "w")
        fcntl.flock(self.lock, fcntl.LOCK_EX)       # held until this process is gone
        self.listening_address = "http://127.0.0.1:4321"
        plain = {k: dict(vars(v)) if isinstance(v, SimpleNamespace) else v
                 for k, v in vars(params).items()}
        plain["model_alias"] = sorted(params.model_alias)
        seen = {"pid": os.getpid(), "argv": sys.orig_argv, "environ": dict(os.environ),
                "params": plain}
        (here / "seen.part").write_text(json.dumps(seen))
        (here / "seen.part").rename(here / "seen")
        behave(Path(params.model.path), here)
        self.serves = True

    def __del__(self):
        if hasattr(self, "serves"):
            time.sleep(60)                          # as with a request in flight

def behave(path, here):
    kind = path.stem
    if kind == "bad":
        os.write(2, f"0.01.2 E gguf: {path} has version 9\\n0.01.3 E it follows\\n".encode())
        raise RuntimeError("Failed to init server, please check the input params.")
    if kind == "incompatible":
        raise ImportError(f"{path.parent}/libgomp.so.1: cannot open shared object file")
    if kind == "renamed":
        raise AttributeError("no attribute 'n_ctx'")
    if kind == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "illegal":
        os.kill(os.getpid(), signal.SIGILL)
    if kind == "quits":
        os._exit(3)
    if kind == "slow":
        time.sleep(60)
    if kind == "chatty":
        os.write(1, b'{"address": "http://wrong"}\\n')
        os.write(2, b"E " + b"x" * 3_000_000 + b"\\n")
    if kind == "complains":
        threading.Thread(target=complain, args=(here,), daemon=True).start()

def complain(here):
    while not (here / "asked").exists():
        time.sleep(0.01)
    os.write(2, b"0.27.3 E llg error: Unimplemented keys\\n   1 | words of the document\\n\\n")
"""


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    directory = tmp_path / "runtime"
    directory.mkdir()
    directory.joinpath("xllamacpp.py").write_text(STAND_IN)
    monkeypatch.setenv("PYTHONPATH", str(directory))
    return directory


def seen(runtime: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((runtime / "seen").read_text())
    return found


def wait_until(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return condition()


def is_running(runtime: Path) -> bool:
    with (runtime / "alive").open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


# --- serving ---------------------------------------------------------------------------------


def test_engine_runs_for_as_long_as_the_block(runtime: Path) -> None:
    with serve(Path("good.gguf"), alias="good") as endpoint:
        assert endpoint == Endpoint("http://127.0.0.1:4321/v1", endpoint.api_key, "good")
        assert is_running(runtime)
    assert not is_running(runtime)


def test_engine_is_set_up_for_one_reader_on_this_machine(runtime: Path, tmp_path: Path) -> None:
    path = tmp_path / "Türkçe \udcff.gguf"
    with serve(path, alias="a", context_tokens=4096, threads=3) as endpoint:
        params = seen(runtime)["params"]
    assert params == {
        "model": {"path": str(path)},
        "model_alias": ["a"],
        "n_ctx": 4096,
        "n_parallel": 1,
        "cpuparams": {"n_threads": 3},
        "cpuparams_batch": {"n_threads": 3},
        "cache_ram_mib": 512,
        "sampling": {"seed": 0},
        "verbosity": 1,
        "hostnames": ["127.0.0.1"],
        "port": 0,
        "api_keys": [endpoint.api_key],
    }


def test_threads_default_to_at_least_one(runtime: Path) -> None:
    with serve(Path("good.gguf"), alias="good"):
        assert seen(runtime)["params"]["cpuparams"]["n_threads"] >= 1


def test_key_is_new_each_time_and_unseen_by_others(runtime: Path) -> None:
    keys = []
    for _ in range(2):
        with serve(Path("good.gguf"), alias="good") as endpoint:
            keys.append(endpoint.api_key)
            child = seen(runtime)
            assert endpoint.api_key not in json.dumps([child["argv"], child["environ"]])
            assert endpoint.api_key not in repr(endpoint)
    assert keys[0] != keys[1]
    assert min(map(len, keys)) >= 32


def test_what_native_code_prints_is_not_taken_for_the_address(runtime: Path) -> None:
    with serve(Path("chatty.gguf"), alias="chatty") as endpoint:
        assert endpoint.base_url == "http://127.0.0.1:4321/v1"


def test_modules_of_the_working_directory_are_not_run(
    runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name in ("json.py", "xllamacpp.py"):
        articles.joinpath(name).write_text("raise SystemExit('run')")
    monkeypatch.chdir(articles)
    with serve(Path("good.gguf"), alias="good"):
        assert is_running(runtime)


def test_complaint_while_serving_is_logged_without_the_document(
    runtime: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serve(Path("complains.gguf"), alias="complains"):
        (runtime / "asked").touch()
        assert wait_until(lambda: bool(caplog.messages))
    assert caplog.messages == ["embedded engine: llg error: Unimplemented keys"]


# --- failing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        pytest.param(
            "bad", "cannot load bad: Failed to init .*; gguf: bad.gguf has version 9 ", id="bad"
        ),
        pytest.param(
            "incompatible", "cannot load incompatible: libgomp.so.1: cannot open", id="library"
        ),
        pytest.param("renamed", "exit code 1; AttributeError: no attribute", id="new release"),
        pytest.param("killed", "ended .*: killed, most likely because memory ran", id="killed"),
        pytest.param("illegal", "ended .*: Illegal instruction", id="old processor"),
        pytest.param("quits", "ended while it ran quits: exit code 3 ", id="quits"),
    ],
)
def test_failed_start_is_one_clear_line(
    runtime: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    kind: str,
    message: str,
) -> None:
    with pytest.raises(ModelUnavailable) as caught, serve(tmp_path / f"{kind}.gguf", alias=kind):
        pytest.fail("it started")
    said = str(caught.value)
    assert re.search(message, said), said
    assert "--model" in said
    assert "\n" not in said
    assert str(tmp_path) not in said
    assert caplog.messages == []
    assert not is_running(runtime)


def test_runtime_that_is_not_installed_names_the_extra(runtime: Path) -> None:
    runtime.joinpath("xllamacpp.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'xllamacpp'\", name='xllamacpp')"
    )
    with (
        pytest.raises(ModelUnavailable, match=r"pip install 'summarizer\[local\]'"),
        serve(Path("good.gguf"), alias="good"),
    ):
        pytest.fail("it started")


def test_module_that_the_runtime_misses_is_not_taken_for_the_runtime(runtime: Path) -> None:
    runtime.joinpath("xllamacpp.py").write_text("import a_missing_dependency")
    with (
        pytest.raises(ModelUnavailable, match="No module named 'a_missing_dependency'"),
        serve(Path("good.gguf"), alias="good"),
    ):
        pytest.fail("it started")


def test_start_that_takes_too_long_is_given_up(runtime: Path) -> None:
    began = time.monotonic()
    with (
        pytest.raises(ModelUnavailable, match=r"cannot load slow: it took more than 0\.5 seconds"),
        serve(Path("slow.gguf"), alias="slow", startup_seconds=0.5),
    ):
        pytest.fail("it started")
    assert not is_running(runtime)
    assert time.monotonic() - began < 30  # it would be up in a minute


def test_engine_that_dies_meanwhile_explains_the_failure(runtime: Path) -> None:
    def ask_the_dead() -> None:
        with serve(Path("good.gguf"), alias="good"):
            os.kill(seen(runtime)["pid"], signal.SIGKILL)
            raise ModelUnavailable("connection refused")  # told before its process is gone

    with pytest.raises(ModelUnavailable, match="memory ran out") as caught:
        ask_the_dead()
    assert str(caught.value.__cause__) == "connection refused"


@pytest.mark.parametrize("error", [ModelUnavailable("timeout"), ModelOutputError("cut off")])
def test_other_failures_of_the_block_pass_unchanged(runtime: Path, error: Exception) -> None:
    with pytest.raises(type(error)) as caught, serve(Path("good.gguf"), alias="good"):
        raise error
    assert caught.value is error
    assert not is_running(runtime)


@pytest.mark.parametrize(
    ("message", "want"),
    [
        pytest.param(
            "E loading '/home/me/my models/x.gguf'", "E loading 'my models/x.gguf'", id="posix"
        ),
        pytest.param(r"from C:\Users\me\x.gguf", "from x.gguf", id="windows"),
        pytest.param("0.00.007.779 E too big", "too big", id="time stamp"),
        pytest.param("a\x1b[2Jb\u202ec\n", "a [2Jb c", id="control characters"),
        pytest.param("/" * 100_000, "/" * 300, id="slashes"),
        pytest.param("/a" * 100_000, "a", id="deep"),
    ],
)
def test_messages_are_presentable(message: str, want: str) -> None:
    assert _presentable(message) == want


# --- ending ----------------------------------------------------------------------------------

PARENT = """
import sys, time
from pathlib import Path
from summarizer.engine.server import serve

try:
    with serve(Path(sys.argv[1]), alias="a"):
        while True:
            try:
                print("serving", flush=True)
                time.sleep(60)
            except KeyboardInterrupt:
                if sys.argv[2] == "stay":
                    continue
                raise
except KeyboardInterrupt:
    sys.exit(130)
"""


def _heed_signals() -> None:
    """Undo what is inherited: background jobs ignore interrupts, those under nohup hang-ups."""
    for sent in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(sent, signal.SIG_DFL)


@pytest.fixture
def parent(runtime: Path) -> Any:
    started: list[subprocess.Popen[str]] = []

    def start(model: str, behaviour: str = "leave") -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", PARENT, model, behaviour],
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=_heed_signals,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_engine_ends_with_a_killed_parent(
    runtime: Path, parent: Callable[..., subprocess.Popen[str]], sent: signal.Signals
) -> None:
    process = parent("good.gguf")
    assert process.stdout
    assert process.stdout.readline() == "serving\n"
    assert is_running(runtime)
    process.send_signal(sent)
    assert wait_until(lambda: not is_running(runtime))


def test_engine_that_still_loads_ends_with_a_killed_parent(
    runtime: Path, parent: Callable[..., subprocess.Popen[str]]
) -> None:
    process = parent("slow.gguf")
    assert wait_until((runtime / "seen").exists)
    process.kill()
    assert wait_until(lambda: not is_running(runtime))


@pytest.mark.parametrize("model", ["good.gguf", "slow.gguf"])
def test_interrupt_ends_parent_and_engine(
    runtime: Path, parent: Callable[..., subprocess.Popen[str]], model: str
) -> None:
    process = parent(model)
    assert wait_until((runtime / "seen").exists)
    if model == "good.gguf":
        assert process.stdout
        process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(20) == 130
    assert not is_running(runtime)


def test_interrupt_that_the_parent_survives_leaves_the_engine_alone(
    runtime: Path, parent: Callable[..., subprocess.Popen[str]]
) -> None:
    process = parent("good.gguf", "stay")
    assert process.stdout
    assert process.stdout.readline() == "serving\n"
    assert os.getpgid(seen(runtime)["pid"]) != os.getpgid(process.pid)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    assert process.stdout.readline() == "serving\n"
    assert is_running(runtime)
