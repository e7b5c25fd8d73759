import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.korean import particle_start

NOUNS = """
    서울|에서 서울|에서는 서울|로 서울|로부터 서울|의 대통령|은 대통령|이 대통령|께서
    미국|과 미국|과의 러시아|가 러시아|를 우크라이나|에 우크라이나|는 젤렌스키|와 터키|로
    미사일|을 국가|는 위원회|의 유럽연합|의 레바논|의 이란|이 대만|은 북|에서 이라크|에도
    2025년|에 NATO|는 F-16|을 155mm|를 페르시아만|에서 병사들|이
"""
WHOLE = """
    서울 국가 평가 회의 정상회의 민주주의 핵합의 우크라이나 한국인 한국군 이라크군
    페르시아만 경기도 대만 백만 50만 16이 50조 함께 어린이 고속도로 원자로 예정대로 전문가
    정치가 결과 있는 공격하는 했을 나로부터 도로 Seoul 서울시 중국와 러시아이 에서
"""


@pytest.mark.parametrize("word", NOUNS.split())
def test_particles_begin_behind_the_noun(word: str) -> None:
    noun, particles = word.split("|")

    assert particle_start(noun + particles) == len(noun)


@pytest.mark.parametrize("word", WHOLE.split())
def test_what_only_looks_like_a_particle_is_part_of_the_word(word: str) -> None:
    assert particle_start(word) is None


def test_decomposed_word_is_read_as_composed() -> None:
    assert particle_start(unicodedata.normalize("NFD", "서울에서")) == 2


@given(st.text(st.sampled_from("가나다국울의에서은는이A1")))
def test_a_noun_and_a_particle_are_left(word: str) -> None:
    start = particle_start(word)

    assert start is None or 0 < start < len(word)
