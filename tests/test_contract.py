"""The published schemas are those of the types, byte for byte, and hold for what is written."""

import json
from pathlib import Path
from typing import Any

import pytest
from gold_briefs import brief_from_gold
from jsonschema import Draft202012Validator, ValidationError
from sample_briefs import hostile_brief, sample_brief

from summarizer.brief import Brief
from summarizer.errors import InputError
from summarizer.evaluate import read_gold
from summarizer.fuse import fuse
from summarizer.render import to_json
from summarizer.resources import data_dir
from summarizer.schema import TYPES, schema_text

ROOT = Path(__file__).parents[1]
CORPUS = sorted((ROOT / "corpus").glob("*.txt"))


def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema_text(name)))


@pytest.mark.parametrize("name", TYPES)
def test_committed_schema_is_that_of_the_types(name: str) -> None:
    """If not: ``summarizer schema --out schemas``, and say in the changelog what has changed."""
    committed = data_dir("schemas").joinpath(f"{name}.schema.json").read_bytes()

    assert committed.decode() == schema_text(name)


def test_there_is_no_other_schema() -> None:
    names = {file.name for file in (ROOT / "schemas").iterdir() if not file.name.startswith(".")}

    assert names == {f"{name}.schema.json" for name in TYPES}


@pytest.mark.parametrize("name", TYPES)
def test_schema_is_valid_json_schema(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(schema_text(name)))


def test_unknown_schema_is_an_error_that_lists_the_known() -> None:
    with pytest.raises(InputError, match=r"no schema 'briefs'.*brief, dossier, draft"):
        schema_text("briefs")


def test_sample_and_hostile_brief_fit_the_schema() -> None:
    for brief in (sample_brief(), hostile_brief()):
        _validator("brief").validate(json.loads(to_json(brief)))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_brief_of_the_corpus_fits_the_schema(path: Path) -> None:
    text = path.read_bytes().decode()
    brief = brief_from_gold(text, read_gold(path.with_suffix(".gold.json"), text))

    _validator("brief").validate(json.loads(to_json(brief)))


def test_dossier_fits_the_schema() -> None:
    dossier = fuse([sample_brief(), sample_brief(id="again", title="")])

    _validator("dossier").validate(json.loads(to_json(dossier)))


def _without(data: dict[str, Any]) -> None:
    del data["rejections"]


def _uncited(data: dict[str, Any]) -> None:
    data["events"][0]["citations"] = []


def _unnamed(data: dict[str, Any]) -> None:
    data["pledges"][0]["certainty"] = 1


def _foreign_code(data: dict[str, Any]) -> None:
    data["pledges"][0]["status"] = "promised"


@pytest.mark.parametrize("spoil", [_without, _uncited, _unnamed, _foreign_code])
def test_schema_refuses_what_the_contract_does_not_allow(spoil: Any) -> None:
    data = json.loads(to_json(sample_brief()))
    spoil(data)

    with pytest.raises(ValidationError):
        _validator("brief").validate(data)


def test_every_field_of_a_brief_is_always_there() -> None:
    for name, definition in json.loads(schema_text("brief"))["$defs"].items():
        if "properties" in definition:
            assert definition["required"] == list(definition["properties"]), name


def test_older_brief_that_does_not_say_how_its_values_came_about_still_loads() -> None:
    data = json.loads(to_json(sample_brief()))
    del data["engine"]["profile"]
    for record in (*data["actors"], *data["events"], *data["pledges"]):
        for name in ("filled", "changes", "review"):
            del record[name]

    brief = Brief.model_validate(data)

    assert [(r.filled, r.changes, r.review) for r in brief.events] == [((), (), None)]
    assert brief.engine.profile is None
