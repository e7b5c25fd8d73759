"""What leaves for other programs: every quote found again, every record counted, nothing that runs.

The gold briefs of the corpus, the dossier made of them and a brief with a value in every field go
through every format and are read back with csv, json, pyarrow, JSON Schema and Markdown.
"""

from __future__ import annotations

import csv
import dataclasses
import importlib
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from dossier_measures import GOLD, text_of
from hostile_texts import HOSTILE
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from sample_briefs import SAMPLE, sample_brief
from test_fuse_gold import brief_of, gold_dossier

from summarizer import Brief
from summarizer.cli import main
from summarizer.cli.formats import FORMATS
from summarizer.dossier import Dossier, FusedEvent, FusedPledge
from summarizer.export.cells import guarded, to_csv, unguarded
from summarizer.export.records import table_of
from summarizer.export.table import Held, Table, Written
from summarizer.render import to_json
from summarizer.source import Document
from summarizer.validate import check

TABLES = ("kiel", "sipri", "acled")
SCHEMA = {
    "type": "object",
    "required": ["@context", "id", "type", "total", "first"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "type": {"const": "AnnotationCollection"},
        "id": {"$ref": "#/$defs/iri"},
        "total": {"type": "integer", "minimum": 0},
        "first": {
            "type": "object",
            "required": ["id", "type", "items", "startIndex"],
            "properties": {
                "type": {"const": "AnnotationPage"},
                "items": {"type": "array", "items": {"$ref": "#/$defs/annotation"}},
            },
        },
    },
    "$defs": {
        "iri": {
            "type": "string",
            "pattern": r"^(https?://|urn:uuid:|ni:///sha-256;)[^\s<>\"{}|^`]+$",
        },
        "annotation": {
            "type": "object",
            "required": ["id", "type", "motivation", "body", "target"],
            "properties": {
                "id": {"$ref": "#/$defs/iri"},
                "type": {"const": "Annotation"},
                "motivation": {"enum": ["describing", "identifying", "classifying", "linking"]},
                "body": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "required": ["type", "value"],
                        "properties": {
                            "type": {"const": "TextualBody"},
                            "value": {"type": "string"},
                            "format": {"const": "text/plain"},
                            "purpose": {"enum": ["classifying", "describing", "identifying"]},
                        },
                    },
                },
                "target": {
                    "type": "object",
                    "required": ["type", "source", "selector"],
                    "properties": {
                        "type": {"const": "SpecificResource"},
                        "source": {
                            "type": "object",
                            "required": ["id", "type"],
                            "properties": {"id": {"$ref": "#/$defs/iri"}},
                        },
                        "selector": {
                            "type": "array",
                            "prefixItems": [
                                {
                                    "required": ["type", "exact"],
                                    "properties": {
                                        "type": {"const": "TextQuoteSelector"},
                                        "exact": {"type": "string", "minLength": 1},
                                        "prefix": {"type": "string"},
                                        "suffix": {"type": "string"},
                                    },
                                    "additionalProperties": False,
                                },
                                {
                                    "required": ["type", "start", "end"],
                                    "properties": {
                                        "type": {"const": "TextPositionSelector"},
                                        "start": {"type": "integer", "minimum": 0},
                                        "end": {"type": "integer", "minimum": 1},
                                    },
                                    "additionalProperties": False,
                                },
                            ],
                            "items": False,
                            "minItems": 2,
                        },
                    },
                },
            },
        },
    },
}
"""The part of the Web Annotation Data Model (W3C, 2017) that collections of text quotes use."""


@lru_cache
def texts() -> dict[str, str]:
    """Every report by checksum."""
    found = [SAMPLE, *map(text_of, GOLD["docs"])]
    return {Document(text).sha256: text for text in found}


@lru_cache
def held(name: str) -> tuple[Held, ...]:
    if name == "dossier":
        return (gold_dossier(),)
    return (sample_brief(), *map(brief_of, GOLD["docs"]))


def exported(to: str, table: Table, *, everything: bool = True) -> Written:
    written: Written = importlib.import_module(FORMATS[to].module).write(
        table, everything=everything
    )
    return written


def rows_of(data: str | bytes) -> list[dict[str, str]]:
    assert isinstance(data, str)
    return list(csv.DictReader(io.StringIO(data, newline=""), strict=True))


def records(name: str, kind: str) -> int:
    return sum(len(getattr(each, kind)) for each in held(name))


