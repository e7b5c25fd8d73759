"""What is asked, within which bounds, and what of it comes from the environment."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from summarizer.cli.arguments import parse
from summarizer.cli.settings import settings_of
from summarizer.errors import SettingsError
from summarizer.settings import Settings, user_cache

KEY = "sk-not-a-key"
URL = "http://model.test/v1"


@pytest.mark.parametrize(
    ("given", "want"),
    [
        pytest.param({}, "local", id="nothing"),
        pytest.param({"api_key": KEY}, "openai", id="key"),
        pytest.param({"base_url": URL}, "openai", id="address"),
        pytest.param({"model": "x.gguf"}, "local", id="file"),
        pytest.param({"model": "X.GGUF", "api_key": KEY}, "local", id="file, and a key for others"),
        pytest.param({"model": "x.gguf", "base_url": URL}, "openai", id="a server names its file"),
        pytest.param({"model": "large", "api_key": KEY}, "openai", id="name and key"),
        pytest.param(
            {"engine": "local", "api_key": KEY, "base_url": URL}, "local", id="said local"
        ),
        pytest.param({"engine": "openai", "model": "x.gguf"}, "openai", id="said openai"),
    ],
)
def test_engine_is_what_the_settings_come_to(given: dict[str, Any], want: str) -> None:
    assert Settings(**given).chosen_engine == want


@pytest.mark.parametrize(
    ("given", "want"),
    [
        pytest.param({}, "small", id="embedded"),
        pytest.param({"api_key": KEY}, "large", id="hosted"),
        pytest.param({"profile": "large"}, "large", id="a larger file, embedded"),
        pytest.param({"profile": "small", "base_url": URL}, "small", id="a small model, served"),
    ],
)
def test_profile_is_what_the_settings_come_to(given: dict[str, Any], want: str) -> None:
    assert Settings(**given).chosen_profile == want


def test_environment_gives_settings_and_empty_means_unset() -> None:
    environ = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": "", "SUMMARIZER_CACHE_DIR": "kept"}
    environ |= {"SUMMARIZER_ENGINE": "local", "SUMMARIZER_PROFILE": "large", "UNKNOWN": "x"}
    settings = Settings.from_env(environ)

    assert settings.api_key is not None
    assert settings.api_key.get_secret_value() == KEY
    assert (settings.base_url, settings.model) == (None, None)
    assert (settings.engine, settings.cache_dir) == ("local", Path("kept"))
    assert settings.profile == "large"


def test_limits_are_options_of_the_command() -> None:
    options = ["--timeout", "2.5", "--max-bytes", "1000"]
    settings = settings_of(parse(["summarize", "a.txt", *options]))

    assert (settings.timeout, settings.max_bytes) == (2.5, 1000)
    with pytest.raises(SettingsError, match="'timeout'"):
        settings_of(parse(["summarize", "a.txt", "--timeout", "1e9"]))


def test_key_is_not_shown() -> None:
    assert KEY not in repr(Settings.from_env({"OPENAI_API_KEY": KEY}))


@pytest.mark.parametrize(
    "given", [{"jobs": 0}, {"timeout": 0}, {"attempts": 0}, {"engine": "other"}, {"unknown": 1}]
)
def test_what_cannot_be_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Settings(**given)


@pytest.mark.parametrize(
    ("platform", "environ", "want"),
    [
        pytest.param("linux", {}, "~/.cache", id="linux"),
        pytest.param("linux", {"XDG_CACHE_HOME": "/scratch"}, "/scratch", id="xdg"),
        pytest.param("linux", {"XDG_CACHE_HOME": "relative"}, "~/.cache", id="relative xdg"),
        pytest.param("linux", {"XDG_CACHE_HOME": ""}, "~/.cache", id="empty xdg"),
        pytest.param("darwin", {"XDG_CACHE_HOME": "/x"}, "~/Library/Caches", id="macos"),
        pytest.param("win32", {}, "~/AppData/Local", id="windows"),
        pytest.param("win32", {"LOCALAPPDATA": "/local"}, "/local", id="windows, moved"),
    ],
)
def test_user_cache_is_where_the_platform_has_it(
    platform: str, environ: dict[str, str], want: str
) -> None:
    assert user_cache(environ, platform) == Path(want).expanduser()
