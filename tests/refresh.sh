#!/usr/bin/env bash
# Tests of registry/refresh.sh: what it puts in place and with what exit status, in a small checkout of its own. The
# files are compared by the real registry_diff; in place of `cargo test` runs what the variable TESTS holds.
#
# Needs git, cargo, and curl for a part. What it skips is appended to the file that the variable SKIPPED names.
set -euo pipefail
skipped() { printf 'skipped: %s (needs %s)\n' "$1" "$2" | tee -a "${SKIPPED-/dev/null}" >&2; }
project=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/temporary" "$scratch/checkout/registry"
registry=registry/service-names-port-numbers.xml
export project registry TMPDIR=$scratch/temporary IANA_PORTS_XML=other.xml IANA_PORTS_CHECK=lenient CDPATH=/
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a
cd "$scratch/checkout"

cargo() {
    case $1 in
        run) command cargo run --manifest-path "$project/Cargo.toml" "${@:2}" ;;
        test) (eval "$TESTS") ;;
    esac
}
export -f cargo

# DATE ROWS: a registry.
registry() {
    echo '<registry xmlns="http://www.iana.org/assignments" id="service-names-port-numbers">'
    echo "<updated>$1</updated>"
    for ((port = 1; port <= $2; port++)); do
        echo "<record><name>s$port</name><number>$port</number><description/></record>"
    done
    echo '</registry>'
}

# Each test begins with this checkout.
start() {
    rm -rf .git
    cp "$project/registry/refresh.sh" registry/refresh.sh
    registry 2020-01-31 100 >"$registry"
    printf '# Changelog\n\n## 0.1.0\n\n- First.\n' >CHANGELOG.md
    git init --quiet
    git add .
    git commit --quiet --message start
}

fail() {
    printf 'tests/refresh.sh:%s: %s\n' "${BASH_LINENO[1]}" "$1" >&2
    cat "$scratch/out" "$scratch/err" >&2
    exit 1
}

# STATUS ARGUMENT...: runs the script, which leaves no temporary file.
refresh() {
    local status=0
    registry/refresh.sh "${@:2}" >"$scratch/out" 2>"$scratch/err" || status=$?
    [ "$status" -eq "$1" ] || fail "exit status $status, expected $1"
    [ -z "$(ls "$TMPDIR")" ] || fail "a temporary file is left"
}

# STATUS TEXT ARGUMENT...: the same where the script says TEXT, changes nothing and runs no test.
unchanged() {
    TESTS='touch tests-ran' refresh "$1" "${@:3}"
    [ ! -s "$scratch/out" ] || fail "something is printed"
    grep -qF -- "$2" "$scratch/err" || fail "expected to be told: $2"
    [ -z "$(git status --porcelain)" ] || fail "$(git status --porcelain)"
}

start
registry 2020-02-29 101 >"$scratch/newer.xml"
chmod a-w "$scratch/newer.xml"

# A newer release goes in, and the tests see it.
TESTS='cp $registry CHANGELOG.md "$TMPDIR/.." && [ -z "${IANA_PORTS_XML-}${IANA_PORTS_CHECK-}" ]' \
    refresh 0 "$scratch/newer.xml"
cmp "$registry" "$scratch/newer.xml"
cmp "$registry" "$scratch/service-names-port-numbers.xml"
cmp CHANGELOG.md "$scratch/CHANGELOG.md"
cat >"$scratch/expected" <<'CHANGELOG'
# Changelog

## Unreleased

### Registry of 2020-02-29

- Now: registry file dated 2020-02-29, 101 rows.
- Before: registry file dated 2020-01-31, 100 rows.
- 100 rows in both.

Added: 1 row, newly registered.

- `s101`, 101

Status: 4 ports, counted for each transport.

- 101/tcp, udp, sctp, dccp: Unassigned → Assigned, registered for `s101`

## 0.1.0

- First.
CHANGELOG
diff "$scratch/expected" CHANGELOG.md
sed -n '/^### /,/^- 101/p' CHANGELOG.md | diff - "$scratch/out"
[ "$(git status --porcelain)" = " M CHANGELOG.md"$'\n'" M $registry" ] || fail "$(git status --porcelain)"