def items(name: str) -> int:
    return sum(max(1, len(pledge.items)) for each in held(name) for pledge in each.pledges)


both = pytest.mark.parametrize("name", ["briefs", "dossier"])


@both
@pytest.mark.parametrize("to", TABLES)
def test_every_quote_of_a_csv_stands_in_its_report(to: str, name: str) -> None:
    table = table_of(held(name))
    reports = {info.id: texts()[info.sha256] for each in held(name) for info in infos(each)}

    rows = rows_of(exported(to, table).data)

    assert rows
    for row in rows:
        text = reports[row["document"]]
        assert text[int(row["start"]) : int(row["end"])] == unguarded(row["quote"])
        for other in filter(None, row["other citations"].split("; ")):
            id_, _, span = other.rpartition(":")
            assert reports[id_][slice(*map(int, span.split("-")))].strip()
        assert list(row)[-4:] == ["cited source", "quote", "start", "end"]


def infos(each: Held) -> Iterator[Any]:
    yield from (
        [each.document] if isinstance(each, Brief) else [s.document for s in each.documents]
    )


@both
@pytest.mark.parametrize(("to", "kind"), [("kiel", None), ("sipri", None), ("acled", "events")])
def test_rows_and_what_is_left_out_are_all_there_is(to: str, kind: str | None, name: str) -> None:
    table = table_of(held(name))
    total = records(name, kind) if kind else items(name)

    written = exported(to, table, everything=False)

    assert len(rows_of(written.data)) == written.entries
    assert written.entries + written.left_out.total() == total
    assert exported(to, table).entries == total


@pytest.mark.parametrize("to", TABLES)
def test_columns_have_names_of_their_own(to: str) -> None:
    head = str(exported(to, table_of([])).data).splitlines()[0].split(",")

    assert len(set(head)) == len(head)


def test_tracker_is_not_told_of_a_plan_as_if_it_were_a_commitment() -> None:
    written = exported("kiel", table_of([sample_brief()]), everything=False)

    assert written.entries == 0
    assert written.left_out == {"reported_planned, no commitment": 1}


def with_pledge(**changes: Any) -> Table:
    brief = sample_brief()
    pledge = brief.pledges[0].model_copy(update=changes)
    return table_of([brief.model_copy(update={"pledges": (pledge,)})])


DELIVERED = {"status": "delivered", "kiel": "delivery", "sipri_eligible": True}
(ITEM,) = sample_brief().pledges[0].items


def test_kiel_row_says_what_is_known_and_undisclosed_for_the_rest() -> None:
    unknown = ITEM.model_copy(update={"quantity": None, "quantity_max": None, "unroca": "VIIb"})

    first, second = rows_of(exported("kiel", with_pledge(**DELIVERED, items=(ITEM, unknown))).data)

    assert (first["No. of Units"], first["No. of Units Delivered"]) == ("20 to 40", "20 to 40")
    assert (second["No. of Units"], second["Sub-type of item"]) == ("undisclosed", "MANPADS")
    assert first["Measure"] == "Allocation"
    assert first["Source for Delivery"] == "https://example.org/drones"
    assert [first["ID"], first["Announcement Date"]] == ["", ""]
    assert [first["record"], first["hedges"]] == ["drones/p1", "reportedly"]


@pytest.mark.parametrize(
    ("quantity", "most", "units"),
    [(20, 40, "20 to 40"), (None, 25, "up to 25"), (7, 7, "7"), (7, None, "7"), (0, None, "0")],
)
def test_kiel_row_keeps_a_range_as_one(quantity: int | None, most: int | None, units: str) -> None:
    item = ITEM.model_copy(update={"quantity": quantity, "quantity_max": most})

    (row,) = rows_of(exported("kiel", with_pledge(items=(item,))).data)

    assert row["No. of Units"] == units


def test_sipri_designation_is_the_model_alone() -> None:
    item = ITEM.model_copy(update={"text": "18 K9 Thunder howitzers", "category": "artillery"})

    (row,) = rows_of(exported("sipri", with_pledge(**DELIVERED, items=(item,))).data)

    assert [row["Designation"], row["Description"]] == ["K9 Thunder", "18 K9 Thunder howitzers"]
    assert row["Armament category"] == "Artillery"


def test_kiel_row_of_a_commitment_has_nothing_delivered() -> None:
    (row,) = rows_of(exported("kiel", with_pledge(status="pledged", kiel="commitment")).data)

    assert (row["Measure"], row["No. of Units Delivered"]) == ("Commitment", ".")
    assert row["Source for Delivery"] == ""


