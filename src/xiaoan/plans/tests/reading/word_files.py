"""Word files made for tests, with the marks that Word itself would write."""

import io
import zipfile

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NAMESPACES = (
    nsdecls("w", "a", "pic", "wp")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    + ' xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def word_file(*paragraphs: str) -> bytes:
    """A file of plain paragraphs."""
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    return saved(document)


def word_file_of_xml(*blocks: str) -> bytes:
    """A file whose body is the given blocks of WordprocessingML."""
    document = docx.Document()
    for block in blocks:
        document.element.body.insert(-1, parse_xml(block.replace(">", f" {NAMESPACES}>", 1)))
    return saved(document)


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one part added or replaced."""
    parts = zipped_parts(data) | {name: content}
    return zipped(parts)


def zipped_parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()
