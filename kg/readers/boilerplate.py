"""What surrounds an article is not news: menus, promotions, captions, bylines, a date alone.

Each pattern must match a whole line, so that a sentence is never cut; what is kept stays exactly as it was. A new pattern is a line in the
table, under the kind of thing it leaves out. `{network}` and the like stand for one of the `_WORDS`.
"""

import re
from collections.abc import Iterable, Mapping

from kg.readers.dates import date_line

_WORDS: Mapping[str, str] = {  # "_" is a space
    "network": "facebook twitter x whats_?app telegram linked_?in reddit pinterest instagram you_?tube e-?mail flipboard threads bluesky",
    "medium": "channel newsletters? podcast app mailing_list e-?mail_list page facebook twitter telegram whats_?app youtube inbox",
    "agency": "AP AFP EPA Reuters Getty Getty_Images Shutterstock Alamy Anadolu Xinhua TASS Bloomberg HuffPost NurPhoto Zuma UPI DPA",
    "picture": "photo photos photograph image picture screenshot video_still handout illustration",
    "piece": "article story report post page piece",
}
_IGNORING_CASE: Mapping[str, tuple[str, ...]] = {
    "no words": (r"[\W_]+",),
    "menu or button": (
        r"(main |site )?(navigation|menu)",
        r"skip to .{0,30}|back to top|home ?page|home|search|close|loading",
        r"log ?in|sign ?(in|up)|register|subscribe( now)?|newsletters?",
        r"(share|print|save|email|tweet)( this)?( {piece})?|copy link",
        r"leave a (comment|reply)|\d* ?comments?( \(\d+\))?|(view|show|hide|load) (all |more )?comments?",
        r"play video|listen( to (this )?{piece})?",
        r"((continue|keep) reading|(story|article) continues)( below.{0,30})?|(read|show|load) more|click here.{0,60}",
        r"(next|previous) {piece}|most (read|popular|viewed)|trending( now)?|top stories|latest news|recommended( for you)?",
        r"related( articles?| stor(y|ies)| topics?| posts?| content)?|more on this( story| topic)?|see also|table of contents",
        r"(reading time:? )?\d+ ?-?min(ute)?s?( read)?",
    ),
    "share button": (r"((share|follow( us)?|tweet|send|post)\s+)?((on|via|by|to)\s+)?{network}",),
    "advertisement": (r"advertisements?|advertising|sponsored( content| by .{1,60})?|promoted( content)?",),
    "promotion": (
        r"(please )?(join|follow|like|subscribe to|sign up (for|to)|download|find|visit) (us|our|the .{1,40})\b.{0,80}\b{medium}\b.{0,120}",
    ),
    "cookie notice": (
        r"(we|(this|our) (web)?site)( and our (\w+ )?partners)? (uses?|stores?) cookies.{0,400}",
        r"(accept|reject|allow|manage) (all )?cookies|by (continuing to (use|browse)|using) (this|our) (web)?site.{0,300}",
        r"(privacy|cookie) (policy|notice|settings)|terms (of (use|service)|and conditions)",
    ),
    "copyright": (r"(©|\(c\)\s|copyright\b).{0,30}\b(19|20)\d\d\b.{0,200}|.{0,80}\ball rights reserved",),
    "link to another article": (
        r"(read (more|also|next)|also read|related( articles?| stor(y|ies)| reading)?|see also|more on this( story)?)\s*[:|»→►>].{1,200}",
        r"(recommended|don['’]t miss|up next|watch( now)?|listen)\s*[:|»→►>].{1,200}",
        r"read the (full|original|rest of the) {piece}\b.{0,80}",
    ),
    "caption": (
        r".{0,600}\((?=[^()]*\b{picture}\b)(?=[^()]*(\bby\b|/|:|©|\bcourtesy\b|\bvia\b|\bcredit\b|\bfrom\b|\b{agency}\b))[^()]{4,120}\)",
        r"(file )?({picture}|caption)( credits?| by| courtesy)?\s*[:|©].{1,300}|(photo )?credits?:\s.{1,100}",
        r".{0,300}[.!?”\"]\s(file )?({picture}|credit)( by| credit| courtesy)?:\s[^.:]{2,60}",
    ),
    "sign-off": (
        r"(additional |with )?(reporting|writing|compiled|edited) by .{3,200}",
        r".{3,150}\bcontributed to this {piece}",
        r"this {piece} (was )?(originally|first) (published|appeared)\b.{0,200}",
    ),
}
_AS_WRITTEN: Mapping[str, tuple[str, ...]] = {
    "caption": (
        r".{0,500}[(/]\s?{agency}((/|, | via ).{1,60})?\)",
        r"[\w .,'’-]{0,60}/\s?{agency}",
        r"FILE\s?[-–—:]\s.{1,500}",
    ),
}
_NAME = r"[A-Z][\w.'’-]*"
_NAMES = rf"{_NAME}( {_NAME}){{1,3}}((,| and|, and| &) {_NAME}( {_NAME}){{1,3}}){{0,4}}"
_HINT = r"(\d{4}|\d{1,2}:\d{2}|(?i:staff|correspondent|reporter|editor|writer))"
_BYLINE: Mapping[str, tuple[str, ...]] = {
    "byline": (
        rf"([Bb]y|BY|[Ww]ritten by|[Pp]osted by)\s{_NAMES}((,| [|·•–—-]) ?{_NAME}( {_NAME}){{0,4}})?",
        rf"([Bb]y|BY)\s{_NAMES}(\s?[|,·•–—-]|,? on)\s?.{{0,60}}\b{_HINT}\b.{{0,40}}",
    ),
}


