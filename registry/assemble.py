#!/usr/bin/env python3
"""Writes the port number registry as XML, in IANA's own schema, from IANA's CSV of it.

usage: assemble.py CSV [-o OUT]

The CSV is IANA's release of 2024-06-12; README.md says where to find it. Its
checksum is verified. The XML is read back before it is written: every record
must give the twelve cells of its line again.
"""

import argparse
import csv
import hashlib
import io
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

CSV_SHA256 = "a86d10128fad2451b1a19e1924c94d21c5843535d9730bf5240f7eab78c5ec4b"
RELEASE = "2024-06-12"
RECORDS = 14_447
HEADER = [
    "Service Name", "Port Number", "Transport Protocol", "Description", "Assignee", "Contact",
    "Registration Date", "Modification Date", "Reference", "Service Code",
    "Unauthorized Use Reported", "Assignment Notes",
]  # fmt: skip
NAMESPACE = "http://www.iana.org/assignments"
DEFAULT = {"": NAMESPACE}
PROVENANCE = f"""\
The records are those of IANA's CSV of this registry as released on {RELEASE}, in its order,
put into IANA's XML schema by registry/assemble.py. The CSV does not carry the people behind
the person references, so there is no list of them here."""
FOOTNOTE = """\
For experiments only, see RFC 3692 and Section 6.1 of RFC 6335: software is not to be shipped
with one of these values as its default."""


class Row(NamedTuple):
    """One record, as the twelve columns of IANA's CSV."""

    name: str
    port: str
    transport: str
    description: str
    assignee: str = ""
    contact: str = ""
    registered: str = ""
    modified: str = ""
    reference: str = ""
    service_code: str = ""
    unauthorized: str = ""
    notes: str = ""

    def folded(self) -> "Row":
        return Row(*map(fold, self))


class Failure(Exception):
    """Something the user has to look at; the message is all there is to say."""


def fold(text: str) -> str:
    return " ".join(text.split())


def read_checked(path: Path, sha256: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Failure(f"cannot read {path}: {error.strerror}") from error
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise Failure(f"{path} is not the expected file: its sha256 is {found}, not {sha256}")
    return data


def parse_csv(data: bytes) -> list[Row]:
    lines = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    if lines[0] != HEADER:
        raise Failure(f"unexpected header line: {lines[0]}")
    if len(lines) != RECORDS + 1:
        raise Failure(f"expected {RECORDS} records, found {len(lines) - 1}")
    return [Row(*line) for line in lines[1:]]


def bracketed(cell: str) -> list[str]:
    """`[A][B]` as A and B."""
    if not re.fullmatch(r"(\[[^][]+\])*", cell):
        raise Failure(f"not a list of references in brackets: {cell!r}")
    return re.findall(r"\[([^][]+)\]", cell)


def person(label: str) -> str:
    return f'<xref type="person" data={quoteattr(label)}/>'


def reference(label: str) -> str:
    """The xref that prints as `[label]`."""
    if match := re.fullmatch(r"RFC([1-9]\d*)(,.*)?", label):
        start = f'<xref type="rfc" data="rfc{match[1]}"'
        return f"{start}>{escape(label)}</xref>" if match[2] else f"{start}/>"
    patterns = {"draft": r"(draft|RFC-ietf)-\S+", "uri": r"https?://\S+", "note": r"\d+"}
    for kind, pattern in patterns.items():
        if re.fullmatch(pattern, label):
            return f'<xref type="{kind}" data={quoteattr(label)}/>'
    return f'<xref type="text">{escape(label)}</xref>'


def element(tag: str, text: str) -> list[str]:
    return [f"    <{tag}>{escape(text)}</{tag}>"] if text else []


def record(row: Row) -> Iterator[str]:
    dates = (("date", row.registered), ("updated", row.modified))
    yield "  <record" + "".join(f" {key}={quoteattr(value)}" for key, value in dates if value) + ">"
    yield from element("name", row.name)
    yield from element("protocol", row.transport)
    # Without an assignee element the contact is the assignee too.
    if row.assignee != row.contact:
        yield "    <assignee>"
        yield from (f"      {person(label)}" for label in bracketed(row.assignee))
        yield "    </assignee>"
    yield from (f"    {person(label)}" for label in bracketed(row.contact))
    # The schema wants a description, if need be an empty one.
    yield from element("description", row.description) or ["    <description/>"]
    yield from element("number", row.port)
    yield from (f"    {reference(label)}" for label in bracketed(row.reference))
    yield from element("sc", row.service_code)
    yield from element("unauthorized", row.unauthorized)
    yield from element("note", row.notes)
    yield "  </record>"


def document(rows: list[Row]) -> bytes:
    lines = [
        "<?xml version='1.0' encoding='UTF-8'?>",
        f'<registry xmlns="{NAMESPACE}" id="service-names-port-numbers">',
        "  <title>Service Name and Transport Protocol Port Number Registry</title>",
        "  <category>Service Names and Transport Protocol Port Numbers</category>",
        f"  <updated>{RELEASE}</updated>",
        '  <xref type="rfc" data="rfc6335"/>',
        f'  <note title="Provenance">{escape(PROVENANCE)}</note>',
        *(line for row in rows for line in record(row)),
        f'  <footnote anchor="1">{escape(FOOTNOTE)}</footnote>',
        "</registry>",
    ]
    return ("\n".join(lines) + "\n").encode()


def printed(xrefs: list[ET.Element]) -> str:
    def label(xref: ET.Element) -> str:
        data = xref.get("data", "")
        return xref.text or (data.upper() if xref.get("type") == "rfc" else data)

    return "".join(f"[{label(xref)}]" for xref in xrefs)


def row_of(node: ET.Element) -> Row:
    """A record as IANA's stylesheet prints it."""

    def text(tag: str) -> str:
        return node.findtext(tag, "", DEFAULT)

    xrefs = node.findall("xref", DEFAULT)
    persons = [xref for xref in xrefs if xref.get("type") == "person"]
    others = [xref for xref in xrefs if xref.get("type") != "person"]
    assignee = node.find("assignee", DEFAULT)
    return Row(
        name=text("name"),
        port=text("number"),
        transport=text("protocol"),
        description=text("description"),
        assignee=printed(persons if assignee is None else assignee.findall("xref", DEFAULT)),
        contact=printed(persons),
        registered=node.get("date", ""),
        modified=node.get("updated", ""),
        reference=printed(others),
        service_code=text("sc"),
        unauthorized=text("unauthorized"),
        notes=text("note"),
    )


def verify(xml: bytes, rows: list[Row]) -> None:
    found = [row_of(node) for node in ET.fromstring(xml).iterfind("record", DEFAULT)]
    if len(found) != len(rows):
        raise Failure(f"wrote {len(rows)} records, read back {len(found)}")
    for index, (wrote, read) in enumerate(zip(rows, found, strict=True), 1):
        if wrote.folded() != read.folded():
            raise Failure(f"record {index} does not survive: wrote {wrote}, read back {read}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("csv", type=Path, metavar="CSV", help=f"IANA's CSV of {RELEASE}")
    default = Path(__file__).with_name("service-names-port-numbers.xml")
    default_help = f"default: {default.name} beside this script"
    parser.add_argument("-o", type=Path, default=default, metavar="OUT", help=default_help)
    args = parser.parse_args()
    try:
        rows = parse_csv(read_checked(args.csv, CSV_SHA256))
        xml = document(rows)
        verify(xml, rows)
        args.o.write_bytes(xml)
    except (Failure, OSError) as error:
        print(f"assemble.py: {error}", file=sys.stderr)
        return 1
    print(f"{args.o}: {len(rows)} records", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
