"""A ``book.md`` from a stranger reaches nothing: no address is fetched, no file outside its folder gets into a book."""

from __future__ import annotations

import io
import json
import re
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import lxml.html
import pikepdf
import pytest
from lxml import etree
from PIL import Image

from pipeline.admission import admit, admit_svg, within
from pipeline.cli import main
from pipeline.errors import Exit, OctavoError
from pipeline.fetcher import closed_fetcher
from pipeline.machine import weasyprint
from pipeline.manuscript import set_text
from pipeline.report import Report

SECRET = "ottersecret7731"
SIZE = (37, 41)  # of the secret picture; no other picture has it

WORDS = """\
action archive background cite classid codebase content data data-src dynsrc formaction href icon imagesizes
imagesrcset longdesc lowsrc manifest ping poster profile src srcdoc srcset style usemap xlink:href xml:base

a applet area audio base bgsound blockquote body button del embed feImage form frame html iframe img image input
ins layer link math meta object param picture q script set source style svg table td track use video xml

background background-image border-image border-image-source content counter-increment cursor filter list-style
list-style-image mask mask-image shape-outside clip-path src marker symbols string-set
"""
ATTRIBUTES, ELEMENTS, PROPERTIES = (words.split() for words in WORDS.split("\n\n"))


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a server, and the list of what it was asked for."""
    requests: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            self.send_error(404)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Listening)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", requests
    server.shutdown()
    server.server_close()


def secrets(folder: Path) -> list[str]:
    """Put secret files into ``folder`` and return their addresses."""
    (folder / "secret.txt").write_text(SECRET, encoding="utf-8")
    (folder / "secret.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>{SECRET}</text></svg>', encoding="utf-8"
    )
    Image.new("RGB", SIZE, "red").save(folder / "secret.png")
    names = ("secret.txt", "secret.svg", "secret.png")
    return [*(f"file://{folder / name}" for name in names), *(str(folder / name) for name in names)]


def hostile(addresses: list[str]) -> str:
    """Return markup in which each address stands in every element, attribute and property that may carry one."""
    rows: list[str] = []
    for address in addresses:
        for element in ELEMENTS:
            given = " ".join(f'{name}="{address}"' for name in ATTRIBUTES if name != "style")
            rel = 'rel="stylesheet attachment icon import" type="text/css"'
            rows.append(f"<{element} {rel} {given}>words</{element}>")
        style = "; ".join(f"{name}: url({address})" for name in PROPERTIES)
        rows.append(f'<p style="{style}">words</p>')
        rows.append(f'<style>@import url("{address}"); @font-face {{ font-family: F; src: url({address}) }}')
        rows.append(f"@namespace url({address}); p {{ {style}; font-family: F }}</style>")
        rows.append(
            f'<svg><style>@import url({address});</style><image href="{address}"/><use href="{address}#a"/></svg>'
        )
        rows.append(f'<meta http-equiv="refresh" content="0; url={address}"><?xml-stylesheet href="{address}"?>')
    return "\n\n".join(rows)


def everything_in(path: Path) -> bytes:
    """Return all that a file holds, unpacked: the streams of a PDF and its attachments, the files of an EPUB."""
    if path.suffix == ".epub":
        with zipfile.ZipFile(path) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    if path.suffix != ".pdf":
        return path.read_bytes()
    with pikepdf.open(path) as pdf:
        streams = [one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream) and "/Filter" in one]
        sizes = [f"{one.get('/Width')} {one.get('/Height')}" for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        assert f"{SIZE[0]} {SIZE[1]}" not in sizes
        return b"".join(streams) + "".join(str(one) for one in pdf.objects).encode()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "book"
    place.mkdir()
    return place


@pytest.mark.slow
def test_a_strangers_book_reaches_nothing(tmp_path: Path, place: Path, asked: tuple[str, list[str]]) -> None:
    server, requests = asked
    addresses = [f"{server}/x.png", f"{server}/x.css", *secrets(tmp_path)]
    (place / "link.png").symlink_to(tmp_path / "secret.png")
    (place / "inside").symlink_to(tmp_path)
    drawn = "".join(
        f'<image href="{one}" width="5" height="5"/><image xlink:href="{one}"/><use href="{one}#a"/>'
        f'<a href="{one}"><rect/></a><style>@import url({one});</style><script href="{one}"/>'
        f'<rect fill="url({one}#a)" style="filter: url({one})"/>'
        for one in addresses
    )
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    entity = f'<!DOCTYPE svg [<!ENTITY e SYSTEM "file://{tmp_path}/secret.txt">]>'
    (place / "drawn.svg").write_text(f"{entity}<svg {space} width='9' height='9'><text>&e;</text>{drawn}</svg>")
    Image.new("RGB", (5, 5), "blue").save(place / "own.png")
    shown = [*addresses, "link.png", "inside/secret.png", "../secret.png", "inside/secret.svg", "drawn.svg", "own.png"]
    pictures = " ".join(f'![picture{n}]({one}){{style="background: url({one})"}}' for n, one in enumerate(shown))
    head = "\n".join(f"{key}: '<img src={server}/{key}.png> <b>words</b>'" for key in ("title", "subtitle", "author"))
    links = " ".join(f"[words]({one}){{rel=attachment}}" for one in addresses)
    text = f"---\n{head}\nheader-includes: '<link href={server}/h.css rel=stylesheet>'\n---\n\n# One\n\nWords.\n\n"
    (place / "book.md").write_text(f"{text}{pictures}\n\n{links}\n\n{hostile(addresses)}\n", encoding="utf-8")
    assert main(["proof", str(place / "book.md"), "-q"]) == Exit.OK
    assert requests == []
    for made in (place / "book.pdf", place / "book.epub", place / "report.html"):
        assert SECRET.encode() not in everything_in(made) or made.suffix == ".html"
    with zipfile.ZipFile(place / "book.epub") as archive:
        bytes_of = {name: archive.read(name) for name in archive.namelist()}
    assert all(Image.open(io.BytesIO(data)).size != SIZE for name, data in bytes_of.items() if name.endswith(".png"))
    texts = b"".join(data for name, data in bytes_of.items() if name.endswith((".xhtml", ".svg")))
    assert not re.search(rb"<script|<iframe|<object|<embed|<style|<meta http|onload|file:/|\?xml-stylesheet", texts)
    report = json.loads((place / "report.json").read_text(encoding="utf-8"))
    codes = [found["code"] for found in report["findings"]]
    assert "markup-refused" in codes and "image-missing" in codes


def test_the_typesetter_fetches_nothing_even_if_it_were_asked(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    server, requests = asked
    engine, fetcher = weasyprint(), closed_fetcher({})
    page = hostile([f"{server}/x.png", *secrets(tmp_path)])
    data = engine.HTML(string=page, url_fetcher=fetcher, base_url=f"file://{tmp_path}/").write_pdf()
    (tmp_path / "made.pdf").write_bytes(data)
    assert requests == []
    assert SECRET.encode() not in everything_in(tmp_path / "made.pdf")


@pytest.mark.parametrize("key", ["csl", "citation-abbreviations", "bibliography"])
@pytest.mark.parametrize("block", ["---\n{}: {}\n---\n\nx [@a]\n", "x [@a]\n\n---\n{}: {}\n---\n"])
def test_no_metadata_make_pandoc_reach_out(
    tmp_path: Path, place: Path, asked: tuple[str, list[str]], key: str, block: str
) -> None:
    server, requests = asked
    secret = f'[{{"id": "a", "type": "book", "title": "{SECRET}"}}]'
    (tmp_path / "secret.json").write_text(secret, encoding="utf-8")
    (place / "link.json").symlink_to(tmp_path / "secret.json")
    for name in (f"{server}/a.json", "../secret.json", str(tmp_path / "secret.json"), "link.json"):
        try:
            assert SECRET not in set_text(block.format(key, name), place).html
        except OctavoError as error:
            assert key == "bibliography" and error.exit_code is Exit.SETTINGS and SECRET not in str(error)
    assert requests == []


@pytest.mark.parametrize(
    "name", ["../out.json", "inside/out.json", "link.json", "{}/out.json", "http://tarn.example/o.json"]
)
def test_a_bibliography_lies_beside_its_book(tmp_path: Path, place: Path, name: str) -> None:
    (tmp_path / "out.json").write_text("[]", encoding="utf-8")
    (place / "inside").symlink_to(tmp_path)
    (place / "link.json").symlink_to(tmp_path / "out.json")
    with pytest.raises(OctavoError, match="“bibliography” in book") as refused:
        set_text(f"---\nbibliography: {name.format(tmp_path)}\n---\n", place)
    assert refused.value.exit_code is Exit.SETTINGS


def test_a_bibliography_in_the_folder_is_read(place: Path) -> None:
    (place / "works").mkdir()
    (place / "works" / "a.json").write_text("[]", encoding="utf-8")
    made = set_text("---\nbibliography: works/a.json\n---\n", place)
    assert made.bibliographies == {"works/a.json": b"[]"}


def test_within_a_folder(tmp_path: Path, place: Path) -> None:
    (place / "a.png").write_bytes(b"a")
    (tmp_path / "b.png").write_bytes(b"b")
    assert within("a.png", place) == (place / "a.png").resolve()
    assert within("../book/a.png", place) == (place / "a.png").resolve()
    assert not any(
        within(name, place) for name in ("b.png", "../b.png", str(tmp_path / "b.png"), ".", "", "a\0", "a" * 999)
    )


@pytest.mark.parametrize(
    ("given", "let_in"),
    [
        ("<b>a</b> <i class='x' lang=fr>b</i>", '<b>a</b> <i class="x" lang="fr">b</i>'),
        ("a<script>b</script>c", "ac"),
        ("a<iframe src=x>b</iframe>c", "abc"),
        ("<p onclick=x() data-title=y hidden>a</p>", "<p>a</p>"),
        ('<p style="text-align: right">a</p>', '<p style="text-align: right">a</p>'),
        ('<p style="display: none; text-align: right">a</p>', '<p style="text-align: right">a</p>'),
        ('<p style="width: calc(1px)">a</p>', "<p>a</p>"),
        ('<p style="margin-left: -3em; margin-top: 1em">a</p>', '<p style="margin-top: 1em">a</p>'),
        ('<p style="text-indent: 999em; letter-spacing: -1em; margin: 9 -9px">a</p>', "<p>a</p>"),
        ('<p style="float: left; clear: both; white-space: nowrap; height: 0; vertical-align: 9em">a</p>', "<p>a</p>"),
        ('<td style="width: 600px; height: 9cm">a</td>', '<td style="width: 600px; height: 9cm">a</td>'),
        (
            '<a href="../b.html">oil</a> <a href="//b.example">wick</a> <a href="/b">can</a>',
            "<a>oil</a> <a>wick</a> <a>can</a>",
        ),
        ("<q>a</q>", "a"),
        ('<a href="javascript:x()">a</a>', "<a>a</a>"),
        ('<a href="java&#9;script:x()">a</a>', "<a>a</a>"),
        ('<a href="#b" rel="attachment">a</a>', '<a href="#b">a</a>'),
        ('<a href="https://tarn.example/">a</a>', '<a href="https://tarn.example/">a</a>'),
        ("a<!-- b -->c<?d e?>f", "acf"),
    ],
)
def test_what_is_let_in(given: str, let_in: str) -> None:
    root = lxml.html.fragment_fromstring(given, create_parent="div")
    admit(root, Report())
    assert lxml.html.tostring(root, encoding="unicode") == f"<div>{let_in}</div>"


def test_what_can_hold_nothing_has_its_words_behind_it() -> None:
    root = etree.fromstring("<div>a<img src='b'>c<b>d</b>e</img>f<br>g</br></div>")
    admit(root, Report())
    assert etree.tostring(root, encoding="unicode") == '<div>a<img src="b"/>c<b>d</b>ef<br/>g</div>'


def test_what_is_refused_is_named_once() -> None:
    root = lxml.html.fragment_fromstring("<p onclick=x>a</p><p onclick=x>b</p><video>c</video>", create_parent="div")
    report = Report()
    admit(root, report)
    assert [found.message for found in report.findings] == [
        'book.md has markup that no edition takes: onclick="x". Its words stay.',
        "book.md has markup that no edition takes: <video>. Its words stay.",
    ]


def test_what_draws_is_let_in() -> None:
    drawing = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs><linearGradient id="a"/></defs>
<rect fill="url(#a)" width="3"/><use href="#a"/><image href="data:image/png;base64,AAAA"/><text>words</text></svg>"""
    kept = admit_svg(drawing)
    assert kept is not None and kept.split(b"?>\n")[1] == drawing


