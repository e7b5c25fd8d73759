"""The listing of the package is the architecture; these tests keep it so."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOP_LEVEL = {
    *("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"),
    *("summarizer", "prompts", "schemas", "tests", "cassettes", "corpus"),
}
# What users and cassettes see must neither name a machine nor hold a key.
PUBLISHED = ["cassettes", "README.md", "summarizer", "prompts", "schemas"]
MACHINE_PATH = re.compile(r"(?<![\w.~])/(?:root|home|work|tmp|Users)/[a-z]")
SECRET = re.compile(r"\bsk-[A-Za-z0-9_-]{20,}|authorization: *Bearer", re.IGNORECASE)


def _tracked(*paths: str) -> list[str]:
    done = subprocess.run(
        ["git", "ls-files", "-z", "--", *paths], cwd=ROOT, capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("not a git checkout")
    return [name.decode() for name in done.stdout.split(b"\0") if name]


def _lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    run = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    return subprocess.run(
        [sys.executable, "-c", run], cwd=root, capture_output=True, text=True, check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "summarizer", tmp_path / "summarizer", ignore=shutil.ignore_patterns(".*", "__py*")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_package_keeps_its_layers(copy: Path) -> None:
    done = _lint_imports(copy)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "wrong_import"),
    [
        ("read/__init__.py", "from summarizer import segment"),
        ("source.py", "from summarizer import brief"),
        ("engine/__init__.py", "from summarizer import pipeline"),
        ("segment/kinds.py", "import openai"),
        ("cli/__init__.py", "import instructor"),
        ("assist/tools.py", "import mcp"),
    ],
)
def test_wrong_import_breaks_a_contract(copy: Path, module: str, wrong_import: str) -> None:
    path = copy / "summarizer" / module
    path.write_text(f"{path.read_text('utf-8')}\n{wrong_import}\n", "utf-8")

    done = _lint_imports(copy)

    assert done.returncode != 0
    assert "BROKEN" in done.stdout


def test_module_without_a_place_breaks_the_contract(copy: Path) -> None:
    (copy / "summarizer" / "helpers.py").write_text('"""Anything."""\n', "utf-8")

    assert _lint_imports(copy).returncode != 0


@pytest.mark.parametrize("module", ["summarizer", "summarizer.cli"])
def test_import_is_cheap(module: str) -> None:
    heavy = {"openai", "instructor", "tenacity", "xllamacpp", "starlette", "uvicorn", "mcp"}
    ask = f"import sys, {module}; print(*sorted(sys.modules))"

    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)

    assert heavy & set(done.stdout.split()) == set()


def test_one_module_reads_the_environment() -> None:
    readers = [
        path.name
        for path in (ROOT / "summarizer").rglob("*.py")
        if re.search(r"\benviron\b|getenv", path.read_text("utf-8"))
    ]

    assert readers == ["settings.py"]


def test_top_level_holds_only_what_belongs_there() -> None:
    names = {name.split("/")[0] for name in _tracked()}

    assert {name for name in names if not name.startswith(".")} - TOP_LEVEL == set()


def test_no_lock_file_is_tracked() -> None:
    locks = re.compile(r"(?:^|/)(?:uv\.lock|poetry\.lock|pylock.*\.toml)$")

    assert [name for name in _tracked() if locks.search(name)] == []


@pytest.mark.parametrize("pattern", [MACHINE_PATH, SECRET], ids=["machine path", "secret"])
def test_published_files_name_no_machine_and_no_key(pattern: re.Pattern[str]) -> None:
    found = [
        f"{name}: {match[0]}"
        for name in _tracked(*PUBLISHED)
        if (ROOT / name).is_file()
        for match in pattern.finditer((ROOT / name).read_bytes().decode("utf-8", "replace"))
    ]

    assert found == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (MACHINE_PATH, "uri: file:///home/someone/model.gguf"),
        (MACHINE_PATH, "see /tmp/x"),
        (SECRET, "Authorization: Bearer x"),
        (SECRET, "key sk-" + "a1" * 12),
    ],
)
def test_patterns_find_what_they_look_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)
