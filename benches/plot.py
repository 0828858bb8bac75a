#!/usr/bin/env python3
"""Measures, and writes the results: lookup.svg and the tables of README.md, the table of times in the README of the
crate, and the table of sizes at the head of src/lib.rs.

    python3 benches/plot.py             # measures for about twelve minutes, and writes
    python3 benches/plot.py --redraw    # writes what was measured last

It needs Python 3.10 or newer, valgrind, Rust's target thumbv6m-none-eabi, and the compiler in src/budgets.rs. Where one
is missing, or a figure is over its budget, it says so and writes nothing.
"""

import json
import math
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent / "target"))
RESULTS = TARGET / "criterion" / "tables.txt"
OURS = "lookup_port", "name_by_port", "port_status", "lookup_name", "port_by_name", "ServiceName::new", "search"
HOT, COLD = "hot", "cold"
ROUNDS = 4
# Subject, and for each column its title, workload and cache.
TABLES = [
    ("port", [
        ("hits", "port hits", HOT), ("misses", "port misses", HOT), ("in a range", "ranges", HOT),
        ("hits, cold cache", "port hits", COLD), ("misses, cold cache", "port misses", COLD)]),
    ("name", [
        ("hits", "name hits", HOT), ("misses", "name misses", HOT), ("UPPER CASE", "upper case", HOT),
        ("MiXed", "mixed case", HOT), ("hits, cold cache", "name hits", COLD),
        ("misses, cold cache", "name misses", COLD)]),
    ("port of a name", [
        ("hits", "port of a name", HOT), ("misses", "port of no name", HOT), ("UPPER CASE", "port of a NAME", HOT),
        ("hits, cold cache", "port of a name", COLD), ("misses, cold cache", "port of no name", COLD)]),
    ("validation", [("registered names", "validation", HOT)]),
    ("search", [("each of eight texts", "search", HOT)]),
]
# Of the front page: the call, the alternative and how it is described, and the workload.
FRONT_PAGE = [
    ("lookup_port", "array", "an array with a slot for each port and transport", "port hits"),
    ("name_by_port", "array of names", "an array of names", "port hits"),
    ("lookup_name", "hashbrown, case folded", "a hash map (hashbrown) that ignores case", "name hits"),
    ("", "hashbrown", "a hash map (hashbrown) that does not", "name hits"),
    ("port_by_name", "hashbrown, case folded", "a hash map (hashbrown) that ignores case", "port of a name"),
    ("search", "str::contains, lower-cased during the search", "lower-casing each text, then searching it", "search"),
]


def measure():
    """Measures, and returns the lines that the tests print."""
    tests = ["cargo", "test", "--test", "size", "--test", "instructions", "--test", "growth", "--", "--test-threads=1"]
    run = subprocess.run(tests, cwd=HERE, stderr=subprocess.PIPE, text=True)
    missing = re.findall(r"^skipped: .*$", run.stderr, re.M)
    if run.returncode or missing:
        sys.exit("\n".join([run.stderr, "nothing is written, since the tests failed or skipped something", *missing]))
    shutil.rmtree(TARGET / "criterion", ignore_errors=True)
    # Several rounds, since a machine can be slow for a while.
    bench = ["cargo", "bench", "--features", "speed", "--bench", "lookup", "--", "--save-baseline"]
    for number in range(ROUNDS):
        subprocess.run([*bench, f"round-{number}"], cwd=HERE, check=True)
    return f"machine: {machine()}\n{run.stderr}"


def machine():
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    model = re.search(r"^model name\s*: (.*)$", cpuinfo.read_text() if cpuinfo.exists() else "", re.M)
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    # Some machines do not name their processor.
    return f"{model[1].strip() if model else platform.machine()}, {os.cpu_count()} cores, rustc {rustc}"


def fastest():
    """Nanoseconds of one query, by workload, contender and cache: the fastest sample of all rounds, since what else
    runs on a machine only ever adds to it."""
    found = {}
    for file in TARGET.glob("criterion/*/*/*/round-*/sample.json"):
        sample = json.loads(file.read_text())
        bench = json.loads(file.with_name("benchmark.json").read_text())
        fastest = min(time / passes for time, passes in zip(sample["times"], sample["iters"]))
        key = bench["group_id"], bench["function_id"], bench["value_str"]
        found[key] = min(found.get(key, math.inf), fastest / bench["throughput"]["Elements"])
    return found


