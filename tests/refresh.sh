#!/usr/bin/env bash
# Tests of registry/refresh.sh in a small checkout of its own. The files are compared by the real registry_diff; in place
# of `cargo test` runs what the variable TESTS holds.
set -euo pipefail
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
# Without an argument the script asks IANA; a server's error page is not fetched.
curl() { printf '%s\n' "$@" >"$TMPDIR/../arguments"; false; }
export -f cargo curl

# DATE ROWS: a registry, with dates of its people as in IANA's file, but more than a pipe holds.
registry() {
    echo '<registry xmlns="http://www.iana.org/assignments" id="service-names-port-numbers">'
    echo "<updated>$1</updated>"
    for ((port = 1; port <= $2; port++)); do
        echo "<record><name>s$port</name><number>$port</number><description/></record>"
    done
    echo '<people>'
    seq -f '<person id="p%g"><name>P</name><updated>2018-06-06</updated></person>' 10000
    echo '</people></registry>'
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
    cp -R . "$scratch/before"
    TESTS='touch tests-ran' refresh "$1" "${@:3}"
    grep -qF -- "$2" "$scratch/err" || fail "expected the message: $2"
    diff -r --exclude=index . "$scratch/before" >&2 || fail "something changed"
    rm -rf "$scratch/before"
}

cp "$project/registry/refresh.sh" registry/
registry 2020-01-31 100 >"$registry"
printf '# Changelog\n\n## 0.1.0\n\n- First.\n' >CHANGELOG.md
printf 'Before\n<!-- the data -->\n<!-- end of the data -->\nAfter\n' >README.md
git init --quiet
git add .
git commit --quiet --message start
registry 2020-02-29 101 >"$scratch/newer.xml"
registry 2020-01-30 200 >"$scratch/older.xml"
registry 2020-02-29 97 >"$scratch/smaller.xml"
head -50 "$scratch/newer.xml" >"$scratch/truncated.xml"
cp "$registry" "$scratch/same.xml"

unchanged 1 "the new file is of 2020-01-30, older than the old one of 2020-01-31" ../older.xml
unchanged 1 "more than 2 % are gone" ../smaller.xml
unchanged 1 "the file ends inside <registry>" ../truncated.xml
unchanged 1 "cannot read $scratch/checkout/../missing.xml" ../missing.xml
unchanged 1 "cannot fetch https://www.iana.org/"
grep -qx -e --fail "$scratch/arguments"
unchanged 2 "usage: registry/refresh.sh [FILE|URL]" --help
unchanged 3 "same.xml is what is embedded" ../same.xml
touch another
unchanged 2 'the git tree has changes' ../newer.xml
rm another
mv .git "$scratch/git"
unchanged 2 'not a git tree' ../newer.xml
mv "$scratch/git" .git

# Where the tests fail, the changes stay until the command that is printed undoes them.
TESTS='exit 3' refresh 4 ../newer.xml
cmp "$registry" ../newer.xml
eval "$(sed -n 's/^refresh: to undo it: //p' "$scratch/err")"
[ -z "$(git status --porcelain)" ] || fail "$(git status --porcelain)"

# A newer release goes in, and the tests see it and none of the variables.
TESTS='cmp $registry ../newer.xml && [ -z "${IANA_PORTS_XML-}${IANA_PORTS_CHECK-}" ]' refresh 0 ../newer.xml
grep -qx -e '- `s101`, 101' CHANGELOG.md
[ "$(grep '^##' CHANGELOG.md | tr '\n' ' ')" = '## Unreleased ### Registry of 2020-02-29 ## 0.1.0 ' ] || fail "headings"
sed -n '/^### /,/^- .s101/p' CHANGELOG.md | diff - "$scratch/out"
grep -qx "This is IANA's release of 2020-02-29." README.md
echo "tests/refresh.sh: all tests pass"
