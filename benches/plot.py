#!/usr/bin/env python3
"""Runs the benches and the tests of this package, and writes what they tell: lookup.svg, and the tables of README.md.

    python3 benches/plot.py             # measures for about five minutes, and writes
    python3 benches/plot.py --quick     # measures for some seconds: to see that it works, not for figures to keep
    python3 benches/plot.py --redraw    # writes what was measured last

It needs Python 3.9 or newer and nothing else; the tests count instructions where valgrind is installed. A time is the
fastest sample of a benchmark, by its number of queries: what else runs on a machine only ever adds to it.
"""

import json
import math
import os
import pathlib
import platform
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent / "target"))
TABLES = TARGET / "criterion" / "tables.txt"
OURS = "lookup_port", "name_by_port", "port_status", "lookup_name", "ServiceName::new", "search"
HOT, COLD = "hot", "cold"


def measure(quick):
    bench = ["cargo", "bench", "--bench"]
    few = ["--sample-size", "10", "--warm-up-time", "0.01", "--measurement-time", "0.02"] if quick else []
    subprocess.run(bench + ["lookup", "--"] + few, cwd=HERE, check=True)
    few = ["1"] if quick else []
    tables = subprocess.run(bench + ["throughput", "--"] + few, cwd=HERE, check=True, stdout=subprocess.PIPE).stdout
    # Also where a figure is over its budget.
    tables += subprocess.run(["cargo", "test", "--no-fail-fast"], cwd=HERE, stderr=subprocess.PIPE).stderr
    TABLES.write_bytes(tables)


def times():
    """Nanoseconds of one query, by workload, contender and cache."""
    found = {}
    for file in TARGET.glob("criterion/*/*/*/new/sample.json"):
        sample = json.loads(file.read_text())
        bench = json.loads(file.with_name("benchmark.json").read_text())
        fastest = min(time / times for time, times in zip(sample["times"], sample["iters"]))
        key = (bench["group_id"], bench["function_id"], bench["value_str"])
        found[key] = fastest / bench["throughput"]["Elements"]
    return found


def machine():
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    model = re.search(r"^model name\s*: (.*)$", cpuinfo.read_text() if cpuinfo.exists() else "", re.M)
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    # Some machines do not tell their processor.
    return f"{model[1].strip() if model else platform.machine()}, {os.cpu_count()} cores, rustc {rustc}"


def shown(time):
    """Nanoseconds in three digits."""
    for unit, of in (("ns", 1), ("µs", 1e3), ("ms", 1e6)):
        if time < 999.5 * of or unit == "ms":
            return f"{time / of:.3g} {unit}"


def figures(times):
    """Markdown tables: ratios, throughput, budgets, growth."""
    tables = [
        (
            "port",
            "array",
            [("port hits", HOT), ("port misses", HOT), ("ranges", HOT), ("port hits", COLD), ("port misses", COLD)],
            ["hits", "misses", "ranges", "hits, cold cache", "misses, cold cache"],
        ),
        (
            "name",
            "hashbrown, case folded",
            [
                ("name hits", HOT),
                ("name misses", HOT),
                ("upper case", HOT),
                ("mixed case", HOT),
                ("name hits", COLD),
                ("name misses", COLD),
            ],
            ["hits", "misses", "UPPER CASE", "MiXed", "hits, cold cache", "misses, cold cache"],
        ),
        ("validation", "ServiceName::new", [("validation", HOT)], ["registered names"]),
        ("search", "search", [("search", HOT)], ["eight texts"]),
    ]
    lines = []
    for subject, base, columns, titles in tables:
        contenders = sorted(
            {contender for workload, contender, _ in times if workload == columns[0][0]},
            key=lambda contender: times[columns[0][0], contender, HOT],
        )
        lines += ["", f"| {subject} | " + " | ".join(titles) + " |", "| --- " * (len(titles) + 1) + "|"]
        for contender in contenders:
            cells = []
            for workload, cache in columns:
                time, one = times.get((workload, contender, cache)), times[workload, base, cache]
                ratio = "" if time is None else f"{time / one:,.0f}×" if time > 99 * one else f"{time / one:.2f}×"
                cells.append(f"1× ({shown(time)})" if contender == base else ratio)
            label = f"**{contender}**" if contender in OURS else contender
            lines.append(f"| {label} | " + " | ".join(cells) + " |")
    text = TABLES.read_text()
    rows = lambda table: re.findall(rf"^{table}: (\|.*\|)$", text, re.M)
    lines += [""] + rows("throughput")
    lines += ["", "| what | measured | budget |", "| --- | --- | --- |"] + rows("budget")
    lines += ["", "Registries of other sizes, made up, and the instructions of a look-up in them:", ""] + rows("growth")
    return "\n".join(lines) + "\n"


