"""The briefs of the corpus on the hosted path: a large model's answers, recorded over HTTP.

No hosted model is at hand where this project is tested. A large language model read each prompt of
the corpus, and nothing else, and wrote its answer into a file; ``tests/hosted.py`` served these
files on loopback, and what went over the wire is in the cassettes. Token counts are estimates of
that server. To record answers anew:
``pytest -n 0 --record-mode=rewrite --answers DIR tests/test_hosted_briefs.py``, with a folder an
article in DIR and in it a file a draft (``EventsDraft.json`` ...).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import vcr  # type: ignore[import-untyped]
from conftest import CASSETTES, FOLDERS, ReadableYaml, cassette_options
from hosted import MODEL, serve_answers

from summarizer.ask import open_model
from summarizer.brief import Brief
from summarizer.evaluate import check_floors, evaluate_directory, read_floors
from summarizer.pipeline import summarize
from summarizer.read import read
from summarizer.settings import Settings
from summarizer.validate import check

CORPUS = sorted(FOLDERS["corpus"].glob("*.txt"))
FLOORS = Path(__file__).with_name("hosted_floors.json")


@pytest.fixture(scope="module")
def hosted(record_mode: str, pytestconfig: pytest.Config) -> dict[str, Brief]:
    recording = record_mode != "none"
    recorder = vcr.VCR(record_mode="all" if recording else "none", **cassette_options())
    recorder.register_serializer("yaml", ReadableYaml)
    folder = Path(pytestconfig.getoption("--answers") or ".")
    made = {}
    for path in CORPUS:
        cassette = CASSETTES / "test_hosted_briefs" / f"{path.stem}.yaml"
        if recording:
            cassette.unlink(missing_ok=True)
            with serve_answers(folder / path.stem) as url:
                made[path.stem] = brief_of(path, url, recorder, cassette)
        else:
            made[path.stem] = brief_of(path, "http://llm.test/v1", recorder, cassette)
    return made


def brief_of(path: Path, url: str, recorder: Any, cassette: Path) -> Brief:
    settings = Settings(engine="openai", base_url=url, model=MODEL)
    with (
        recorder.use_cassette(str(cassette)) as played,
        open_model(url, None, MODEL, dialect="server", settings=settings) as model,
    ):
        brief = summarize(path, settings=settings, model=model)
    assert played.record_mode.value != "none" or played.all_played
    return brief


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_every_citation_is_the_source_s_own_words(path: Path, hosted: dict[str, Brief]) -> None:
    report = check(hosted[path.stem], read(path).text)

    assert report.ok, report.findings
    assert report.checked > 100


def test_quality_never_falls_below_its_floors(hosted: dict[str, Brief], tmp_path: Path) -> None:
    for stem, brief in hosted.items():
        (tmp_path / f"{stem}.brief.json").write_text(brief.model_dump_json(), encoding="utf-8")

    scores = evaluate_directory(FOLDERS["corpus"], tmp_path).total

    assert not check_floors(scores, read_floors(FLOORS))


def test_all_questions_of_an_article_begin_alike(hosted: dict[str, Brief]) -> None:
    """What a provider's or server's prefix cache can serve of the last three questions."""
    for path in CORPUS:
        cassette = (CASSETTES / "test_hosted_briefs" / f"{path.stem}.yaml").read_text("utf-8")
        asked = ReadableYaml.deserialize(cassette)["interactions"]
        prompts = [
            each["request"]["body"] for each in asked if "Your task:" in each["request"]["body"]
        ]
        heads = {prompt.partition("Your task:")[0] for prompt in prompts}

        assert len(prompts) == 4
        assert len(heads) == 1


def test_no_model_s_word_is_called_code_s(hosted: dict[str, Brief]) -> None:
    for brief in hosted.values():
        assert brief.engine.profile == "large"
        assert brief.engine.name == "openai"
        for event in brief.events:
            assert not {"label", "participants", "realis"} & set(event.filled)
