"""What a reader takes from a file, what it leaves, and what it says about a file it cannot read."""

import io
import json
import sys
import time
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Document, Failure, content_hash, document_id
from kg.readers import document_of, read
from kg.readers.boilerplate import headline_of, news_of, surrounding
from kg.readers.dates import date_line, dateline, find_published, iso_date
from kg.readers.document import begins_with
from kg.settings import Settings

HEADLINE = "Ferrania says talks with the Coastal Front are 'possible'"
FIRST = (
    "The foreign minister of Ferrania, Jana Lindqvist, said on Tuesday that her government might talk with the Coastal Front "
    "about the harbour, which the two sides have fought over since the spring."
)
SECOND = "“We have not ruled it out,” she told reporters. A spokesman for the front denied that any meeting was planned for this month."
BODY = f"{FIRST}\n\n{SECOND}"
GERMAN = "Die Außenministerin sagte am Dienstag, die Regierung werde mit der Küstenfront über den Hafen sprechen, um den Krieg zu beenden."
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{HEADLINE} - The Harbour Post</title>
<meta property="og:title" content="{HEADLINE}"><meta property="og:site_name" content="The Harbour Post">
<meta property="article:published_time" content="2023-05-02T09:00:00Z">
<link rel="canonical" href="https://harbourpost.example/world/talks"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><div class="cookie">We use cookies to make this site better.</div>
<article><h1>{HEADLINE}</h1><p>{FIRST}</p><figure><figcaption>The harbour. (Harbour Post photo by A. Berg)</figcaption></figure>
<p>{SECOND}</p><p>{FIRST.replace("Tuesday", "Monday")}</p></article><footer>© 2023 The Harbour Post</footer></body></html>"""


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def one(*inputs: str | Path, settings: Settings | None = None) -> Document:
    (found,) = read(inputs, settings)
    assert isinstance(found, Document), found
    return found


def line(*inputs: str | Path, settings: Settings | None = None) -> str:
    """The one line that is said about an input that cannot be read, without the folder."""
    (found,) = read(inputs, settings)
    assert isinstance(found, Failure), found
    assert "\n" not in str(found)
    return str(found).rpartition("/")[2]


# text files


def test_a_plain_article_stays_as_it_is(tmp_path: Path) -> None:
    text = f"{HEADLINE}\n\n{BODY}"
    document = one(write(tmp_path, "a.txt", f"\n{text}\n\n"))
    assert document.text == text
    assert document.title == HEADLINE
    assert document.path == (tmp_path / "a.txt").as_posix()
    assert (document.url, document.outlet, document.published, document.language) == (None, None, None, "en")
    assert document.id == document_id(None, text)
    assert document.content_hash == content_hash(text)


def test_what_surrounds_an_article_is_not_read(tmp_path: Path) -> None:
    copied = (
        f"Navigation\nJoin our Telegram channel and never miss a story!\n  •  \n\n{HEADLINE}\n\n"
        "Minister Jana Lindqvist at the harbour, May 1, 2023. (Ferrania Navy photo by Ola Berg)\nMay 02, 2023\nBy Nils Ek\n\n"
        f"{FIRST}\n\nAdvertisement\n\nRead more: Harbour closed for a third day\n\n{SECOND}\n\nShare on Facebook\n\n"
        "We use cookies to improve your visit.\n\n© 2023 The Harbour Post. All rights reserved.\n"
    )
    document = one(write(tmp_path, "a.txt", copied))
    assert document.text == f"{HEADLINE}\n\n{BODY}"
    assert document.title == HEADLINE
    assert document.published == "2023-05-02"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("no words", "* * *"),
        ("menu or button", "Skip to main content"),
        ("menu or button", "12 Comments"),
        ("menu or button", "Subscribe now!"),
        ("share button", "Share on WhatsApp"),
        ("advertisement", "ADVERTISEMENT"),
        ("promotion", "Sign up for our daily newsletter to get the news first"),
        ("cookie notice", "This website uses cookies to remember you."),
        ("copyright", "Copyright 2021 Example Media"),
        ("link to another article", "RELATED: Front takes second harbour"),
        ("caption", "Photo: Ola Berg"),
        ("caption", "FILE - The harbour of Ferrania on a quiet day."),
        ("caption", "A ship leaves. (AP Photo/Ola Berg)"),
        ("sign-off", "(Reporting by Nils Ek; editing by Ola Berg)"),
        ("byline", "By Nils Ek and Ola Berg, Harbour Post"),
        ("byline", "BY NILS EK | May 2, 2023 10:00"),
        ("date", "Published: Tuesday, 2 May 2023, 10:15 GMT"),
    ],
)
def test_lines_that_are_not_news_are_known_by_kind(kind: str, text: str) -> None:
    assert surrounding(text, top=True) == kind


@pytest.mark.parametrize(
    "text",
    [
        HEADLINE,
        "By Tuesday the front had taken the harbour.",
        "Join us or leave, the minister told the front.",
        "The photo was taken by a soldier, she said (it was later deleted by the army).",
        "Related talks in Doha failed.",
        "Facebook removed the page on Monday.",
        "Cookies and tea were served before the talks.",
        "The law was signed on May 2, 2023.",
        "“Read more books,” he said.",
        "Share prices fell.",
    ],
)
def test_a_sentence_is_never_taken_for_a_surrounding(text: str) -> None:
    assert surrounding(text, top=True) is None


def test_a_paragraph_broken_into_lines_is_kept_whole() -> None:
    text = "The law was signed by the president on\nMay 2, 2023\nand took effect at once, officials\nsaid."
    assert news_of(text) == text


def test_a_date_alone_inside_the_article_is_kept() -> None:
    text = f"{FIRST}\n\n{FIRST}\n\nMay 3, 2023\n\n{SECOND}"
    assert news_of(text) == text


def test_a_first_sentence_is_no_headline() -> None:
    assert headline_of(BODY) is None
    assert headline_of("One line alone") is None
    assert headline_of(f"{HEADLINE}\n{FIRST}") == HEADLINE


def test_a_long_file_of_odd_lines_is_read_in_time() -> None:
    began = time.perf_counter()
    for odd in ("•\n" * 100_000, "(" * 500_000, " \n" * 300_000, "By " * 100_000, "- " * 300_000, "\n\n".join(["Share"] * 50_000)):
        news_of(odd)
        find_published(odd)
    assert time.perf_counter() - began < 5


# markdown


def test_markdown_is_read_as_words(tmp_path: Path) -> None:
    text = (
        '---\ntitle: "Talks possible"\ndate: 2 May 2023\nurl: https://harbourpost.example/talks\noutlet: The Harbour Post\ntags: [a]\n---\n'
        f"# Talks *possible*\n\n![A ship](ship.png)\n\n{FIRST}\n\n> **She** said [it](https://x.example) was so &amp; no other way.\n\n"
        f"| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n- {SECOND}\n"
    )
    document = one(write(tmp_path, "a.md", text))
    assert document.text == f"Talks possible\n\n{FIRST}\n\nShe said it was so & no other way.\n\n{SECOND}"
    assert (document.title, document.published) == ("Talks possible", "2023-05-02")
    assert (document.url, document.outlet) == ("https://harbourpost.example/talks", "The Harbour Post")


def test_markdown_without_marks_stays_as_it_is(tmp_path: Path) -> None:
    document = one(write(tmp_path, "a.md", f"# {HEADLINE}\n\n{BODY}\n"))
    assert document.text == f"{HEADLINE}\n\n{BODY}"
    assert document.title == HEADLINE


def test_a_bad_date_in_front_matter_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", f"---\ndate: soon\n---\n{BODY}")
    assert line(path) == "a.md: published: 'soon' is not a date (expected YYYY-MM-DD)"


# web pages


def test_a_saved_page_gives_its_article(tmp_path: Path) -> None:
    document = one(write(tmp_path, "a.html", PAGE))
    assert document.text.startswith(f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}")
    assert not {"cookies", "Home", "©", "photo by"} & {word for word in ("cookies", "Home", "©", "photo by") if word in document.text}
    assert (document.title, document.outlet, document.published) == (HEADLINE, "The Harbour Post", "2023-05-02")
    assert document.url == "https://harbourpost.example/world/talks"
    assert document.id == document_id("https://harbourpost.example/world/talks", "")


def test_a_page_in_an_older_encoding_is_read(tmp_path: Path) -> None:
    page = PAGE.replace('charset="utf-8"', 'charset="windows-1252"').encode("cp1252")
    assert "“We have not ruled it out,”" in one(write(tmp_path, "a.htm", page)).text


@pytest.mark.parametrize("page", ["<html><body><script>1</script></body></html>", "<p></p>", "<", "<html>" + "<div>" * 5_000])
def test_a_page_without_an_article_is_told(tmp_path: Path, page: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert line(write(tmp_path, "broken.html", page)) == "broken.html: no text found"
    assert capfd.readouterr() == ("", "")


# JSON Lines


def test_rows_are_taken_as_they_are_and_bad_ones_named(tmp_path: Path) -> None:
    rows = [
        json.dumps(
            {
                "text": f"Subscribe\n\n{BODY}",
                "title": HEADLINE,
                "url": "https://a.example/1",
                "outlet": "Post",
                "published": "2023-05-02T23:00:00-04:00",
            }
        ),
        '{"text": "broken',
        "",
        json.dumps({"text": BODY, "published": "31-31-2020"}),
        json.dumps([BODY]),
        json.dumps({"title": "no text"}),
        json.dumps({"text": 7}),
        json.dumps({"text": "  "}),
        json.dumps({"text": GERMAN}),
        "[" * 100_000,
        '{"text": 1' + "0" * 10_000 + "}",
        json.dumps({"text": "Ferrania \ud800 and the front met. " + BODY, "more": 1}),
    ]
    first, *failures, last = read([write(tmp_path, "rows.jsonl", "\n".join(rows))])
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert first.text == f"{HEADLINE}\n\nSubscribe\n\n{BODY}"
    assert (first.title, first.url, first.outlet, first.published) == (HEADLINE, "https://a.example/1", "Post", "2023-05-03")
    assert first.path == (tmp_path / "rows.jsonl").as_posix() + "#1"
    assert last.text == "Ferrania \ufffd and the front met. " + BODY
    assert [str(failure).rpartition("rows.jsonl")[2] for failure in failures[:7]] == [
        "#2: not valid JSON: Unterminated string starting at character 10",
        "#4: published: '31-31-2020' is not a date (expected YYYY-MM-DD)",
        "#5: expected an object with `text`",
        "#6: no `text`",
        "#7: `text` is 7, expected a string",
        "#8: no text found",
        "#9: not English (looks like German)",
    ]
    assert all("not valid JSON" in str(failure) for failure in failures[7:])
    assert len(failures) == 9


def test_an_empty_file_of_rows_is_told(tmp_path: Path) -> None:
    assert line(write(tmp_path, "rows.jsonl", "\n\n")) == "rows.jsonl: empty file"


# folders and standard input


def test_a_folder_is_read_in_order_without_hidden_and_unknown_files(tmp_path: Path) -> None:
    for name in ("b/z.txt", "a.txt", "b/a.md", "c.PDF", ".hidden.txt", ".git/x.txt", "D.TXT"):
        write(tmp_path, name, f"{name}\n\n{BODY}")
    found = [item.path for item in read([tmp_path])]
    assert found == [(tmp_path / name).as_posix() for name in ("D.TXT", "a.txt", "b/a.md", "b/z.txt")]


def test_a_folder_without_readable_files_is_told(tmp_path: Path) -> None:
    write(tmp_path, "empty/c.pdf", "x")
    assert line(tmp_path / "empty") == "empty: a folder without any file that can be read; known: .txt .md .html .htm .jsonl"


@pytest.mark.parametrize(
    ("given", "count"),
    [(f"{HEADLINE}\n\n{BODY}", 1), (PAGE, 1), (f"{json.dumps({'text': BODY})}\n{json.dumps({'text': FIRST})}\n", 2)],
)
def test_standard_input_has_no_path(monkeypatch: pytest.MonkeyPatch, given: str, count: int) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    found = list(read(["-"]))
    assert len(found) == count
    assert all(isinstance(item, Document) and item.path is None for item in found)


def test_empty_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert line("-") == "standard input: empty file"


# files that cannot be read cost nothing else


def test_one_bad_file_costs_only_itself(tmp_path: Path) -> None:
    good = write(tmp_path, "good.txt", BODY)
    found = list(read([tmp_path / "nothere.txt", good, write(tmp_path, "zero.txt", ""), good]))
    assert [type(item) for item in found] == [Failure, Document, Failure, Document]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "empty file"),
        ("blank.txt", b" \n\t\n", "no text found"),
        ("menu.txt", b"Navigation\n\nSubscribe\n", "no text found"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a binary file, not text"),
        ("packed.txt", bytes(range(1, 256)) * 40, "a binary file, not text"),
        ("a.pdf", b"x", "no reader for '.pdf'; known: .txt .md .html .htm .jsonl"),
        ("README", b"x", "no reader for files without a suffix; known: .txt .md .html .htm .jsonl"),
        ("x.txt", GERMAN.encode(), "not English (looks like German)"),
        ("y.txt", GERMAN.encode("utf-16"), "not English (looks like German)"),
        (
            "z.txt",
            ("Правительство заявило во вторник, что переговоры с фронтом возможны. " * 3).encode("cp1251"),
            "not English (looks like Russian)",
        ),
    ],
)
def test_each_bad_file_gets_one_clear_line(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    assert line(write(tmp_path, name, content)) == f"{name}: {said}"


def test_missing_and_special_files_are_told(tmp_path: Path) -> None:
    assert line(tmp_path / "nothere.txt") == "nothere.txt: no such file"
    assert line("/dev/null") == "null: not a file"
    assert line("https://news.example/a") == "a: nothing is fetched from the network; save the page and name the file"
    assert "null" in line("a\0b.txt")


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path, "secret.txt", BODY)
    monkeypatch.setattr(Path, "open", refuse)
    assert line(path) == "secret.txt: may not be read (permission denied)"


def test_a_document_over_the_limit_is_refused_not_cut(tmp_path: Path) -> None:
    path = write(tmp_path, "huge.txt", "a b " * 300_000)
    assert line(path) == "huge.txt: 1,199,999 characters; the limit is 1,000,000"
    assert line(path, settings=Settings(max_characters=10)).endswith("the limit is 10")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_are_told_apart(tmp_path: Path, encoding: str) -> None:
    assert one(write(tmp_path, "a.txt", BODY.encode(encoding))).text == BODY


def test_a_few_broken_bytes_do_not_spoil_a_text(tmp_path: Path) -> None:
    damaged = ("“" * 20 + BODY).encode() + b" \x93end"
    assert one(write(tmp_path, "a.txt", damaged)).text.endswith("\ufffdend")


def test_line_ends_and_byte_order_marks_are_normalised(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", f"\ufeff{HEADLINE}\r\n\r\n{BODY}".replace("\n\n", "\r\n\r\n"))
    assert one(path).text == f"{HEADLINE}\n\n{BODY}"


# texts that are handed over


def test_nothing_is_left_out_of_a_text_that_is_handed_over() -> None:
    text = f"  Navigation\n\nMay 2, 2023\n\n{BODY}\n"
    document = document_of(text)
    assert document.text == text
    assert (document.path, document.title, document.published) == (None, None, "2023-05-02")


def test_a_title_is_read_unless_the_text_begins_with_it() -> None:
    assert document_of(BODY, title=f" {HEADLINE}\n").text == f"{HEADLINE}\n\n{BODY}"
    with_title = f"{HEADLINE.upper().replace(chr(39), '’')}.\n\n{BODY}"
    assert document_of(with_title, title=HEADLINE).text == with_title
    assert not begins_with("Iranian ships left.", "Iran")


def test_a_handed_over_text_can_be_refused() -> None:
    with pytest.raises(InputError, match="text: no text found"):
        document_of(" ")
    with pytest.raises(InputError, match="published: 'yesterday' is not a date"):
        document_of(BODY, published="yesterday")
    with pytest.raises(InputError, match=r"a\.txt: not English"):
        document_of(GERMAN, path="a.txt")


def test_the_same_url_is_the_same_document() -> None:
    first, second = document_of(BODY, url="https://A.example/x?utm_source=y#top"), document_of(FIRST, url="https://a.example/x")
    assert first.id == second.id
    assert first.content_hash != second.content_hash


@pytest.mark.parametrize("text", ["Lindqvist", "Guterres, Lavrov, Erdogan", "北京 met Taipei.", "12345"])
def test_short_texts_pass_as_english(text: str) -> None:
    assert document_of(text).language == "en"


def test_english_with_many_foreign_names_passes() -> None:
    names = "Sheikh Mohammed bin Abdulrahman Al-Thani, Abdul Ghani Baradar, Zabihullah Mujahid and Mevlüt Çavuşoğlu"
    assert document_of(f"{names} met {names} in Doha; {names} left Kabul.").language == "en"


# dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-09-02", "2021-09-02"),
        ("2021/9/2", "2021-09-02"),
        ("2021-09-02T10:00:00Z", "2021-09-02"),
        ("September 02, 2021", "2021-09-02"),
        ("2nd Sept. 2021", "2021-09-02"),
        ("Thu, 02 Sep 2021 10:00:00 GMT", "2021-09-02"),
        ("02-Sep-2021", "2021-09-02"),
        ("02/03/2021", None),
        ("February 30, 2021", None),
        ("September 2021", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("", None),
    ],
)
def test_dates_are_iso_or_none(text: str, day: str | None) -> None:
    assert iso_date(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("KABUL, Aug. 3, 2021 (Reuters) — The front said", "2021-08-03"),
        ("WASHINGTON, D.C., August 3, 2021 /PRNewswire/ -- The front said", "2021-08-03"),
        ("March 14, 2023 — The front said", "2023-03-14"),
        ("KABUL, Aug. 3 (Reuters) — The front said", None),
        ("On March 14, 2023, the front said", None),
        ("In KABUL on March 14, 2023 (a Tuesday) the front said", None),
    ],
)
def test_datelines_give_the_date(text: str, day: str | None) -> None:
    assert dateline(text) == day
    assert find_published(f"{HEADLINE}\n\n{text} so.") == day


def test_a_date_line_may_have_a_label_and_a_time() -> None:
    for text in ("Updated 10:15 AM EST, Tue May 2, 2023", "Posted on May 2, 2023 at 10:15 am", "• 2 May 2023 | Updated 3 May 2023"):
        assert date_line(text) == "2023-05-02", text
    assert find_published(f"{HEADLINE}\nBy Nils Ek, May 2, 2023\n{BODY}") == "2023-05-02"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Press release\nBrussels, 2 May 2023", "2023-05-02"),
        ("INTERVIEW | Kathmandu, May 2, 2023", "2023-05-02"),
        ("Nils Ek in Accra, Tuesday 2 May 2023", "2023-05-02"),
        ("The harbour, May 1, 2023\n\nMay 2, 2023", "2023-05-02"),
        ("The harbour on a quiet day, May 1, 2023.", None),
    ],
)
def test_a_line_that_ends_with_a_date_gives_it_where_nothing_better_does(text: str, day: str | None) -> None:
    assert find_published(f"{HEADLINE}\n\n{text}\n\n{BODY}") == day