def test_what_is_no_drawing_is_none() -> None:
    assert [admit_svg(data) for data in (b"", b"<svg", b"<html/>", b"<svg/>")] == [None] * 4


def test_markup_in_a_book_prints_its_words_and_loses_none(place: Path) -> None:
    names = iter(range(1000))
    pieces = ["---\ntitle: Weirs\nlang: en\n---\n\n# One\n\nThe weir.\n"]
    for element in ELEMENTS:
        pieces.append(f"<{element} src='a.png'>block{next(names)}</{element}>\n")
        pieces.append(f"In line{next(names)} <{element} style='color: red'>held{next(names)}</{element}> after.\n")
    pieces += [
        "<!-- unseen\nover two lines -->\n",
        "```{=html}\n<style>p { color: unseen }</style>\n<p>seen there</p>\n```\n",
        "```{=latex}\n\\textbf{unseen}\n```\n",
        "\\begin{verse}\nunseen\n\\end{verse}\n",
        "Seen `<b>here</b>`{=html}, `unseen`{=rtf}, \\emph{unseen}, `<style>seen code</style>`.\n",
        "    <script> seen in code\n",
        "> <style>\n> unseen\n> </style>\n",
    ]
    (place / "book.md").write_text("\n".join(pieces), encoding="utf-8")
    assert main(["epub", str(place / "book.md"), "-q"]) == Exit.OK
    report = json.loads((place / "report.json").read_text(encoding="utf-8"))
    assert report["conservation"]["epub"]["lost"] == report["conservation"]["epub"]["added"] == 0
    with zipfile.ZipFile(place / "book.epub") as archive:
        texts = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".xhtml")).decode()
    assert "unseen" not in texts
    assert all(words in texts for words in ("seen there", "here", "seen code", "seen in code", "after."))