def _compiled(table: Mapping[str, Iterable[str]], flags: re.RegexFlag = re.NOFLAG) -> list[tuple[str, re.Pattern[str]]]:
    """One pattern a kind; marks and spaces around a line do not count."""
    words = {name: "(?:" + "|".join(choices.split()).replace("_", " ") + ")" for name, choices in _WORDS.items()}
    filled = {
        kind: [re.sub(r"\{([a-z]+)\}", lambda found: words[found[1]], pattern) for pattern in patterns] for kind, patterns in table.items()
    }
    return [(kind, re.compile(rf"[^\w©]*(?:{'|'.join(patterns)})\W*", flags)) for kind, patterns in filled.items()]


_ANYWHERE = _compiled(_IGNORING_CASE, re.IGNORECASE) + _compiled(_AS_WRITTEN)
_AT_THE_TOP = _compiled(_BYLINE)
_LONGEST = 700  # characters; a longer line is a paragraph
_BODY = 150  # characters of a paragraph that no headline, standfirst or menu has
_SENTENCE_END = re.compile(r"[.!?…:;)\]\"'”’]\s*$")


def surrounding(line: str, *, top: bool = False) -> str | None:
    """What a line is that is not news ("caption"), or None; `top`: no body text has come yet, so a byline or a date alone may.

    >>> surrounding("A guard in Kabul. (U.S. Army photo by Jane Doe)"), surrounding("Milley replied, “It’s possible.”")
    ('caption', None)
    """
    plain = line.strip()
    if len(plain) > _LONGEST:
        return None
    if top and date_line(plain):
        return "date"
    return next((kind for kind, pattern in (_ANYWHERE + _AT_THE_TOP if top else _ANYWHERE) if pattern.fullmatch(plain)), None)


def news_of(text: str) -> str:
    """The text without the lines that surround it. A text that has none comes back as it was, without white space at its ends."""
    kept: list[str] = []
    bodies = 0
    for block, gap in _blocks(text):
        rest = _peel(block.split("\n"), top=bodies < 2)
        if rest:
            kept += ["\n".join(rest), gap]
            bodies += len(rest[-1]) > _BODY or len("".join(rest)) > _BODY
    return "".join(kept).strip()


def headline_of(text: str) -> str | None:
    """The first line of a text where it stands apart, short and without a full stop, above a body."""
    first, _, rest = text.strip().partition("\n")
    line = first.strip()
    following = rest.split("\n", 1)[0].strip()
    apart = not following or len(following) > 1.5 * len(line)
    if not rest.strip() or not apart or len(line) > 200 or (line.endswith((".", ",", ";", ":")) and not line.endswith("...")):
        return None
    return " ".join(line.split())


def _blocks(text: str) -> list[tuple[str, str]]:
    """Runs of lines, each with the blank lines that follow it."""
    parts = re.split(r"(\n(?:[^\S\n]*\n)+)", text)
    return list(zip(parts[::2], [*parts[1::2], ""], strict=True))


def _peel(lines: list[str], *, top: bool) -> list[str]:
    """A block without what surrounds it at its ends; inside, a line may be one of a paragraph that is broken into lines."""
    if surrounding(" ".join(lines), top=top):
        return []
    first, last = 0, len(lines)
    while first < last and surrounding(lines[first], top=top):
        first += 1
    while first < last - 1 and surrounding(lines[last - 1], top=top) and _ends(lines[last - 2], top=top):
        last -= 1
    return lines[first:last]


def _ends(line: str, *, top: bool) -> bool:
    """Whether a sentence cannot go on after this line."""
    return bool(_SENTENCE_END.search(line)) or surrounding(line, top=top) is not None
