#!/usr/bin/env python3
"""Compares the public API with tests/public-api.txt: one line for each public item, sorted.

    .ci/public_api.py            shows what differs, and fails if anything does
    .ci/public_api.py --write    writes the file anew

The lines come from rustdoc's JSON, which takes nightly Rust. Where that is missing, or writes a format that this script
cannot read, it says so and exits with 77. It takes Python 3.9 and nothing else.
"""

import difflib
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "tests/public-api.txt"
CRATE = "iana_ports"
# The version of rustdoc's format that this script was written for; it reads others where they do not differ in what it
# looks at.
FORMAT = 57
SKIPPED = 77


def main():
    if sys.argv[1:] not in ([], ["--write"]):
        sys.exit(__doc__)
    api = rustdoc()
    other = "" if api["format_version"] == FORMAT else f"rustdoc's JSON of format {api['format_version']}, not {FORMAT}"
    try:
        found = "".join(line + "\n" for line in Api(api).lines())
    except (AttributeError, KeyError, StopIteration, TypeError) as error:
        if not other:
            raise
        skip(f"{other}: {error!r}")
    if sys.argv[1:]:
        FILE.write_text(found, encoding="utf-8")
        return
    before = FILE.read_text(encoding="utf-8")
    if found != before:
        names = (str(FILE.relative_to(ROOT)), "the public API")
        sys.stdout.writelines(difflib.unified_diff(before.splitlines(True), found.splitlines(True), *names, n=0))
        hint = f" ({other})" if other else ""
        sys.exit(f"the public API is not that of tests/public-api.txt{hint}; .ci/public_api.py --write writes it anew")


def skip(reason):
    print(f"skipped: the public API ({reason})", file=sys.stderr)
    sys.exit(SKIPPED)


