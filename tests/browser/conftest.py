"""A Chromium to look at pages with, and a watch over what a page does there.

Debian's Chromium through Playwright's Python package; neither downloads a browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium and Playwright")


@pytest.fixture(scope="module")  # while it is open an event loop runs in this thread
def chromium() -> Iterator[Browser]:
    """A running Chromium; the test is skipped where it or Playwright is missing."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if not CHROMIUM.is_file():
        pytest.skip(f"needs {CHROMIUM}: apt-get install chromium")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page on view, and all that it did beyond showing itself."""

    page: Page
    trouble: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def js(self, script: str, argument: Any = None) -> Any:
        return self.page.evaluate(script, argument)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def focused(self) -> str:
        """The element that has the focus, as one would name it."""
        name: str = self.js(
            "(({id, tagName, className, textContent: t}) => id || `${tagName}.${className}: ${t}`)"
            "(document.activeElement)"
        )
        return name


@pytest.fixture
def look(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    """Opens pages from disk; whatever they log, ask for or throw is noted."""
    contexts = []

    def opened(html: str, fragment: str = "", init: str = "", **options: Any) -> Watched:
        options.setdefault("viewport", {"width": 1440, "height": 900})
        context = chromium.new_context(**options)
        contexts.append(context)
        watched = Watched(context.new_page())
        watch(watched)
        if init:
            watched.page.add_init_script(init)
        path = tmp_path / f"{len(contexts)}.html"
        path.write_text(html, "utf-8", newline="")
        watched.page.goto(path.as_uri() + fragment)
        return watched

    yield opened
    for context in contexts:
        context.close()


def watch(watched: Watched) -> None:
    """Note what the page does."""
    page, trouble = watched.page, watched.trouble

    def dismiss(dialog: Dialog) -> None:
        trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("console", lambda message: trouble.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
    page.on("popup", lambda popup: trouble.append(f"popup: {popup.url}"))
    page.on("request", lambda request: watched.requests.append(request.url))