@pytest.mark.parametrize(
    ("edtf", "year"),
    [
        ("2025-10-17", ("2025", "No")),
        ("2025", ("2025", "No")),
        ("2025~", ("2025", "Yes")),
        ("2025-10-XX", ("2025", "No")),
        ("2025/2026", ("", "")),
        ("XXXX-10-12", ("", "")),
        (None, ("", "")),
    ],
)
def test_sipri_row_has_a_year_only_if_there_is_one(edtf: str | None, year: tuple[str, str]) -> None:
    date = sample_brief().events[0].date
    assert date
    one = ITEM.model_copy(update={"quantity_max": 20})
    table = with_pledge(**DELIVERED, items=(one,), delivery=date.model_copy(update={"edtf": edtf}))

    (row,) = rows_of(exported("sipri", table, everything=False).data)

    assert (row["Delivery year"], row["Delivery year is estimate"]) == year
    assert (row["Numbers delivered"], row["Numbers delivered is estimate"]) == ("20", "Yes")
    assert (row["Designation"], row["Description"]) == ("", "drones")


def test_sipri_row_has_no_number_for_a_range_or_before_delivery() -> None:
    for table in (with_pledge(**DELIVERED), with_pledge(status="signed", sipri_eligible=True)):
        (row,) = rows_of(exported("sipri", table, everything=False).data)
        assert (row["Numbers delivered"], row["quantity"], row["quantity max"]) == ("", "20", "40")


def test_sipri_register_takes_no_small_arms() -> None:
    rifles = ITEM.model_copy(update={"category": "small_arms"})

    written = exported("sipri", with_pledge(**DELIVERED, items=(rifles, ITEM)), everything=False)

    assert written.left_out == {"small arms, no major weapon": 1}
    assert written.entries == 1


def with_event(**changes: Any) -> Table:
    brief = sample_brief()
    event = brief.events[0].model_copy(update=changes)
    return table_of([brief.model_copy(update={"events": (event,)})])


@pytest.mark.parametrize(
    ("changes", "types"),
    [
        (
            {"type": "ASSAULT", "label": "airstrike"},
            ["Political violence", "Explosions/Remote violence", "Air/drone strike"],
        ),
        ({"type": "ASSAULT", "label": "clash"}, ["Political violence", "", ""]),
        ({"type": "PROTEST", "label": "protest"}, ["Demonstrations", "", ""]),
        ({"type": "ASSAULT", "label": "clash", "realis": "denied"}, None),
        ({"type": "ASSAULT", "label": "clash", "realis": "planned"}, None),
        ({"type": "CONSULT", "label": "visit"}, None),
        ({"type": "SUPPORT", "label": "agreement"}, None),
    ],
)
def test_acled_takes_what_has_happened_in_its_scope(
    changes: dict[str, str], types: list[str] | None
) -> None:
    rows = rows_of(exported("acled", with_event(**changes), everything=False).data)

    got = [[row[c] for c in ("disorder_type", "event_type", "sub_event_type")] for row in rows]
    assert got == ([types] if types else [])
    for row in rows:
        assert (row["event_date"], row["year"], row["time_precision"]) == (
            "2025-10-17",
            "2025",
            "1",
        )
        assert (row["country"], row["fatalities"]) == ("Syria", "")


def test_deal_with_an_armed_group_is_in_the_scope_of_acled() -> None:
    brief = sample_brief()
    group = brief.actors[0].model_copy(update={"kind": "armed_group"})
    event = brief.events[0].model_copy(update={"type": "SUPPORT", "label": "agreement"})
    table = table_of([brief.model_copy(update={"actors": (group,), "events": (event,)})])

    (row,) = rows_of(exported("acled", table, everything=False).data)

    assert row["sub_event_type"] == "Agreement"


@both
def test_plover_lines_are_the_events_and_pledges_with_their_words(name: str) -> None:
    written = exported("plover", table_of(held(name)))
    lines = [json.loads(line) for line in str(written.data).splitlines()]

    kinds = [line["kind"] for line in lines]
    assert kinds.count("event") == records(name, "events")
    assert kinds.count("pledge") == records(name, "pledges")
    for line in lines:
        of = {each["document"]: texts()[each["sha256"]] for each in line["cite_info"]}
        assert line["text"]
        assert all(of[w["document"]][w["start"] : w["end"]] == w["text"] for w in line["text"])


