"""Binding: the pages of all parts become one PDF, with labels, metadata and the sources of the book inside.

The file is both PDF/UA-1 (a screen reader can read it) and PDF/A-3a (it will look the same in fifty years; files may be
attached to it).
"""

from __future__ import annotations

import datetime
import hashlib
import io
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from pipeline import __version__
from pipeline.language import Words
from pipeline.print import front
from pipeline.print.tags import tagged

if TYPE_CHECKING:
    from weasyprint import Document
    from weasyprint.document import Page

    from pipeline.print.layout import Typesetter

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)

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
    prelims: Sequence[Page],
    pages: Sequence[Page],
    meta: Mapping[str, Any],
    words: Words,
    attachments: Mapping[str, bytes],
) -> tuple[bytes, Document]:
    """Write ``prelims`` and ``pages`` as one PDF.

    ``meta`` is the YAML block of the book, ``words`` what the edition adds of its own, ``attachments`` the files to
    put in, by name.

    Returns:
        The PDF, and the document as WeasyPrint wrote it.

    """
    bound = press.document([*prelims, *pages])
    bound.metadata.lang = language_of(meta)
    for page in bound.pages:  # WeasyPrint links each box within a link once more
        page.links[:] = [link for link in page.links if link[3].element_tag == "a"]
    with tagged(words):
        written = bound.write_pdf(pdf_variant="pdf/a-3a")
    with pikepdf.open(io.BytesIO(written)) as pdf:
        _label(pdf, len(prelims))
        _describe(pdf, meta)
        _attach(pdf, attachments)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue(), bound


def language_of(meta: Mapping[str, Any]) -> str:
    """Return the language of the book, a BCP 47 tag; English if it is not named."""
    return front.plain(meta.get("lang", "")) or "en"


def _label(pdf: pikepdf.Pdf, prelims: int) -> None:
    """Label the pages as they are printed: roman for the front matter, arabic for the text."""
    rows = Array([0, Dictionary(S=Name.r), prelims, Dictionary(S=Name.D)])
    pdf.Root.PageLabels = pdf.make_indirect(Dictionary(Nums=rows))
    pdf.Root.PageLayout = Name.TwoPageRight
    pdf.Root.PageMode = Name.UseOutlines


def _describe(pdf: pikepdf.Pdf, meta: Mapping[str, Any]) -> None:
    title = front.plain(meta.get("title", "")) or "Untitled"
    authors = front.authors(meta)
    tool = f"Octavo {__version__}"
    rows = [_words_in("dc:title", title, alternative=True)]
    if authors:
        people = "".join(f"<rdf:li>{escape(author)}</rdf:li>" for author in authors)
        rows.append(f"<dc:creator><rdf:Seq>{people}</rdf:Seq></dc:creator>")
    for key, name in (("description", "dc:description"), ("rights", "dc:rights")):
        if words := front.plain(meta.get(key, "")):
            rows.append(_words_in(name, words, alternative=True))
    for key, name in (("publisher", "dc:publisher"), ("lang", "dc:language")):
        if words := front.plain(meta.get(key, "")):
            rows.append(_words_in(name, words))
    for key, name in (("identifier", "dc:identifier"), ("source", "dc:source")):
        if words := front.plain(meta.get(key, "")):
            rows.append(f"<{name}>{escape(words)}</{name}>")
    rows += [
        "<dc:format>application/pdf</dc:format>",
        f"<xmp:CreatorTool>{tool}</xmp:CreatorTool>",
        f"<pdf:Producer>{escape(str(pdf.docinfo.get('/Producer', tool)))}</pdf:Producer>",
    ]
    packet = Stream(pdf, XMP.format(properties="\n".join(rows)).encode())
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(packet)
    pdf.docinfo[Name.Title] = String(title)
    pdf.docinfo[Name.Creator] = String(tool)
    if authors:
        pdf.docinfo[Name.Author] = String("; ".join(authors))


def _words_in(name: str, words: str, *, alternative: bool = False) -> str:
    if alternative:
        return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(words)}</rdf:li></rdf:Alt></{name}>'
    return f"<{name}><rdf:Bag><rdf:li>{escape(words)}</rdf:li></rdf:Bag></{name}>"


def _attach(pdf: pikepdf.Pdf, attachments: Mapping[str, bytes]) -> None:
    """Put the sources of the book into the PDF, as PDF/A-3 allows."""
    kinds = {".json": "/application/json", ".md": "/text/markdown"}
    stamp = EPOCH.strftime("D:%Y%m%d%H%M%SZ")
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
