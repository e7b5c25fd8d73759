"""Where a Korean particle begins: 서울에서 is 서울 and the particle 에서, "in".

Particles cling to nouns as "'s" does, and no blank tells the two apart. Only the forms of a
closed list count, where the sounds agree (a consonant before 이, a vowel before 가), and only all
of them together: 서울로 ("to Seoul") is not to be had from 서울로부터 ("from Seoul"). Words that
only look so (정상회의, a summit) are left whole, as are 도 and 만, which also end names of places.
"""

from __future__ import annotations

import re
import unicodedata

LETTERS = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"

_FIRST, _FINALS, _L = 0xAC00, 28, 8  # of the syllables; final letters; which of them is ㄹ
_PARTICLES = re.compile(
    r"(?:에서|에게서|에게|에|께서|한테서|한테|까지|부터|보다|처럼|마저|조차)(?:부터|까지)?(?:는|도|의)?"
    r"|(?:으로|로)(?:부터|까지|서|써)?(?:는|도|의)?|[과와](?:의|는|도)?|에선|에겐|[의은는이가을를]"
)
_AFTER_CONSONANT, _AFTER_VOWEL = "은이을과으", "는가를와로"
_AFTER_DIGIT = re.compile(r"[은는을를]|에서?[는도의]?|까지|부터")  # 이, 만 and 조 are numbers too
_AFTER_SYLLABLE = re.compile(r"(?:에서|에게|까지|부터|에)[는도의]?")  # 국가 is not 국 and 가
_WHOLE = re.compile(
    r"(?:(?<![의원협국교대사학총연])회의|(?<![호제미우광])주의|(?<![연통종])합의|(?<!바)논의|협의|결의"
    r"|[있없않같하되시키오]는|[있없않같]이|(?:어린|젊은|늙은)이|(?:정치|투자|외교)가|[휴추허]가"
    r"|[결통]과|(?:도|대|므|스스|활주|원자|수)로|[았었했였겠]을)$"
)
_TAIL = 12
"""Characters at a word's end that tell: the longest run of particles and what stands before it."""


def particle_start(word: str) -> int | None:
    """Return where in *word* its particles begin; None when it has none, or none for certain."""
    word = unicodedata.normalize("NFC", word)
    if not word or not "가" <= word[-1] <= "힣":
        return None
    for at in range(max(1, len(word) - 6), len(word)):
        noun, particles = word[:at], word[at:]
        if _PARTICLES.fullmatch(particles) and _agree(noun[-1], particles[0]):
            return at if _is_noun(noun, particles) else None
    return None


def _agree(before: str, particle: str) -> bool:
    if not "가" <= before <= "힣":
        return True
    final = (ord(before) - _FIRST) % _FINALS
    if particle in _AFTER_CONSONANT:
        return final != 0
    return particle not in _AFTER_VOWEL or final == 0 or (particle == "로" and final == _L)


def _is_noun(noun: str, particles: str) -> bool:
    if noun[-1].isdigit():
        return _AFTER_DIGIT.fullmatch(particles) is not None
    if len(noun) == 1 and "가" <= noun <= "힣":
        return _AFTER_SYLLABLE.fullmatch(particles) is not None
    return noun[-1].isalpha() and not _WHOLE.search((noun + particles)[-_TAIL:])