def shown(time, digits=3):
    """Nanoseconds with this many digits."""
    for unit, of in (("ns", 1), ("µs", 1e3), ("ms", 1e6)):
        if time < 999.5 * of or unit == "ms":
            return f"{float(f'{time / of:.{digits}g}'):g} {unit}"


def rows(measured, table):
    found = re.findall(rf"^{table}: (\|.*\|)$", measured, re.M)
    return found or sys.exit(f"the tests print no table of {table}")


def all_figures(measured, times):
    """Markdown tables: times, budgets, growth."""
    lines = []
    for subject, columns in TABLES:
        first = columns[0][1]
        contenders = sorted((time, who) for (*of, who, cache), time in times.items() if (*of, cache) == (first, HOT))
        lines += ["", "| " + " | ".join([subject] + [title for title, *_ in columns]) + " |"]
        lines += ["| --- " * (len(columns) + 1) + "|"]
        for _, who in contenders:
            cells = [times.get((workload, who, cache)) for _, workload, cache in columns]
            cells = ["" if time is None else shown(time) for time in cells]
            lines.append("| " + " | ".join([f"**{who}**" if who in OURS else who] + cells) + " |")
    lines += ["", "| what | measured | budget |", "| --- | --- | --- |"] + rows(measured, "budget")
    made_up = "Built from made-up files, a program that makes these calls grows by this many bytes a row (for 0 rows, in"
    lines += ["", f"{made_up}\nall), and a look-up takes this many instructions on average:", ""]
    return "\n".join(lines + rows(measured, "growth")) + "\n"


def sizes(measured):
    """The table of src/lib.rs, with links to the functions."""
    lines = ["| a program that calls | x86-64 | Cortex-M0, optimized for size |", "| --- | --- | --- |"]
    for program, flash in zip(rows(measured, "size"), rows(measured, "flash"), strict=True):
        (what, size), (same, flash) = [row.strip("| ").split(" | ") for row in (program, flash)]
        assert what == same
        what = re.sub("(`.*?`)", r"[\1]", what)
        lines.append(f"| {what} | {int(size) / 1000:.0f} KB | {int(flash) / 1000:.0f} KB |")
    return "".join(f"//! {line}\n" for line in lines)


def front_page(times, machine):
    lines = ["| call | time | cold cache | alternative | time | cold cache |", "| --- " * 6 + "|"]
    for ours, other, words, workload in FRONT_PAGE:
        both = [[times.get((workload, who, cache)) for cache in (HOT, COLD)] for who in (ours, other)]
        (hot, cold), alternative = [["" if time is None else shown(time, 2) for time in of] for of in both]
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
        '<text x="16" y="26" font-size="15">'
        f"Time of one look-up, data in cache, on a logarithmic scale. {machine}.</text>\n"
        + "\n".join(out) + "\n</svg>\n"
    )


def between(path, start, end, text):
    """The file with a text between two lines that are each in it once."""
    before, rest = path.read_text(encoding="utf-8").split(start)
    _, after = rest.split(end)
    return path, before + start + text + end + after


def main():
    if "--redraw" not in sys.argv[1:]:
        measured = measure()
        RESULTS.write_text(measured, encoding="utf-8")
    measured = RESULTS.read_text(encoding="utf-8")
    times, where = fastest(), re.search("^machine: (.*)$", measured, re.M)[1]
    start, end = "<!-- written by benches/plot.py -->\n", "<!-- to here -->\n"
    texts = [
        (HERE / "lookup.svg", svg(times, where)),
        between(HERE / "README.md", start, end, f"Measured on {where}.\n" + all_figures(measured, times)),
        between(HERE.parent / "README.md", start, end, front_page(times, where)),
        between(HERE.parent / "src/lib.rs", f"//! {start}", f"//! {end}", sizes(measured)),
    ]
    for path, text in texts:
        path.write_text(text, encoding="utf-8")


main()
