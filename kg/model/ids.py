"""Ids are hashes of content: never random, never the clock, so that building twice gives the same graph."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit, urlunsplit

from kg.model.reading import Evidence, Kind, Role

_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|mc_[ce]id|ref|cmpid|ocid|ito)$")
_TITLES = (
    "mr mrs ms miss dr prof sir dame lord lady gen lt col maj capt sgt adm brig cpl pvt rev fr sen rep gov pres president "
    "prime minister secretary general admiral colonel captain major senator representative governor king queen prince princess sheikh "
    "ayatollah pope mayor ambassador justice judge professor doctor congressman congresswoman"
).split()
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
_LONGEST_KEY = 500  # a database indexes ids; no name of an actor is that long


def digest(parts: Iterable[object]) -> str:
    """Twenty hexadecimal digits that stand for these parts, in this order."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(joined.encode("utf8", "surrogatepass"), digest_size=10).hexdigest()


def content_hash(text: str) -> str:
    """The hash of a document's text, blind to differences of white space."""
    return digest([" ".join(text.split())])


def canonical_url(url: str) -> str:
    """One spelling for one address: lower-case host, no fragment, no default port, no tracking parameters.

    >>> canonical_url("HTTPS://News.example:443/a/?utm_source=x&id=7#top")
    'https://news.example/a?id=7'
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    if port and (scheme, port) not in {("http", 80), ("https", 443)}:
        host = f"{host}:{port}"
    query = "&".join(sorted(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair.partition("=")[0].lower())))
    return urlunsplit((scheme, host, parts.path.rstrip("/"), query, ""))


def document_id(url: str | None, text: str) -> str:
    """The hash of the canonical url, else of the text."""
    return digest(["url", canonical_url(url)]) if url else digest(["text", text])


def claim_id(
    document: str,
    evidence: Evidence,
    relation: str,
    modality: str,
    value: str | None,
    roles: Mapping[str, Role],
) -> str:
    """The hash of where a claim stands and what it says; no entity id enters it, so resolving again changes no claim."""
    spans = [
        f"{name}:{role.mention.start}-{role.mention.end}:{role.naming.start}-{role.naming.end}" for name, role in sorted(roles.items())
    ]
    place = [evidence.start_char, evidence.end_char, evidence.cue_start, evidence.cue_end]
    return digest([document, *place, relation, modality, value, *spans])


def entity_key(name: str, kind: Kind) -> str:
    """The key of a name: without accents, case and punctuation; for people without titles, middle initials and Jr./III.

    >>> entity_key("Gen. Mark A. Milley", "person"), entity_key("Médecins Sans Frontières", "group")
    ('person:mark-milley', 'group:medecins-sans-frontieres')
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    words = re.findall(r"\w+", re.sub(r"['’]s\b|['’.]", "", plain))
    if kind == "person":
        while len(words) > 1 and words[0] in _TITLES:
            words = words[1:]
        words = [w for i, w in enumerate(words) if i == 0 or not (len(w) == 1 and i < len(words) - 1)]
        words = [w for i, w in enumerate(words) if i == 0 or w not in _SUFFIXES]
    elif len(words) > 1 and words[0] == "the":
        words = words[1:]
    key = "-".join(words) or digest([name])
    return f"{kind}:{key}" if len(key) <= _LONGEST_KEY else f"{kind}:{key[:_LONGEST_KEY]}-{digest([key])}"
