"""JSON as models write it: what is read of it, and what is not made up."""

from __future__ import annotations

import json
from typing import Any

import pytest
from growing import assert_linear, repeated
from hypothesis import given
from hypothesis import strategies as st

from summarizer.ask.lenient import MAX_DEPTH, Numeral, find_values


def read(text: str) -> list[tuple[Any, str | None]]:
    return [(plain(value.data), value.fault) for value in find_values(text)]


def plain(data: Any) -> Any:
    """Return *data* with numbers for numerals."""
    if isinstance(data, list):
        return [plain(one) for one in data]
    if isinstance(data, dict):
        return {name: plain(one) for name, one in data.items()}
    return json.loads(data) if isinstance(data, Numeral) else data


MARKS = st.text(alphabet="\"\\,:{}[]' a/*\n1", max_size=8)
NAMES = MARKS | st.text(max_size=4)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | NAMES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)


@given(st.lists(JSON) | st.dictionaries(NAMES, JSON), st.booleans(), st.sampled_from([None, 0, 2]))
def test_json_without_a_slip_is_read_as_any_parser_reads_it(
    value: Any, ascii_only: bool, indent: int | None
) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)

    (got,) = find_values(f"Here: {text} So.")

    assert (plain(got.data), got.written, got.fault) == (json.loads(text), text, None)


@given(st.lists(JSON), st.integers(0, 200))
def test_what_is_read_of_a_cut_text_is_a_part_of_the_whole(value: list[Any], end: int) -> None:
    text = json.dumps({"all": value})
    cut = text[: min(end, len(text) - 1)]

    for got in find_values(cut):
        assert got.fault == "cut"
        assert is_part(plain(got.data), {"all": value})


def is_part(part: Any, whole: Any) -> bool:
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) <= len(whole) and all(map(is_part, part, whole))
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(name in whole and is_part(part[name], whole[name]) for name in part)
    return bool(part == whole)


@given(st.text(alphabet="\"',:{}[] ab1.-e/*\n`<truefalsn>", max_size=60) | st.text(max_size=40))
def test_no_text_makes_it_stumble_or_say_what_does_not_stand_there(text: str) -> None:
    for value in find_values(text):
        for words in strings(value.data):
            assert words in text


def strings(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [*data, *(words for inner in data.values() for words in strings(inner))]
    if isinstance(data, list):
        return [words for inner in data for words in strings(inner)]
    return [data] if isinstance(data, str) else []


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ('{"a": [1, 2,],}', {"a": [1, 2]}),
        ('{"a": [1,, 2]}', {"a": [1, 2]}),
        ('{"a": "x"\n "b": "y"}', {"a": "x", "b": "y"}),
        ('[{"a": 1} {"a": 2}]', [{"a": 1}, {"a": 2}]),
        ('["x" "y"]', ["x", "y"]),
        ('{"a": "one\ntwo\tthree\x07"}', {"a": "one\ntwo\tthree\x07"}),
        (r'{"a": "it\'s \$5 \& \d"}', {"a": r"it's $5 & \d"}),
        (r'{"a": "\u12 \x41 \ud83d\ude00 \ud800"}', {"a": r"\u12 \x41 😀 " + "\ufffd"}),
        ('{"a": "he said "no" to it", "n": 3}', {"a": 'he said "no" to it', "n": 3}),
        ('{"a": "he said "no", and left"}', {"a": 'he said "no", and left'}),
        ("{'a': 'don't', 'b': None, 'c': True}", {"a": "don't", "b": None, "c": True}),
        ('{a: 1, // how many\n "b": 2 /* more */}', {"a": 1, "b": 2}),
        ('{"a":\u00a01,\ufeff"b":\u200b2}', {"a": 1, "b": 2}),
        ('{{"a": 1}}', {"a": 1}),
        ('{"a": NaN}'.replace("NaN", "-1.50e+3"), {"a": -1500.0}),
    ],
)
def test_slip_that_leaves_no_doubt_is_read(text: str, want: Any) -> None:
    assert read(text) == [(want, None)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ('{"a": "x", "n":', ({"a": "x"}, "cut")),
        ('{"a": "x", "n": tru', ({"a": "x"}, "cut")),
        ('{"a": "x", "n": 12', ({"a": "x"}, "cut")),
        ('{"a": "x", "n": -', ({"a": "x"}, "cut")),
        ('{"a": "x", "b": "four sold', ({"a": "x"}, "cut")),
        ('{"a": "x", "b": "four\\', ({"a": "x"}, "cut")),
        ('{"a": "x", "n": 75 mg, "b": "y"}', ({"a": "x"}, "broken")),
        ('{"a": "x", "n": 1,200, "b": "y"}', ({"a": "x"}, "broken")),
        ('{"a": "x", "n": [1,200 men]}', ({"a": "x", "n": []}, "broken")),
        ('{"a": "x", "b": "y" (z), "c": "w"}', ({"a": "x"}, "broken")),
        ('{"a": "x", "b": ...}', ({"a": "x"}, "broken")),
        ('{"a": "x" ]', ({"a": "x"}, "broken")),
    ],
)
def test_nothing_is_made_up_of_what_is_not_finished_or_no_json(text: str, want: Any) -> None:
    assert read(text) == [want]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ('[one case]: {"a": 1}', [{"a": 1}]),
        ('[Note]\n```json\n{"a": 1}\n```', [{"a": 1}]),
        ('{curly} and ["it is {"a": 1} here', [{"a": 1}]),
        ('{"a": 1} then {"a": 2}', [{"a": 1}, {"a": 2}]),
        ("Sure [1].", [[1]]),
        ("nothing", []),
    ],
)
def test_brackets_of_the_prose_are_passed_over(text: str, want: list[Any]) -> None:
    assert [data for data, _ in read(text)] == want


def test_number_keeps_how_it_was_written() -> None:
    (value,) = find_values('{"a": [2.50, 1e3, 007]}')

    assert value.data == {"a": ["2.50", "1e3", "007"]}
    assert all(isinstance(one, Numeral) for one in value.data["a"])


def test_name_given_twice_is_told() -> None:
    assert [value.repeated for value in find_values('{"a": 1, "a": 2} {"b": 1}')] == [True, False]


def test_depth_is_bounded() -> None:
    deep = "[" * MAX_DEPTH + "]" * MAX_DEPTH

    assert read(deep)[0][1] is None
    assert [fault for _, fault in read(f"[[{deep}]]")] == ["broken"]


UNITS = (
    *("[", "{", '["', "['", '{"a', '["aaaa ', '{"a":', "[1,", '"', "[/*", "[,", "[ ", '{"a":"b","'),
    *('["a" ', '["a", ', '{"a":"b', "\\", '"\\', "[{", "]}", '{"a":1}'),
)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("start", ["", '["', '{"a":"'])
def test_hostile_text_is_read_in_linear_time(start: str, unit: str) -> None:
    assert_linear(lambda text: list(find_values(text)), repeated(unit, before=start), 50_000)