def test_plover_turns_a_request_round_and_marks_a_plan() -> None:
    def entry(status: str) -> Any:
        return json.loads(str(exported("plover", with_pledge(status=status)).data).splitlines()[1])

    asked, planned = entry("requested"), entry("reported_planned")

    assert [asked["event_type"], asked["mode"]] == ["REQUEST", "assist"]
    assert [who["text"] for who in asked["actors"]] == ["Syria"]
    assert [planned["event_type"], planned["auxiliary_mode"]] == ["AGREE", "future"]
    assert [who["text"] for who in planned["actors"]] == ["Türkiye"]
    assert exported("plover", with_pledge(status="unclear"), everything=False).left_out.total() == 1


def entities(name: str) -> list[dict[str, Any]]:
    data = str(exported("ftm", table_of(held(name))).data)
    return [json.loads(line) for line in data.splitlines()]


@both
def test_entities_are_the_records_and_point_only_to_each_other(name: str) -> None:
    found = entities(name)
    ids = {each["id"] for each in found}
    schemata = [each["schema"] for each in found]
    reports = len(list(infos(held(name)[0]))) if name == "dossier" else len(held(name))

    assert len(ids) == len(found)
    assert schemata.count("Article") == reports
    assert schemata.count("Event") == records(name, "events") + records(name, "pledges")
    assert len(found) == sum(records(name, k) for k in ("actors", "events", "pledges")) + reports
    by_id = {each["id"]: each for each in found}
    for each in found:
        assert all(
            value and isinstance(value, str) for v in each["properties"].values() for value in v
        )
        linked = [*each["properties"].get("involved", ()), *each["properties"].get("proof", ())]
        assert set(linked) <= ids
        for cite in each.get("citations", ()):
            text = texts()[by_id[cite["article"]]["sha256"]]
            assert text[cite["start"] : cite["end"]] == cite["quote"]


@both
def test_followthemoney_takes_every_entity_as_it_is(name: str) -> None:
    model = pytest.importorskip("followthemoney", reason="builds PyICU from source").model
    for each in entities(name):
        proxy = model.get_proxy(each, cleaned=False)
        proxy.schema.validate(each)
        assert {key: sorted(proxy.get(key)) for key in each["properties"]} == {
            key: sorted(values) for key, values in each["properties"].items()
        }


@both
def test_annotations_fit_the_model_and_are_all_the_citations(name: str) -> None:
    table = table_of(held(name), texts())
    data = json.loads(str(exported("webannotation", table).data))

    assert list(Draft202012Validator(SCHEMA).iter_errors(data)) == []
    found = data["first"]["items"]
    assert data["total"] == len(found) == len({each["id"] for each in found})
    for each in found:
        quote, place = each["target"]["selector"]
        text = texts()[each["target"]["source"]["schema:sha256"]]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert f"{quote['prefix']}{quote['exact']}{quote['suffix']}" in text
    briefs = [each for each in held(name) if isinstance(each, Brief)]
    if briefs:
        checked = [check(each, texts()[each.document.sha256]).checked for each in briefs]
        assert len(found) == sum(checked)


def test_annotation_of_a_dossier_is_of_each_account_and_each_side_of_a_conflict() -> None:
    (dossier,) = held("dossier")
    assert isinstance(dossier, Dossier)
    bodies = [
        each["body"][0]["value"]
        for each in json.loads(str(exported("webannotation", table_of([dossier])).data))["first"][
            "items"
        ]
    ]
    told: list[FusedEvent | FusedPledge] = [*dossier.events, *dossier.pledges]
    conflicts = [c for record in (*told, *dossier.actors) for c in record.conflicts]

    values = sum(len(value.citations) for conflict in conflicts for value in conflict.values)
    accounts = sum(len(account.citations) for record in told for account in record.accounts)
    assert len([body for body in bodies if "conflicts" in body]) == values > 0
    assert len([body for body in bodies if ".accounts" in body]) == accounts > 0


def test_conflicts_are_told_in_the_row() -> None:
    (dossier,) = held("dossier")
    table = table_of([dossier])
    rows = rows_of(exported("acled", table).data)

    told = [unguarded(row["conflicts"]) for row in rows]

    assert sum(map(bool, told)) == sum(bool(row.conflicts) for row in table.of("event")) > 0


