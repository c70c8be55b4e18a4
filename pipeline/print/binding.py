"""Binding: the pages of all parts become one PDF, with labels, metadata and the sources of the book inside.

The file is both PDF/UA-1 (a screen reader can read it) and PDF/A-3a (it will look the same in fifty years; files may be
attached to it).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from pipeline import __version__, edition
from pipeline.language import AddedWords
from pipeline.manuscript import plain
from pipeline.print import front
from pipeline.print.deflated import deflated_once
from pipeline.print.impressions import VARIANT, Impressions
from pipeline.print.leaves import Leaf
from pipeline.print.tags import Tree, tagged

if TYPE_CHECKING:
    from weasyprint import Document
    from weasyprint.document import Page

    from pipeline.print.layout import Typesetter

PROPERTIES = (  # key of the YAML block, property of the XMP packet, and what kind of list it is (ISO 16684-1)
    ("description", "dc:description", "Alt"),
    ("rights", "dc:rights", "Alt"),
    ("publisher", "dc:publisher", "Bag"),
    ("lang", "dc:language", "Bag"),
    ("belongs-to-collection", "dc:relation", "Bag"),
    ("source", "dc:source", ""),
)
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
{properties}
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the PDF/UA standard</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def bind(
    press: Typesetter,
    prelims: Sequence[Page | Leaf],
    pages: Sequence[Page | Leaf],
    meta: Mapping[str, Any],
    words: AddedWords,
    attachments: Mapping[str, bytes],
    name: str,
    *,
    both_ways: bool = False,
) -> tuple[bytes, Document]:
    """Write ``prelims`` and ``pages`` as one PDF.

    ``meta`` is the YAML block of the book, ``words`` what the edition adds of its own, ``attachments`` the files to
    put in, by name; ``name`` that of the book's folder, if it was given one; ``both_ways`` says that some of the book
    runs to the left.

    Returns:
        The PDF, and the document as WeasyPrint wrote it.

    """
    bound = press.document([*prelims, *pages])
    bound.metadata.lang = language_of(meta)
    for page in bound.pages:  # WeasyPrint links each box within a link once more
        page.links[:] = [link for link in page.links if link[3].element_tag == "a"]
    impressions, tree = Impressions(press.key, press.beside.painted), Tree(words, both_ways=both_ways)

    def look(page: Page | Leaf, stream: Any) -> None:
        box = page._page_box
        if isinstance(page, Leaf):
            page.tell_links(box)
        tree.read(box, stream)

    impressions.take(bound, look)
    with tagged(tree), deflated_once(press.key):
        written = bound.write_pdf(pdf_variant=VARIANT)
    impressions.keep()
    with pikepdf.open(io.BytesIO(written)) as pdf:
        _label(pdf, len(prelims))
        _describe(pdf, meta, name)
        _attach(pdf, attachments, edition.modified(plain(meta.get("date", ""))))
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue(), bound


def language_of(meta: Mapping[str, Any]) -> str:
    """Return the language of the book, a BCP 47 tag; English if it is not named."""
    return plain(meta.get("lang", "")) or "en"


def _label(pdf: pikepdf.Pdf, prelims: int) -> None:
    """Label the pages as they are printed: roman for the front matter, arabic for the text."""
    rows = Array([0, Dictionary(S=Name.r), prelims, Dictionary(S=Name.D)])
    pdf.Root.PageLabels = pdf.make_indirect(Dictionary(Nums=rows))
    pdf.Root.PageLayout = Name.TwoPageRight
    pdf.Root.PageMode = Name.UseOutlines


def _describe(pdf: pikepdf.Pdf, meta: Mapping[str, Any], name: str) -> None:
    known = {key: plain(value) for key, value in meta.items() if key != "author"}
    title, date, authors = known.get("title") or "Untitled", known.get("date", ""), front.authors(meta)
    modified = edition.modified(date)
    tool = f"Octavo {__version__}"
    facts = (title, known.get("subtitle", ""), *authors, language_of(meta), known.get("publisher", ""))
    rows = [
        _property("dc:title", title, "Alt"),
        *(_property(term, known.get(key, ""), form) for key, term, form in PROPERTIES),
        _property("dc:date", date if edition.day(date) else "", "Seq"),
        _property("dc:identifier", edition.identifier(known.get("identifier", ""), facts, name)),
        _property("dc:format", "application/pdf"),
        _property("xmp:CreateDate", modified.isoformat()),
        _property("xmp:ModifyDate", modified.isoformat()),
        _property("xmp:CreatorTool", tool),
        _property("pdf:Producer", str(pdf.docinfo.get("/Producer", tool))),
    ]
    if authors:
        people = "".join(f"<rdf:li>{escape(author)}</rdf:li>" for author in authors)
        rows.append(f"<dc:creator><rdf:Seq>{people}</rdf:Seq></dc:creator>")
    packet = Stream(pdf, XMP.format(properties="\n".join(filter(None, rows))).encode())
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(packet)
    pdf.docinfo[Name.Title] = String(title)
    pdf.docinfo[Name.Creator] = String(tool)
    pdf.docinfo[Name.CreationDate] = pdf.docinfo[Name.ModDate] = String(_stamp(modified))
    if authors:
        pdf.docinfo[Name.Author] = String("; ".join(authors))


def _property(name: str, words: str, form: str = "") -> str:
    """Return a property of the XMP packet; ``form`` is the kind of list that the property wants, if it wants one."""
    if not words:
        return ""
    language = ' xml:lang="x-default"' if form == "Alt" else ""
    value = f"<rdf:{form}><rdf:li{language}>{escape(words)}</rdf:li></rdf:{form}>" if form else escape(words)
    return f"<{name}>{value}</{name}>"


def _stamp(moment: datetime) -> str:
    """Return a moment of UTC as PDF writes it (ISO 32000-1, 7.9.4)."""
    return f"D:{''.join(sign for sign in moment.isoformat()[:19] if sign.isdigit())}Z"


def _attach(pdf: pikepdf.Pdf, attachments: Mapping[str, bytes], modified: datetime) -> None:
    """Put the sources of the book into the PDF, as PDF/A-3 allows."""
    kinds = {".json": "/application/json", ".md": "/text/markdown"}
    stamp = _stamp(modified)
    files, names = [], []
    for name, data in sorted(attachments.items()):
        embedded = Stream(pdf, data)
        embedded.Type = Name.EmbeddedFile
        embedded.Subtype = Name(kinds.get(name[name.rfind(".") :], "/application/octet-stream"))
        checksum = hashlib.md5(data, usedforsecurity=False).digest()
        embedded.Params = Dictionary(Size=len(data), CheckSum=String(checksum), ModDate=stamp, CreationDate=stamp)
        stream = pdf.make_indirect(embedded)
        file = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=String(name),
                UF=String(name),
                Desc=String(f"Source of this book: {name}"),
                AFRelationship=Name.Source,
                EF=Dictionary(F=stream, UF=stream),
            )
        )
        files.append(file)
        names += [String(name), file]
    if files:
        pdf.Root.AF = Array(files)
        if Name.Names not in pdf.Root:
            pdf.Root.Names = Dictionary()
        pdf.Root.Names.EmbeddedFiles = Dictionary(Names=Array(names))
