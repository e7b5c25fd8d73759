"""What is built holds what runs: prompts and schemas ship inside the package, and nothing else."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import metadata
from pathlib import Path
from typing import Literal

import pytest

from summarizer.resources import data_dir

ROOT = Path(__file__).parents[1]
KINDS: tuple[Literal["prompts"], Literal["schemas"]] = ("prompts", "schemas")
ASK_BOTH = """
import summarizer
from summarizer.resources import data_dir
print(summarizer.__file__)
for kind in ("prompts", "schemas"):
    for file in sorted(data_dir(kind).iterdir(), key=lambda file: file.name):
        if file.is_file():
            print(kind, file.name, len(file.read_bytes()))
"""


def _build(what: str, into: Path) -> Path:
    command = [
        sys.executable,
        "-m",
        "build",
        what,
        "--no-isolation",
        "--outdir",
        str(into),
        str(ROOT),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = into.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _build("--wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _build("--sdist", tmp_path_factory.mktemp("sdist"))


def _data_files() -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for kind in KINDS
        for path in (ROOT / kind).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def _names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_prompts_and_schemas_and_no_code_among_them(kind: str) -> None:
    names = {name for name in _data_files() if name.startswith(kind)}

    assert names
    assert not [name for name in names if name.endswith(".py")]


def test_wheel_holds_every_prompt_and_schema_inside_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in _data_files():
            assert archive.read(f"summarizer/{name}") == (ROOT / name).read_bytes()


def test_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    top = {name.split("/")[0] for name in _names(wheel)}

    assert "summarizer" in top
    assert len(top) == 2
    assert (top - {"summarizer"}).pop().endswith(".dist-info")


def test_wheel_holds_every_module_and_table(wheel: Path) -> None:
    modules = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "summarizer").rglob("*")
        if path.is_file() and path.suffix != ".pyc" and not path.name.startswith(".")
    }

    assert "summarizer/py.typed" in modules
    assert modules <= _names(wheel)


def test_licence_is_in_wheel_and_sdist(wheel: Path, sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        in_sdist = archive.getnames()

    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in _names(wheel))
    assert any(re.fullmatch(r"[^/]+/LICENSE", name) for name in in_sdist)


def test_wheel_from_sdist_is_the_wheel_from_the_checkout(
    wheel: Path, sdist: Path, tmp_path: Path
) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
        (unpacked,) = tmp_path.iterdir()
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", str(unpacked)]
    subprocess.run(command, capture_output=True, check=True)
    (second,) = (unpacked / "dist").iterdir()

    with zipfile.ZipFile(wheel) as left, zipfile.ZipFile(second) as right:
        assert {i.filename: i.CRC for i in left.infolist()} == {
            i.filename: i.CRC for i in right.infolist()
        }


@pytest.mark.parametrize("layout", ["installed", "zipped"])
def test_prompts_and_schemas_are_found_in_the_wheel(
    wheel: Path, tmp_path: Path, layout: str
) -> None:
    where = wheel
    if layout == "installed":
        where = tmp_path / "site"
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(where)

    done = subprocess.run(
        [sys.executable, "-c", ASK_BOTH],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(where)},
        capture_output=True,
        text=True,
        check=True,
    )

    origin, *found = done.stdout.splitlines()
    assert origin.startswith(str(where))
    assert sorted(found) == sorted(
        f"{name.replace('/', ' ', 1)} {(ROOT / name).stat().st_size}"
        for name in _data_files()
        if name.count("/") == 1
    )


@pytest.mark.parametrize("kind", KINDS)
def test_prompts_and_schemas_are_found_in_the_checkout(
    kind: Literal["prompts", "schemas"],
) -> None:
    assert Path(str(data_dir(kind))) == ROOT / kind


def test_command_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["scripts"] == {"summarizer": "summarizer.cli:main"}
    assert metadata("summarizer")["Name"] == "summarizer"


def test_changelog_gives_the_reason_for_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(name for extra in extras.values() for name in extra)]
    names = {re.split(r"[\[<>=!~; ]", line, maxsplit=1)[0] for line in wanted}
    families = {re.sub(r"\d+$", "", name) for name in names}  # one line for the parts of one file

    assert [name for name in sorted(families) if f"- `{name}" not in changelog] == []