def rustdoc():
    target = ROOT / "target/public-api"
    command = ["cargo", "+nightly", "rustdoc", "--quiet", "--lib", "--all-features", "--target-dir", str(target)]
    command += ["--", "-Z", "unstable-options", "--output-format", "json"]
    try:
        if subprocess.run(["cargo", "+nightly", "--version"], capture_output=True).returncode:
            skip("needs nightly Rust")
    except OSError:
        skip("needs cargo")
    # The embedded registry, whatever the environment says: the API does not depend on it.
    environment = {name: value for name, value in os.environ.items() if name != "IANA_PORTS_XML"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return json.loads((target / "doc" / f"{CRATE}.json").read_text(encoding="utf-8"))


class Api:
    def __init__(self, api):
        self.index = api["index"]
        self.root = api["root"]

    def item(self, number):
        return self.index[str(number)]

    def lines(self):
        """By type; of each, its declaration comes first."""
        found = {}
        for about, line in self.module(self.item(self.root), ""):
            # An impl may concern two types.
            found[line] = min(about, found.get(line, about))
        declares = ("struct ", "enum ", "#[non_exhaustive] ")
        return sorted(found, key=lambda line: (found[line], not line.startswith(declares), line))

    def module(self, module, path):
        for number in kind(module)[1]["items"]:
            item = self.item(number)
            if item["visibility"] != "public":
                continue
            what, inner = kind(item)
            # The crate exports its own items alone, by name.
            target = self.item(inner["id"]) if what == "use" else item
            yield from self.exported(target, path + (inner if what == "use" else item)["name"])

    def exported(self, item, path):
        what, inner = kind(item)
        attributes = "#[non_exhaustive] " if "non_exhaustive" in item["attrs"] else ""
        if what == "module":
            yield path, f"mod {path}"
            yield from self.module(item, f"{path}::")
        elif what == "macro":
            yield path, f"macro {path}!"
        elif what == "function":
            yield path, function(inner, path)
        elif what == "constant":
            yield path, f"const {path}: {shown(inner['type'])}"
        elif what == "struct":
            yield path, f"{attributes}struct {path}{parameters(inner['generics'])}"
            shape = inner["kind"]
            fields = shape["plain"]["fields"] if isinstance(shape, dict) and "plain" in shape else []
            for field in map(self.item, fields):
                yield path, f"field {path}::{field['name']}: {shown(kind(field)[1])}"
        elif what == "enum":
            yield path, f"{attributes}enum {path}{parameters(inner['generics'])}"
            for variant in map(self.item, inner["variants"]):
                yield path, f"variant {path}::{variant['name']}{self.fields(variant)}"
        else:
            raise TypeError(f"{path}: a public {what}")
        for implementation in map(self.item, inner.get("impls", []) if isinstance(inner, dict) else []):
            yield from self.implementation(kind(implementation)[1], path)

    def fields(self, variant):
        inner = kind(variant)[1]
        shape, number = inner["kind"], inner["discriminant"]
        if shape == "plain":
            return f" = {number['value']}" if number else ""
        if "tuple" in shape:
            return f"({', '.join(shown(kind(self.item(field))[1]) for field in shape['tuple'])})"
        fields = map(self.item, shape["struct"]["fields"])
        return f" {{ {', '.join(field['name'] + ': ' + shown(kind(field)[1]) for field in fields)} }}"

    def implementation(self, inner, path):
        if inner["is_synthetic"] or inner["blanket_impl"]:
            return
        items = [self.item(number) for number in inner["items"]]
        # What derive adds for the compiler is no concern of a user.
        if inner["trait"] and named(inner["trait"]) != "StructuralPartialEq":
            types = [item for item in items if kind(item)[0] == "assoc_type"]
            types = [f"{item['name']} = {shown(kind(item)[1]['type'])}" for item in types]
            more = f" {{ {', '.join(types)} }}" if types else ""
            lead = f"impl{parameters(inner['generics'])} {named(inner['trait'])}"
            yield path, f"{lead} for {shown(inner['for'])}{where(inner['generics'])}{more}"
        if inner["trait"]:
            return
        for item in (item for item in items if item["visibility"] == "public"):
            what, own = kind(item)
            if what == "function":
                must_use = "#[must_use] " if any("must_use" in str(one) for one in item["attrs"]) else ""
                yield path, must_use + function(own, f"{path}::{item['name']}")
            else:
                value = f" = {own['value']}" if own["value"] and own["value"].isdigit() else ""
                yield path, f"const {path}::{item['name']}: {shown(own['type'])}{value}"


def kind(item):
    return next(iter(item["inner"].items()))


def function(inner, path):
    signature, header = inner["sig"], inner["header"]
    lead = "".join(word + " " for word in ("const", "async", "unsafe") if header[f"is_{word}"])
    inputs = ", ".join(argument(name, of) for name, of in signature["inputs"])
    output = f" -> {shown(signature['output'])}" if signature["output"] else ""
    return f"{lead}fn {path}{parameters(inner['generics'])}({inputs}){output}{where(inner['generics'])}"


def argument(name, of):
    itself = {"Self": "self", "&Self": "&self", "&mut Self": "&mut self"}.get(shown(of))
    return itself if name == "self" and itself else f"{name}: {shown(of)}"


def parameters(generics):
    found = []
    for parameter in generics["params"]:
        what, inner = next(iter(parameter["kind"].items()))
        if what == "type" and inner["is_synthetic"]:
            continue
        bounds = inner.get("outlives", []) if what == "lifetime" else [bound(one) for one in inner.get("bounds", [])]
        of = f": {shown(inner['type'])}" if what == "const" else f": {' + '.join(bounds)}" if bounds else ""
        found.append(("const " if what == "const" else "") + parameter["name"] + of)
    return f"<{', '.join(found)}>" if found else ""


def where(generics):
    found = []
    for predicate in generics["where_predicates"]:
        what, inner = next(iter(predicate.items()))
        if what == "bound_predicate":
            found.append(f"{shown(inner['type'])}: {' + '.join(map(bound, inner['bounds']))}")
        elif what == "lifetime_predicate":
            found.append(f"{inner['lifetime']}: {' + '.join(inner['outlives'])}")
        else:
            raise TypeError(f"a where-clause: {what}")
    return f" where {', '.join(found)}" if found else ""


def bound(of):
    what, inner = next(iter(of.items()))
    if what == "outlives":
        return inner
    if what == "use":
        return f"use<{', '.join(one if isinstance(one, str) else next(iter(one.values())) for one in inner)}>"
    return {"none": "", "maybe": "?"}[inner["modifier"]] + named(inner["trait"])


def named(of):
    """A path: its last name, since where a type was imported from is written differently from item to item."""
    arguments = of["args"] and of["args"].get("angle_bracketed")
    if of["args"] and not arguments:
        inner = of["args"]["parenthesized"]
        output = f" -> {shown(inner['output'])}" if inner["output"] else ""
        return f"{of['path'].split('::')[-1]}({', '.join(map(shown, inner['inputs']))}){output}"
    found = [shown_argument(one) for one in arguments["args"]] if arguments else []
    for constraint in arguments["constraints"] if arguments else []:
        equal = constraint["binding"].get("equality")
        bounds = constraint["binding"].get("constraint")
        what = f" = {shown_argument(equal)}" if equal else f": {' + '.join(map(bound, bounds))}"
        found.append(constraint["name"] + what)
    return of["path"].split("::")[-1] + (f"<{', '.join(found)}>" if found else "")


def shown_argument(of):
    what, inner = next(iter(of.items()))
    return {"lifetime": lambda: inner, "type": lambda: shown(inner), "const": lambda: inner["expr"]}[what]()


def shown(of):
    what, inner = next(iter(of.items()))
    if what == "resolved_path":
        return named(inner)
    if what in ("generic", "primitive"):
        return inner
    if what == "borrowed_ref":
        lifetime = f"{inner['lifetime']} " if inner["lifetime"] else ""
        return f"&{lifetime}{'mut ' if inner['is_mutable'] else ''}{shown(inner['type'])}"
    if what == "slice":
        return f"[{shown(inner)}]"
    if what == "array":
        return f"[{shown(inner['type'])}; {inner['len']}]"
    if what == "tuple":
        return f"({', '.join(map(shown, inner))}{',' if len(inner) == 1 else ''})"
    if what == "impl_trait":
        return f"impl {' + '.join(map(bound, inner))}"
    if what == "qualified_path":
        trait = inner["trait"] and named(inner["trait"])
        own = shown(inner["self_type"])
        return f"<{own} as {trait}>::{inner['name']}" if trait else f"{own}::{inner['name']}"
    if what == "function_pointer":
        signature = inner["sig"]
        output = f" -> {shown(signature['output'])}" if signature["output"] else ""
        return f"fn({', '.join(shown(one) for _, one in signature['inputs'])}){output}"
    raise TypeError(f"a type: {what}")


if __name__ == "__main__":
    main()
