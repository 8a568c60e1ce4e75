"""What makes a PDF one that archives keep (PDF/A-3a, ISO 19005-3): its metadata, its colours, its streams.

PDF/A wants every property that is not its own described in the packet of metadata itself; that of
PDF/UA is one.
"""

from __future__ import annotations

import datetime
import zlib
from importlib.resources import files
from xml.sax.saxutils import escape

import pydyf

_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
_EXTENSION = f"""\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{_NAMESPACES["pdfuaid"]}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""


_PROFILE = "sRGB2014.icc"


def archive(pdf: pydyf.PDF, metadata: bytes, spare: int = 0) -> None:
    """Give a PDF that is about to be written its metadata, its output intent and streams that all readers take.

    So many ``spare`` objects say nothing; they only change the bytes of the streams that the renderer writes last.
    """
    for _ in range(spare):
        pdf.add_object(pydyf.Dictionary())
    profile = pydyf.Stream([(files("weasyprint.pdf") / _PROFILE).read_bytes()], {"N": 3}, compress=True)
    pdf.add_object(profile)
    identifier = pydyf.String(_PROFILE)
    intent = {"Type": "/OutputIntent", "S": "/GTS_PDFA1", "DestOutputProfile": profile.reference}
    intent |= {"OutputConditionIdentifier": identifier, "Info": identifier}
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])
    for stream in pdf.objects:
        if not isinstance(stream, pydyf.Stream):
            continue
        if stream.extra.get("Type") == "/Metadata":  # to be read without knowing PDF
            stream.stream, stream.compress = [metadata], False
        elif stream.compress:
            _compress(stream)


def looks_cut(pdf: bytes) -> bool:
    """Whether a stream ends in a carriage return: with the line end after it, it looks shorter than it says."""
    return b"\r\nendstream" in pdf


def _compress(stream: pydyf.Stream) -> None:
    """Compress once: the renderer would do it again for the file's identifier. The stream never looks cut."""
    data = zlib.compress(b"\n".join(p if isinstance(p, bytes) else pydyf._to_bytes(p) for p in stream.stream), 9)
    if data.endswith(b"\r"):  # a sum of what is compressed, which stays as it is: an attached file
        data += b"\n"  # behind its end, where nobody reads on
    stream.stream, stream.compress = [data], False
    stream.extra = {**stream.extra, "Filter": "/FlateDecode"}


def packet(title: str, author: str, published: datetime.date, producer: str) -> bytes:
    """The XMP packet of a disclosure that keeps PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1)."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    date = published.isoformat()
    return f"""\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {spaces}><rdf:Description rdf:about="">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{escape(producer)}</pdf:Producer><xmp:CreateDate>{date}</xmp:CreateDate>
{_EXTENSION}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode()
