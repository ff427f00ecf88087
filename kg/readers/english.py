"""Whether a text is English. The cues and the parser know no other language, so another one is refused rather than misread."""

import re
from functools import lru_cache
from typing import Any

from kg.errors import InputError

SAMPLE = 1_500  # characters; more make the answer slower, not better
SHORTEST = 40  # letters; a headline may be all names
SURE = 0.05  # share of function words from which no one needs asking; the median of news is 0.2, no other language comes near
_FUNCTION_WORDS = frozenset(  # none that is a common word of a language written alike ("of" and "was" are Dutch, "we" Polish)
    "the and to that with has from its his are were said this which not they their who would been after about could did than when what "
    "you it".split()
)
_NAMES = dict(
    pair.split(":")
    for pair in (
        "af:Afrikaans am:Amharic ar:Arabic ary:Arabic arz:Arabic az:Azerbaijani be:Belarusian bg:Bulgarian bn:Bengali bs:Bosnian "
        "ca:Catalan cs:Czech cy:Welsh da:Danish de:German el:Greek eo:Esperanto es:Spanish et:Estonian eu:Basque fa:Persian "
        "fi:Finnish fr:French ga:Irish gl:Galician gu:Gujarati ha:Hausa he:Hebrew hi:Hindi hr:Croatian hu:Hungarian hy:Armenian "
        "id:Indonesian is:Icelandic it:Italian ja:Japanese ka:Georgian kk:Kazakh km:Khmer kn:Kannada ko:Korean ku:Kurdish "
        "la:Latin lt:Lithuanian lv:Latvian mk:Macedonian mn:Mongolian ms:Malay mt:Maltese my:Burmese ne:Nepali nl:Dutch "
        "nn:Norwegian no:Norwegian pa:Punjabi pl:Polish ps:Pashto pt:Portuguese ro:Romanian ru:Russian sk:Slovak sl:Slovenian "
        "so:Somali sq:Albanian sr:Serbian sv:Swedish sw:Swahili ta:Tamil te:Telugu tg:Tajik th:Thai tk:Turkmen tl:Tagalog "
        "tr:Turkish tt:Tatar ug:Uyghur uk:Ukrainian ur:Urdu uz:Uzbek vi:Vietnamese yue:Cantonese zh:Chinese zu:Zulu"
    ).split()
)


def check_english(text: str, path: str) -> None:
    """Let English and very short texts pass.

    A text with as many English function words as running English has is not looked at further; only for others is the detector loaded.

    Raises:
        InputError: "not English (looks like German)".
    """
    letters = sum(map(str.isalpha, text[:SAMPLE]))
    if letters < SHORTEST or function_words(text) >= SURE:
        return
    language = _detect(text[:SAMPLE])
    if language != "en":
        raise InputError(path, f"not English (looks like {_NAMES.get(language, language)})")


def function_words(text: str) -> float:
    """The share of words such as "the" and "that" at the beginning of a text.

    >>> function_words("The Taliban said that they would talk"), function_words("Die Taliban sagten, sie würden reden")
    (0.7142857142857143, 0.0)
    """
    words = re.findall(r"[^\W\d_]+", text[:SAMPLE].casefold())
    return sum(word in _FUNCTION_WORDS for word in words) / max(1, len(words))


def _detect(text: str) -> str:
    language, _ = _identifier().classify(text)
    return str(language)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
