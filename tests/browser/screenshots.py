"""Make the README's pictures: ``python tests/browser/screenshots.py`` writes them beside it.

The briefs shown are those that the recorded answers of a large model give of the corpus.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

import vcr  # type: ignore[import-untyped]  # noqa: E402
from conftest import CASSETTES, FOLDERS, ReadableYaml, cassette_options  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from test_hosted_briefs import brief_of  # noqa: E402

from browser.conftest import CHROMIUM, FLAGS  # noqa: E402
from summarizer.fuse import fuse  # noqa: E402
from summarizer.page import Article, page  # noqa: E402
from summarizer.read import read  # noqa: E402

SIZE = {"width": 1280, "height": 800}
SHOTS = (
    ("brief-light.png", "brief", "light", "#5.p1"),
    ("dossier-dark.png", "dossier", "dark", ""),
)


def main() -> None:
    """Write both pictures."""
    recorder = vcr.VCR(record_mode="none", **cassette_options())
    recorder.register_serializer("yaml", ReadableYaml)
    articles = []
    for path in sorted(FOLDERS["corpus"].glob("*.txt")):
        cassette = CASSETTES / "test_hosted_briefs" / f"{path.stem}.yaml"
        brief = brief_of(path, "http://llm.test/v1", recorder, cassette)
        articles.append(Article(brief, read(path).text))
    dossier = fuse([article.brief for article in articles])
    pages = {"brief": page(articles), "dossier": page(articles, dossier)}
    target = HERE / "screenshots"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for name, which, scheme, at in SHOTS:
            file = Path(folder) / f"{which}.html"
            file.write_text(pages[which], "utf-8")
            view = browser.new_page(viewport=SIZE, color_scheme=scheme)  # type: ignore[arg-type]
            view.goto(f"{file.as_uri()}{at}")
            view.wait_for_timeout(500)
            view.screenshot(path=target / name)
        browser.close()


if __name__ == "__main__":
    main()
