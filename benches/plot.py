#!/usr/bin/env python3
"""Runs the benches and the tests of this package, and writes the results: lookup.svg, the tables of README.md, and the
table of measurements in the README of the crate.

    python3 benches/plot.py             # measures for about ten minutes, and writes
    python3 benches/plot.py --quick     # measures for some seconds: to see that it works, not for figures to keep
    python3 benches/plot.py --redraw    # writes what was measured last

It needs Python 3.9 or newer and nothing else; the tests count instructions where valgrind is installed. A time is the
fastest sample of a benchmark in several rounds, divided by its number of queries: what else runs on a machine only ever
adds to it.
"""

import json
import math
import os
import pathlib
import platform
import re
import subprocess
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent / "target"))
RESULTS = TARGET / "criterion" / "tables.txt"
OURS = "lookup_port", "name_by_port", "port_status", "lookup_name", "port_by_name", "ServiceName::new", "search"
HOT, COLD = "hot", "cold"
ROUNDS = 4
# Subject, contender that is 1×, and for each column its title, workload and cache.
TABLES = [
    ("port", "array", [
        ("hits", "port hits", HOT), ("misses", "port misses", HOT), ("ranges", "ranges", HOT),
        ("hits, cold cache", "port hits", COLD), ("misses, cold cache", "port misses", COLD)]),
    ("name", "hashbrown, case folded", [
        ("hits", "name hits", HOT), ("misses", "name misses", HOT), ("UPPER CASE", "upper case", HOT),
        ("MiXed", "mixed case", HOT), ("hits, cold cache", "name hits", COLD),
        ("misses, cold cache", "name misses", COLD)]),
    ("port of a name", "hashbrown, case folded", [
        ("hits", "port of a name", HOT), ("misses", "port of no name", HOT), ("UPPER CASE", "port of a NAME", HOT),
        ("hits, cold cache", "port of a name", COLD), ("misses, cold cache", "port of no name", COLD)]),
    ("validation", "ServiceName::new", [("registered names", "validation", HOT)]),
    ("search", "search", [("eight texts", "search", HOT)]),
]
# Of the front page: the call, the alternative and how it is described, and the workload.
FRONT_PAGE = [
    ("lookup_port", "array", "an array with a slot for each port and transport", "port hits"),
    ("name_by_port", "array of names", "an array of names", "port hits"),
    ("lookup_name", "hashbrown, case folded", "a hash map (hashbrown) that ignores case", "name hits"),
    ("", "hashbrown", "a hash map (hashbrown) that does not", "name hits"),
    ("port_by_name", "hashbrown, case folded", "a hash map (hashbrown) that ignores case", "port of a name"),
    ("search", "contains, lower-cased on the way", "lower-casing each text and searching it", "search"),
]


def measure(quick):
    bench = ["cargo", "bench", "--bench"]
    few = ["--sample-size", "10", "--warm-up-time", "0.01", "--measurement-time", "0.02"] if quick else []
    # Several rounds, since a machine can be slow for a while.
    for number in range(ROUNDS):
        subprocess.run(bench + ["lookup", "--", "--save-baseline", f"round-{number}"] + few, cwd=HERE, check=True)
    few = ["1"] if quick else []
    tables = subprocess.run(bench + ["throughput", "--"] + few, cwd=HERE, check=True, stdout=subprocess.PIPE).stdout
    # Also where a figure is over its budget.
    tables += subprocess.run(["cargo", "test", "--no-fail-fast"], cwd=HERE, stderr=subprocess.PIPE).stderr
    if b"flash: " not in tables:
        print("no flash of a microcontroller: rustup target add thumbv6m-none-eabi", file=sys.stderr)
    RESULTS.write_bytes(tables)


def times():
    """Nanoseconds of one query, by workload, contender and cache."""
    found = {}
    for file in TARGET.glob("criterion/*/*/*/round-*/sample.json"):
        sample = json.loads(file.read_text())
        bench = json.loads(file.with_name("benchmark.json").read_text())
        fastest = min(time / times for time, times in zip(sample["times"], sample["iters"]))
        key = bench["group_id"], bench["function_id"], bench["value_str"]
        found[key] = min(found.get(key, math.inf), fastest / bench["throughput"]["Elements"])
    return found


def machine():
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    model = re.search(r"^model name\s*: (.*)$", cpuinfo.read_text() if cpuinfo.exists() else "", re.M)
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    # Some machines do not name their processor.
    return f"{model[1].strip() if model else platform.machine()}, {os.cpu_count()} cores, rustc {rustc}"