@both
def test_parquet_gives_the_table_back(name: str) -> None:
    pytest.importorskip("pyarrow", reason="needs the extra parquet")
    from pyarrow import parquet

    from summarizer.export.parquet import schema

    table = table_of(held(name))
    data = exported("parquet", table).data
    empty = exported("parquet", table_of([])).data
    assert isinstance(data, bytes)
    assert isinstance(empty, bytes)

    back = parquet.read_table(io.BytesIO(data))

    assert back.schema.equals(schema(), check_metadata=True)
    assert back.to_pylist() == json.loads(json.dumps([dataclasses.asdict(r) for r in table.rows]))
    assert data == exported("parquet", table).data
    assert parquet.read_table(io.BytesIO(empty)).schema.equals(schema())


# What acts in a spreadsheet, told otherwise than the code tells it.
_FORMULA = re.compile("[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]")


def acts(cell: str) -> bool:
    shown = [
        c
        for c in cell
        if not (c in "\"'" or c.isspace() or unicodedata.category(c) in ("Cc", "Cf"))
    ]
    return bool(shown) and bool(_FORMULA.match(shown[0])) and not cell.startswith("'")


def cells_begun_in(cell: str) -> list[str]:
    return re.split("[;\t\r\n]", cell)


TRICKY = st.text(
    alphabet=st.sampled_from("=+-@＝﹣'\"; \t\r\n\xa0\u200b\ufeff\0aé1,|"), max_size=30
)


@given(st.one_of(TRICKY, st.text()))
def test_guarded_cell_runs_nowhere_and_can_be_read_back(text: str) -> None:
    cell = guarded(text)

    assert not any(map(acts, cells_begun_in(cell)))
    assert unguarded(cell) == text
    if not any(map(acts, cells_begun_in(text))) and "'" not in text:
        assert cell == text


@given(st.lists(st.lists(st.one_of(TRICKY, st.none(), st.integers(0, 9)), min_size=2, max_size=2)))
def test_csv_is_read_back_as_it_was_written(rows: list[list[str | int | None]]) -> None:
    text = to_csv(("a", "b"), rows)

    back = list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:]

    plain = [["" if cell is None else str(cell) for cell in row] for row in rows]
    assert [[unguarded(cell) for cell in row] for row in back] == plain


FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "  =1",
    "＝1",
    "\ufeff=1",
    "x;=HYPERLINK(1)",
    "\n=1",
    "'=1",
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_formula_gets_an_apostrophe(formula: str) -> None:
    assert guarded(formula) != formula


def hostile_table(words: str, url: str | None = None) -> Table:
    """Return a brief whose every free field holds *words*, and cites them where they stand."""
    text = f"{SAMPLE} {words}" if words.strip() else SAMPLE
    data = json.loads(to_json(sample_brief(text=SAMPLE)))
    start = len(SAMPLE) + 1
    cite = {"sentence": 3, "start": start, "end": len(text), "quote": words, "match": "exact"}
    if words.strip():
        data = replaced(data, words, cite)
    data["document"] |= {
        "id": words or "x",
        "title": words,
        "publisher": words,
        "url": url or words,
    }
    data["document"]["sha256"] = Document(text).sha256
    return table_of([Brief.model_validate_json(json.dumps(data))], {Document(text).sha256: text})


_FREE = frozenset("value name text label summary speaker via unit detail field".split())


