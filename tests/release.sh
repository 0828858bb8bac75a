#!/usr/bin/env bash
# Tests of .ci/release in a small checkout of its own, where .ci/run and cargo only note that they were run.
set -euo pipefail
# shellcheck disable=SC2046
unset $(git rev-parse --local-env-vars) # set in a hook of git
project=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export scratch GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a
mkdir -p "$scratch/checkout/.ci"
cd "$scratch/checkout"
cargo() { echo "cargo $*" >>"$scratch/ran"; [ "${FAILING-}" != cargo ]; }
export -f cargo

# STATUS TEXT COMMAND: after COMMAND the script ends with this status and message. Only a success has run anything.
release() {
    local status=0
    rm -f "$scratch/ran"
    eval "$3"
    .ci/release >"$scratch/out" 2>&1 || status=$?
    [ "$status" -eq "$1" ] && grep -qF -- "$2" "$scratch/out" && { [ "$status" -eq 0 ] || [ ! -e "$scratch/ran" ]; } ||
        { echo "tests/release.sh:${BASH_LINENO[0]}: exit status $status" && cat "$scratch/out" && exit 1; } >&2
    git reset --quiet --hard start
    git clean --quiet --force
}
# FILE SED: commits a change of the file.
edit() { sed -i "$2" "$1" && git commit --quiet --all --message edit; }

cp "$project/.ci/release" .ci/
printf '#!/bin/sh\necho "FULL=$FULL .ci/run" >>"$scratch/ran"; [ "$FAILING" != run ]\n' >.ci/run
chmod +x .ci/run
printf '[package]\nname = "a"\nversion = "1.2.3"\nrepository = "https://example.org/a"\n' >Cargo.toml
printf '# Changelog\n\n## 1.2.3\n\n## 1.2.2\n' >CHANGELOG.md
echo 'cargo add a' | tee README.md >SECURITY.md
git init --quiet
git config status.showUntrackedFiles no
git add .
git commit --quiet --message start
git tag start

release 0 "1.2.3 can be published" "git tag v1.2.2; git tag v1.2.30"
printf 'FULL=1 .ci/run\ncargo publish --dry-run\n' | diff "$scratch/ran" -
release 1 "the git tree has changes" "touch another"
release 1 'CHANGELOG.md begins with "## Unreleased", expected' "edit CHANGELOG.md 's/## 1.2.3/## Unreleased/'"
release 1 'CHANGELOG.md begins with "## 1.2.3", expected "## 1.2.4"' "edit Cargo.toml 's/1.2.3/1.2.4/'"
release 1 "repository is not set" "edit Cargo.toml 's/^repository/# repository/'"
release 1 "README.md:The crate is not published yet" "edit README.md '1i The crate is not published yet.'"
release 1 "README.md:published yet." "edit README.md '1i The crate is not\npublished yet.'"
release 1 "README.md:cargo add iana-ports --path" "edit README.md '1i cargo add iana-ports --path x'"
release 1 "SECURITY.md:Address: not set yet" "edit SECURITY.md '1i Address: not set yet.'"
for failing in run cargo; do
    ! FAILING=$failing .ci/release >/dev/null 2>&1 || { echo "tests/release.sh: $failing may fail" >&2 && exit 1; }
done
release 1 "the tag v1.2.3 exists already" "git tag v1.2.3"
echo "tests/release.sh: all tests pass"