def shown(time, digits=3):
    """Nanoseconds in so many digits."""
    for unit, of in (("ns", 1), ("µs", 1e3), ("ms", 1e6)):
        if time < 999.5 * of or unit == "ms":
            return f"{float(f'{time / of:.{digits}g}'):g} {unit}"


def figures(times):
    """Markdown tables: ratios, throughput, budgets, growth."""
    lines = []
    for subject, base, columns in TABLES:
        first = columns[0][1]
        contenders = sorted({who for workload, who, _ in times if workload == first}, key=lambda who: times[first, who, HOT])
        lines += ["", "| " + " | ".join([subject] + [title for title, *_ in columns]) + " |"]
        lines += ["| --- " * (len(columns) + 1) + "|"]
        for contender in contenders:
            cells = [f"**{contender}**" if contender in OURS else contender]
            for _, workload, cache in columns:
                time, one = times.get((workload, contender, cache)), times[workload, base, cache]
                ratio = "" if time is None else f"{time / one:,.0f}×" if time > 99 * one else f"{time / one:.2f}×"
                cells.append(f"1× ({shown(time)})" if contender == base else ratio)
            lines.append("| " + " | ".join(cells) + " |")
    text = RESULTS.read_text()
    rows = lambda table: re.findall(rf"^{table}: (\|.*\|)$", text, re.M)
    lines += [""] + rows("throughput")
    lines += ["", "| what | measured | budget |", "| --- | --- | --- |"] + rows("budget")
    if rows("flash"):
        lines += ["", "Flash of a Cortex-M0 (thumbv6m, optimized for size, nothing in RAM):", ""]
        lines += ["| a program that calls | grows by |", "| --- | --- |"] + rows("flash")
    lines += ["", "Registries of other sizes, made up, and the instructions of a look-up in them:", ""] + rows("growth")
    return "\n".join(lines) + "\n"


def front_page(times, machine):
    lines = ["| call | time | cold cache | alternative | time | cold cache |", "| --- " * 6 + "|"]
    for ours, other, words, workload in FRONT_PAGE:
        both = [[shown(times[workload, who, cache], 2) if (workload, who, cache) in times else "" for cache in (HOT, COLD)]
                for who in (ours, other)]
        (hot, cold), alternative = both
        lines.append(" | ".join([f"| `{ours}`" if ours else "| ", hot, cold, words, *alternative]) + " |")
    note = f"Times of one look-up of a registered port or name, and of one search, measured on {machine}."
    return "\n".join(lines + ["", textwrap.fill(note, 120)]) + "\n"


def svg(times, machine):
    """A bar for each contender on a logarithmic scale, with the data in cache."""
    width, row, left, decades = 760, 20, 170, 5
    out, top = [], 60
    for workload in ("port hits", "name hits", "port of a name"):
        out.append(f'<text x="16" y="{top}" font-weight="bold">{workload}</text>')
        bars = sorted((time, who) for (of, who, cache), time in times.items() if (of, cache) == (workload, HOT))
        for time, who in bars:
            top += row
            length = 400 * min(math.log10(max(time, 1)), decades) / decades + 2
            fill = "#00796b" if who in OURS else "#8a929c"
            out.append(f'<text x="{left - 8}" y="{top}" text-anchor="end">{who}</text>')
            out.append(f'<rect x="{left}" y="{top - 11}" width="{length:.1f}" height="13" fill="{fill}"/>')
            out.append(f'<text x="{left + length + 6:.1f}" y="{top}">{shown(time)}</text>')
        top += 36
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top}" width="{width}" height="{top}"'
        f' font-family="sans-serif" font-size="12" fill="#333">\n<rect width="100%" height="100%" fill="#fff"/>\n'
        f'<text x="16" y="26" font-size="15">Time of one look-up, data in cache, on a logarithmic scale. {machine}.</text>\n'
        + "\n".join(out) + "\n</svg>\n"
    )


def write_between(path, start, end, text):
    before, rest = path.read_text(encoding="utf-8").split(start)
    path.write_text(before + start + text + end + rest.split(end, 1)[1], encoding="utf-8")


def main():
    if "--redraw" not in sys.argv[1:]:
        measure("--quick" in sys.argv[1:])
    found, where = times(), machine()
    (HERE / "lookup.svg").write_text(svg(found, where), encoding="utf-8")
    end = "<!-- to here -->\n"
    text = f"Measured on {where}.\n" + figures(found)
    write_between(HERE / "README.md", "<!-- written by plot.py -->\n", end, text)
    write_between(HERE.parent / "README.md", "<!-- measured -->\n", end, front_page(found, where))


main()