def replaced(value: Any, words: str, cite: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {
            key: [cite]
            if key == "citations"
            else words
            if key in _FREE and isinstance(each, str)
            else each
            if key == "engine"
            else replaced(each, words, cite)
            for key, each in value.items()
        }
    return [replaced(each, words, cite) for each in value] if isinstance(value, list) else value


hostile_words = pytest.mark.parametrize(
    "words",
    [*(text.replace("\ud800", "").replace("\udfff", "") for text in HOSTILE), *FORMULAS],
    ids=lambda text: repr(text[:24]),
)


@hostile_words
def test_hostile_words_come_back_from_parquet_as_they_are(words: str) -> None:
    pytest.importorskip("pyarrow", reason="needs the extra parquet")
    from pyarrow import parquet

    table = hostile_table(words)
    data = exported("parquet", table).data
    assert isinstance(data, bytes)

    back = parquet.read_table(io.BytesIO(data)).to_pylist()

    assert back == json.loads(json.dumps([dataclasses.asdict(row) for row in table.rows]))


@hostile_words
def test_hostile_words_run_nowhere_and_are_found_again(words: str) -> None:
    table = hostile_table(words)
    (text,) = table.texts.values()

    for to in TABLES:
        for row in rows_of(exported(to, table).data):
            assert not any(acts(begun) for cell in row.values() for begun in cells_begun_in(cell))
            assert text[int(row["start"]) : int(row["end"])] == unguarded(row["quote"])
    for to in ("plover", "ftm"):
        written = exported(to, table)
        assert len(str(written.data).splitlines()) == written.entries
        for line in map(json.loads, str(written.data).splitlines()):
            assert line.get("properties", {}).get("sourceUrl", []) == []
    annotations = json.loads(str(exported("webannotation", table).data))
    assert list(Draft202012Validator(SCHEMA).iter_errors(annotations)) == []
    tokens = MarkdownIt("commonmark", {"html": True}).parse(str(exported("md", table).data))
    inner = [each for token in tokens for each in (token, *(token.children or ()))]
    assert not {t.type for t in inner} & {"html_block", "html_inline", "link_open", "image"}


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://",
        "//evil.test",
        "http://[x",
        "https://example.org/\n<script>",
        "https://example.org/a b",
    ],
)
def test_address_that_is_none_becomes_no_link(url: str) -> None:
    table = hostile_table("words", url)

    assert table.rows[0].reports[0].link is None
    rows = rows_of(exported("kiel", table).data)
    assert [row["Source of Aid 1"] for row in rows] == ["words: words"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "drones.txt").write_text(SAMPLE, "utf-8")
    (tmp_path / "drones.brief.json").write_text(to_json(sample_brief()), "utf-8")
    return tmp_path


@pytest.mark.parametrize("to", FORMATS)
def test_command_writes_one_file_of_each_format(
    to: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if to == "parquet":
        pytest.importorskip("pyarrow", reason="needs the extra parquet")
    out = folder / "out"
    out.mkdir()

    assert main(["export", "drones.brief.json", "--to", to, "--out", str(out), "--all"]) == 0

    (file,) = out.iterdir()
    assert file.name == f"drones{FORMATS[to].ending}"
    told = capsys.readouterr()
    assert told.out == f"{file}\n"
    assert told.err == ""
    assert file.read_bytes().startswith(b"\xef\xbb\xbf") == (file.suffix == ".csv")


def test_left_out_rows_are_counted_on_standard_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "drones.brief.json", "--to", "acled"]) == 0

    told = capsys.readouterr()
    assert rows_of(told.out) == []
    assert told.err.splitlines() == [
        "0 exported, 1 left out (--all keeps them):",
        "  1 visit, out of scope",
    ]


def test_brief_that_cites_what_is_not_there_is_not_exported(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = to_json(sample_brief()).replace("20 to 40 drones", "20 to 41 drones")
    (folder / "drones.brief.json").write_text(data, "utf-8")

    assert main(["export", "drones.brief.json", "--to", "plover"]) == 1

    told = capsys.readouterr()
    assert told.out == ""
    assert "3 quotes are not in its report; see check" in told.err


def test_broken_file_is_told_and_the_others_are_exported(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.brief.json").write_text("{", "utf-8")
    (folder / "b.brief.json").write_text("{}", "utf-8")

    assert main(["export", ".", "--to", "plover"]) == 1

    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 2
    assert [line.partition(".brief")[0] for line in told.err.splitlines()] == [
        "left out: a",
        "left out: b",
    ]


def test_missing_report_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "drones.txt").unlink()

    assert main(["export", "drones.brief.json", "--to", "webannotation"]) == 0

    told = capsys.readouterr()
    assert told.err == "1 of 1 reports not at hand, quotes unchecked; see --source\n"
    assert "prefix" not in told.out


def test_id_of_a_report_leads_no_file_elsewhere(folder: Path) -> None:
    (folder / "drones.brief.json").write_text(to_json(sample_brief(id="../../evil")), "utf-8")
    out = folder / "out"
    out.mkdir()

    assert main(["export", ".", "--to", "md", "--out", str(out)]) == 0

    assert [file.name for file in out.iterdir()] == ["drones.md"]


def test_parquet_is_not_sent_to_a_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["export", ".", "--to", "parquet"])
    assert end.value.code == 2
    assert "say where it goes with --out" in capsys.readouterr().err


def test_dossier_beside_its_briefs_is_told_of(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fuse", ".", "--out", "all.dossier.json"]) == 0

    assert main(["export", "all.dossier.json", "drones.brief.json", "--to", "plover"]) == 0

    assert "exported twice" in capsys.readouterr().err
