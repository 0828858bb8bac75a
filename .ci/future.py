#!/usr/bin/env python3
"""Writes files as IANA may publish one day, made from the embedded one by seeded rules.

usage: future.py REGISTRY.xml FOLDER

- in-4-years.xml: 204 Unassigned blocks have a first service; names changed, ports were withdrawn.
- in-11-years.xml: every third name changed, every sixth lost its ports, every third Unassigned block was assigned
  whole, and there are 60 % more rows.
- smaller.xml: 1 % of the rows are gone.

More changes than in reality, so that no example and no test relies on a fact of today. They may rely on the names in
STABLE, and on those that another row calls its alias or its replacement: these stay as they are.
"""

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from random import Random

NAMESPACE = ' xmlns="http://www.iana.org/assignments"'
STABLE = set(
    "http www www-http https ssh smtp domain ftp telnet imaps ldap nfs shilp urd submissions x11 exp1 exp2 http-alt"
    " mysql postgresql coap swx dhcpv6-client zabbix-agent stun turn rdp discard daytime".split()
)
QUOTES = "(?:alias to|replacement for)"


def text(row: ET.Element, name: str) -> str:
    return "".join("".join(child.itertext()) for child in row.findall(name)).strip()


def new_row(number: str, transport: str, description: str, name: str = "") -> ET.Element:
    row = ET.Element("record")
    for child, value in (("name", name), ("protocol", transport), ("number", number), ("description", description)):
        if value:
            ET.SubElement(row, child).text = value
    return row


def ports(row: ET.Element) -> range:
    first, _, last = text(row, "number").partition("-")
    return range(int(first), int(last or first) + 1) if first else range(0)


def is_unassigned(row: ET.Element) -> bool:
    return not text(row, "name") and not text(row, "protocol") and text(row, "description") == "Unassigned"


def block(first: int, last: int) -> list[ET.Element]:
    number = f"{first}-{last}" if first < last else str(first)
    return [new_row(number, "", "Unassigned")] if first <= last else []


class Future:
    def __init__(self, source: Path, years: int, seed: int) -> None:
        self.random = Random(seed)
        self.root = ET.fromstring(source.read_text(encoding="utf-8").replace(NAMESPACE, "", 1))
        # A registry of IANA's own has no amendments.
        for note in self.root.findall("note"):
            if note.get("title") in ("Amendments", "Provenance"):
                self.root.remove(note)
        updated = self.root.find("updated")
        self.year = int(updated.text[:4]) + years
        updated.text = f"{self.year}-12-31"
        self.rows = self.root.findall("record")
        self.made = 0
        notes = " ".join(text(row, part) for row in self.rows for part in ("note", "description"))
        self.fixed = STABLE | {name.lower() for name in re.findall(QUOTES + r'\s+"(.+?)"', notes)}

    def may_change(self, row: ET.Element) -> bool:
        notes = text(row, "note") + text(row, "description")
        return text(row, "name").lower() not in self.fixed and not re.search(QUOTES, notes)

    def some_names(self, count: int, suits=lambda row: True) -> list[str]:
        names = {text(row, "name") for row in self.rows if text(row, "name") and suits(row) and self.may_change(row)}
        return sorted(self.random.sample(sorted(names), count))

    def new_name(self) -> str:
        self.made += 1
        return f"f{self.year}-{self.made}"

    def service(self, number: str, transport: str, name: str) -> ET.Element:
        """A new row with all that a row may have."""
        pick = self.random.choice
        row = new_row(number, transport, pick(["A new service", "Ein neuer Dienst über", "Service <> & more"]), name)
        row.set("date", f"{self.year}-{pick(['02', '02-28', '12-31'])}")
        ET.SubElement(row, "xref", type="person", data=f"Person_{self.made}")
        ET.SubElement(row, "xref", type="rfc", data=f"rfc{9000 + self.made}")
        return row

    def assign(self, chosen: set[int]) -> None:
        """Gives Unassigned ports a first service, on one transport or more."""
        rows = []
        for row in self.rows:
            inside = sorted(chosen.intersection(ports(row))) if is_unassigned(row) else []
            start = ports(row).start
            for port in inside:
                rows += block(start, port - 1)
                start = port + 1
                name = self.new_name()
                transports = self.random.choice([["tcp"], ["tcp"], ["udp"], ["tcp", "udp"], ["tcp", "udp", "sctp"]])
                rows += [self.service(str(port), transport, name) for transport in transports]
                if transports == ["tcp"]:
                    rows.append(new_row(str(port), "udp", "Reserved"))
            rows += block(start, ports(row).stop - 1) if inside else [row]
        self.rows = rows

    def whole_blocks(self, share: int) -> None:
        """Assigns one Unassigned block in `share` to one service, whole."""
        for at, row in enumerate(self.rows):
            if is_unassigned(row) and self.random.randrange(share) == 0:
                self.rows[at] = self.service(text(row, "number"), self.random.choice(["", "tcp"]), self.new_name())

    def rename(self, count: int) -> None:
        names = {name: self.new_name() for name in self.some_names(count)}
        for row in self.rows:
            if text(row, "name") in names:
                row.find("name").text = names[text(row, "name")]
                row.set("updated", f"{self.year}-06-30")

    def withdraw(self, count: int) -> None:
        """Withdraws ports; their names stay, without a port."""
        names = self.some_names(count, lambda row: text(row, "number").isdigit())
        kept = {}
        for at, row in enumerate(self.rows):
            name, transport, number = (text(row, part) for part in ("name", "protocol", "number"))
            if name in names and number:
                self.rows[at] = new_row(number, transport, "Reserved")
                row.remove(row.find("number"))
                kept.setdefault((name, transport), row)
        self.rows += kept.values()

    def grow(self, size: int) -> None:
        free = [port for row in self.rows if is_unassigned(row) for port in ports(row)]
        self.assign(set(self.random.sample(free, (size - len(self.rows)) // 4)))
        while len(self.rows) < size:
            self.rows.append(self.service("", self.random.choice(["", "tcp", "udp"]), self.new_name()))

    def shrink(self, count: int) -> None:
        lost = set(self.random.sample([row for row in self.rows if self.may_change(row)], count))
        self.rows = [row for row in self.rows if row not in lost]

    def write(self, path: Path) -> None:
        others = [child for child in self.root if child.tag != "record"]
        place = list(self.root).index(self.root.find("record"))
        self.root[:] = others[:place] + self.rows + others[place:]
        xml = ET.tostring(self.root, encoding="unicode").replace("<registry", "<registry" + NAMESPACE, 1)
        path.write_text(f"<?xml version='1.0' encoding='utf-8'?>\n{xml}", encoding="utf-8")


if __name__ == "__main__":
    source, folder = map(Path, sys.argv[1:])
    future = Future(source, 4, seed=2028)
    free = [ports(row) for row in future.rows if is_unassigned(row)]
    future.assign({future.random.choice(ports) for ports in future.random.sample(free, 204)})
    future.rename(40)
    future.withdraw(40)
    future.write(folder / "in-4-years.xml")

    future = Future(source, 11, seed=2035)
    size = len(future.rows) * 16 // 10
    future.whole_blocks(3)
    future.rename(2400)
    future.withdraw(1200)
    future.grow(size)
    future.write(folder / "in-11-years.xml")

    future = Future(source, 1, seed=6335)
    future.shrink(len(future.rows) // 100)
    future.write(folder / "smaller.xml")