# Nothing starts on what git cannot undo.
git stash --quiet
touch another
TESTS='touch tests-ran' refresh 2 "$scratch/newer.xml"
grep -q 'the git tree has changes' "$scratch/err"
[ "$(git status --porcelain)" = "?? another" ] || fail "$(git status --porcelain)"

# Without git, nothing could be undone, and nothing starts.
git checkout --quiet --force HEAD
rm another
mv .git "$scratch/git"
cp "$registry" "$scratch/kept.xml"
TESTS='touch tests-ran' refresh 2 "$scratch/newer.xml"
grep -q 'not a git tree' "$scratch/err"
cmp "$registry" "$scratch/kept.xml"
[ ! -e tests-ran ] || fail "a test ran"
mv "$scratch/git" .git

# A second release comes under the same heading, the newer one first; a path is taken from where the caller is.
start
for day in 01 02; do
    cp CHANGELOG.md "$scratch/before"
    registry "2020-02-$day" 100 >"$scratch/next.xml"
    TESTS=true refresh 0 ../next.xml
    git commit --quiet --all --message "$day"
done
[ "$(grep '^##' CHANGELOG.md | tr '\n' ' ')" = \
    '## Unreleased ### Registry of 2020-02-02 ### Registry of 2020-02-01 ## 0.1.0 ' ] || fail "other headings"
sed '5,/^### Registry of 2020-02-01/{/^### .*02-01/!d;}' CHANGELOG.md | diff "$scratch/before" -

# What is embedded already, and what is no newer release of this registry.
start
registry 2020-01-31 100 >"$scratch/same.xml"
unchanged 3 "same.xml is what is embedded" "$scratch/same.xml"
registry 2020-01-30 200 >"$scratch/older.xml"
unchanged 1 "the new file is of 2020-01-30, older than the old one of 2020-01-31" "$scratch/older.xml"
registry 2020-02-29 97 >"$scratch/smaller.xml"
unchanged 1 "more than 2 % are gone" "$scratch/smaller.xml"
head -50 "$scratch/newer.xml" >"$scratch/truncated.xml"
unchanged 1 "the file ends inside <registry>" "$scratch/truncated.xml"
sed 's/id="[a-z-]*"/id="protocol-numbers"/' "$scratch/newer.xml" >"$scratch/other.xml"
unchanged 1 "other.xml is refused" "$scratch/other.xml"
unchanged 1 "cannot read $scratch/missing.xml" "$scratch/missing.xml"
unchanged 2 "usage: registry/refresh.sh [FILE|URL]" "$scratch/newer.xml" "$scratch/newer.xml"
unchanged 2 "usage: registry/refresh.sh [FILE|URL]" --help

# Two rows in a hundred may go.
registry 2020-01-31 98 >"$scratch/smaller.xml"
TESTS=true refresh 0 "$scratch/smaller.xml"

# Where the tests fail, the changes stay, and what is told undoes them.
start
TESTS='exit 3' refresh 4 "$scratch/newer.xml"
cmp "$registry" "$scratch/newer.xml"
eval "$(sed -n 's/^refresh: to undo it: //p' "$scratch/err")"
[ -z "$(git status --porcelain)" ] || fail "$(git status --porcelain)"

if command -v curl >/dev/null; then
    unchanged 1 "cannot fetch file://$scratch/missing.xml" "file://$scratch/missing.xml"
    TESTS=true refresh 0 "file://$scratch/newer.xml"
    cmp "$registry" "$scratch/newer.xml"
else
    skipped "fetching a URL" curl
fi

# Without an argument it is IANA's file; a server's error page is not fetched.
start
curl() { printf '%s\n' "$@" >"$TMPDIR/../arguments"; false; }
export -f curl
unchanged 1 "cannot fetch https://www.iana.org/"
grep -qx -e --fail "$scratch/arguments"
grep -qx https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xml "$scratch/arguments"

echo "tests/refresh.sh: all tests pass"
