#!/usr/bin/env python3
"""Runs the benches and writes what they tell: benches/lookup.svg, and the figures in README.md.

    python3 benches/plot.py             # measures for three minutes and writes
    python3 benches/plot.py --redraw    # writes what was measured last

It needs Python 3.9 or newer and nothing else. A time is the fastest sample of a benchmark, by its number of queries:
what else runs on a machine only ever adds to it.
"""

import json
import math
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
BUDGETS = TARGET / "criterion" / "budgets.txt"
OURS = "iana-ports"
HOT, COLD = "hot", "cold"


def measure():
    subprocess.run(["cargo", "bench", "--bench", "lookup"], cwd=ROOT, check=True)
    tests = ["cargo", "test", "--quiet", "--test", "size", "--test", "instructions"]
    BUDGETS.write_text(subprocess.run(tests, cwd=ROOT, check=True, stderr=subprocess.PIPE, text=True).stderr)


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
    cpuinfo = pathlib.Path("/proc/cpuinfo").read_text()
    model = re.search(r"^model name\s*: (.*)$", cpuinfo, re.M)[1].strip()
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    return f"{model}, {os.cpu_count()} cores, rustc {rustc}"


def shown(time):
    """Nanoseconds in three digits."""
    for unit, of in (("ns", 1), ("µs", 1e3), ("ms", 1e6)):
        if time < 999.5 * of or unit == "ms":
            return f"{time / of:.3g} {unit}"


def figures(times):
    """Markdown tables of ratios, and of what the tests hold against their budgets."""
    tables = [
        (
            "port",
            "array",
            [("port hits", HOT), ("port misses", HOT), ("ranges", HOT), ("port hits", COLD), ("port misses", COLD)],
            ["hits", "misses", "ranges", "hits, cold cache", "misses, cold cache"],
        ),
        (
            "name",
            "hashbrown",
            [("name hits", HOT), ("name misses", HOT), ("mixed case", HOT), ("name hits", COLD), ("name misses", COLD)],
            ["hits", "misses", "mixed case", "hits, cold cache", "misses, cold cache"],
        ),
        ("validation", OURS, [("validation", HOT)], ["registered names"]),
        ("search", OURS, [("search", HOT)], ["eight texts"]),
    ]
    lines = []
    for subject, base, columns, titles in tables:
        contenders = sorted(
            {contender for workload, contender, _ in times if workload == columns[0][0]} - {"port_status"},
            key=lambda contender: times[columns[0][0], contender, HOT],
        )
        lines += ["", f"| {subject} | " + " | ".join(titles) + " |", "| --- " * (len(titles) + 1) + "|"]
        for contender in contenders:
            cells = []
            for workload, cache in columns:
                time = times.get((workload, contender, cache))
                one = times.get((workload, base, cache)) or times[workload, OURS, cache]
                ratio = "" if time is None else f"{time / one:,.0f}×" if time > 99 * one else f"{time / one:.2g}×"
                cells.append(f"{ratio} ({shown(time)})" if time == one else ratio)
            label = f"**{contender}**" if contender == OURS else contender
            lines.append(f"| {label} | " + " | ".join(cells) + " |")
    lines += ["", "| what | measured | budget |", "| --- | --- | --- |"]
    text = BUDGETS.read_text()
    for what, most, mean, budget in re.findall(
        r"^instructions: (.*): at most (\d+) instructions, ([\d.]+) on average of .*; budget (\d+)$", text, re.M
    ):
        function, _, rest = what.partition(" ")
        lines.append(f"| {f'`{function}` {rest}'.strip()} | {most} instructions at most, {mean} on average | {budget} |")
    programs = {
        "port": "only `lookup_port`",
        "names": "both look-ups, with name, ports, transport and status",
        "columns": "all twelve columns",
    }
    for program, size, budget in re.findall(r"^size: `(.*)` is (\d+) .*; budget (\d+)$", text, re.M):
        lines.append(f"| a program that reads {programs[program]} | grows by {round(int(size) / 1000)} KB | {int(budget) // 1000} KB |")
    within, budget = re.search(r"^relocations: (\d+) in the .*; budget (\d+)$", text, re.M).groups()
    lines.append(f"| load-time relocations in the crate's statics | {within} | {budget} |")
    return "\n".join(lines) + "\n"


def svg(times, machine):
    """Bars on a logarithmic scale: hot, and a ring for cold."""
    workloads = [
        ("port hits", "A port that is registered"),
        ("port misses", "A port that is not"),
        ("name hits", "A name that is registered"),
        ("name misses", "A name that is not"),
    ]
    decades, left, bar, row, gap = 5, 170, 270, 22, 40
    x = lambda time: left + bar * min(max(math.log10(time), 0), decades) / decades
    out, heights, width, top = [], [], 2 * (left + bar + 90), 62
    for place, (workload, title) in enumerate(workloads):
        hot = {contender: time for (of, contender, cache), time in times.items() if (of, cache) == (workload, HOT)}
        hot.pop("port_status", None)
        dx = (place % 2) * (left + bar + 90)
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
            y, cold = 24 + row * line, times.get((workload, contender, COLD))
            ours = " ours" if contender == OURS else ""
            out.append(f'<text x="{left - 8}" y="{y + 11}" class="name{ours}">{contender}</text>')
            out.append(f'<rect x="{left}" y="{y}" width="{x(time) - left:.1f}" height="14" class="bar{ours}"/>')
            if cold:
                out.append(f'<circle cx="{x(cold):.1f}" cy="{y + 7}" r="4.5" class="cold{ours}"/>')
            label = shown(time) + (f" · {shown(cold)}" if cold else "")
            out.append(f'<text x="{max(x(time), x(cold or 1)) + 9:.1f}" y="{y + 11}" class="value{ours}">{label}</text>')
        out.append("</g>")
    height = top + max(heights) + 16
    style = (
        "text{font:12px sans-serif;fill:#333}.head{font-size:15px;font-weight:bold}.title{font-weight:bold}"
        ".tick{fill:#777;font-size:10px;text-anchor:middle}.name{text-anchor:end}.value{fill:#666;font-size:11px}"
        ".grid{stroke:#e4e4e4}.bar{fill:#b8bec6}.cold{fill:#fff;stroke:#8a929c;stroke-width:2}"
        "rect.ours{fill:#00796b}circle.ours{stroke:#00796b}text.ours{font-weight:bold;fill:#00594f}"
    )
    head = (
        f'<text x="16" y="24" class="head">Time of one look-up</text>'
        f'<text x="16" y="42">Bar: with the data in cache; ring: out of it; on a logarithmic scale. {machine}.</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<style>{style}</style><rect width="100%" height="100%" fill="#fff"/>\n{head}\n' + "\n".join(out) + "\n</svg>\n"
    )


def main():
    if "--redraw" not in sys.argv[1:]:
        measure()
    found, where = times(), machine()
    (ROOT / "benches/lookup.svg").write_text(svg(found, where))
    readme = ROOT / "README.md"
    marks = "<!-- written by benches/plot.py -->\n", "<!-- to here -->\n"
    before, rest = readme.read_text().split(marks[0])
    _, after = rest.split(marks[1])
    readme.write_text(before + marks[0] + f"Measured on {where}.\n" + figures(found) + marks[1] + after)


main()