def svg(times, machine):
    """Dots on a logarithmic scale: full where the data is in cache, a ring where it is not."""
    workloads = [
        ("port hits", "A port that is registered"),
        ("port misses", "A port that is not registered"),
        ("name hits", "A name that is registered"),
        ("name misses", "A name that is not registered"),
    ]
    decades, left, axis, row, gap = 5, 170, 270, 22, 40
    x = lambda time: left + axis * min(max(math.log10(time), 0), decades) / decades
    out, heights, width, top = [], [], 2 * (left + axis + 90), 62
    for place, (workload, title) in enumerate(workloads):
        hot = {contender: time for (of, contender, cache), time in times.items() if (of, cache) == (workload, HOT)}
        dx = (place % 2) * (left + axis + 90)
        if place % 2 == 0:
            top += max(heights, default=-gap) + gap
            heights = []
        height = 34 + row * len(hot)
        heights.append(height)
        out.append(f'<g transform="translate({dx},{top})"><text x="{left}" y="12" class="title">{title}</text>')
        for decade in range(decades + 1):
            at, label = x(10**decade), ["1 ns", "10 ns", "100 ns", "1 µs", "10 µs", "100 µs"][decade]
            out.append(f'<line x1="{at:.1f}" y1="20" x2="{at:.1f}" y2="{height - 12}" class="grid"/>')
            out.append(f'<text x="{at:.1f}" y="{height}" class="tick">{label}</text>')
        for line, (contender, time) in enumerate(sorted(hot.items(), key=lambda item: item[1])):
            y, cold = 31 + row * line, times.get((workload, contender, COLD))
            ours = " ours" if contender in OURS else ""
            last = cold or time
            out.append(f'<text x="{left - 12}" y="{y + 4}" class="name{ours}">{contender}</text>')
            if cold:
                out.append(f'<line x1="{x(time):.1f}" y1="{y}" x2="{x(cold):.1f}" y2="{y}" class="span{ours}"/>')
                out.append(f'<circle cx="{x(cold):.1f}" cy="{y}" r="4.5" class="cold{ours}"/>')
            out.append(f'<circle cx="{x(time):.1f}" cy="{y}" r="5.5" class="hot{ours}"/>')
            label = shown(time) + (f" · {shown(cold)}" if cold else "")
            out.append(f'<text x="{max(x(time), x(last)) + 10:.1f}" y="{y + 4}" class="value{ours}">{label}</text>')
        out.append("</g>")
    height = top + max(heights) + 16
    style = (
        "text{font:12px sans-serif;fill:#333}.head{font-size:15px;font-weight:bold}.title{font-weight:bold}"
        ".tick{fill:#777;font-size:10px;text-anchor:middle}.name{text-anchor:end}.value{fill:#666;font-size:11px}"
        ".grid{stroke:#e4e4e4}.span{stroke:#c9ced4;stroke-width:2}.hot{fill:#8a929c}"
        ".cold{fill:#fff;stroke:#8a929c;stroke-width:2}.hot.ours{fill:#00796b}.cold.ours{stroke:#00796b}"
        ".span.ours{stroke:#80bcb5}text.ours{font-weight:bold;fill:#00594f}"
    )
    head = (
        f'<text x="16" y="24" class="head">Time of one look-up</text>'
        f'<text x="16" y="42">Dot: with the data in cache; ring: out of it; on a logarithmic scale. {machine}.</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<style>{style}</style><rect width="100%" height="100%" fill="#fff"/>\n{head}\n' + "\n".join(out) + "\n</svg>\n"
    )


def main():
    if "--redraw" not in sys.argv[1:]:
        measure("--quick" in sys.argv[1:])
    found, where = times(), machine()
    (HERE / "lookup.svg").write_text(svg(found, where), encoding="utf-8")
    readme = HERE / "README.md"
    marks = "<!-- written by plot.py -->\n", "<!-- to here -->\n"
    before, rest = readme.read_text(encoding="utf-8").split(marks[0])
    _, after = rest.split(marks[1])
    text = before + marks[0] + f"Measured on {where}.\n" + figures(found) + marks[1] + after
    readme.write_text(text, encoding="utf-8")


main()
