#!/usr/bin/env bash
# Mutation tests: breaks one place after another of the library and of the generator, by cargo-mutants, and runs the
# tests that must see it. What no test sees is listed in target/mutants/*/mutants.out/missed.txt. It takes hours.
#
#   tests/mutants.sh                      # everything
#   tests/mutants.sh -F words -f encoding.rs # as cargo-mutants' options choose
#
# cargo-mutants does not follow build.rs, so the generator is put into a package whose library it is. That package
# depends on the library as it is in the checkout, which a broken generator leaves alone.
#
# Needs cargo-mutants (cargo install cargo-mutants).
set -euo pipefail
cd "$(dirname "$0")/.."
project=$PWD
folder=$project/target/mutants
rm -rf "$folder"
mkdir -p "$folder/library" "$folder/generator"
cp -R Cargo.toml build.rs registry src tests benches examples README.md "$folder/library"
cp -R build.rs registry src tests "$folder/generator"

cat >"$folder/generator/Cargo.toml" <<END
[package]
name = "generator"
version = "0.0.0"
edition = "2024"
publish = false
build = false
autotests = false

[lib]
path = "registry/mod.rs"
test = false
doctest = false

[[test]]
name = "generator"
path = "tests/generator/main.rs"

[dependencies]
iana-ports = { path = "$project" }
$(grep -E '^(phf_codegen|phf_shared|quick-xml|roxmltree) = ' Cargo.toml | sort -u)

[workspace]
END

# FOLDER TEST [OPTION...]: the test is built and run with each mutant.
mutate() {
    local folder=$folder/$1 test=$2
    shift 2
    # It fails where a mutant is missed. One of the build script may never end.
    cargo mutants --dir "$folder" --output "$folder" --in-place --timeout 120 --build-timeout 120 \
        "--cargo-arg=--test=$test" "$@" || status=$?
}

status=0
mutate generator generator "$@"
mutate library library --cargo-arg=--lib --cargo-arg=--all-features "$@"
exit "$status"
