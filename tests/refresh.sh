#!/usr/bin/env bash
# Tests of registry/refresh.sh in a small checkout of its own, with the real registry_diff. Variables hold commands:
# SETUP runs first, MEANWHILE before registry_diff, RENAMED after each file is in place, and TESTS instead of
# `cargo test`. In them, $$ is the script.
set -euo pipefail
# shellcheck disable=SC2046
unset $(git rev-parse --local-env-vars) # set in a hook of git
project=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/temporary" "$scratch/checkout/registry"
registry=registry/service-names-port-numbers.xml
export project scratch registry TMPDIR=$scratch/temporary IANA_PORTS_XML=other.xml IANA_PORTS_CHECK=lenient CDPATH=/
export LC_ALL=C GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a
cd "$scratch/checkout"

cargo() (
    ulimit -S -f unlimited
    case $1 in
        run)
            eval "${MEANWHILE-}"
            touch -t 201901010000 "${@: -1}"
            touch -t 202001010000 "$scratch/built"
            command cargo run --manifest-path "$project/Cargo.toml" "${@:2}"
            ;;
        test) eval "$TESTS" ;;
    esac
)
mv() { command mv "$@" && eval "${RENAMED-}"; }
# Without an argument the script asks IANA; a server's error page is not fetched.
curl() { printf '%s\n' "$@" >"$scratch/arguments"; false; }
export -f cargo curl mv

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
    printf 'tests/refresh.sh:%s: %s\n' "${BASH_LINENO[-2]}" "$1" >&2
    cat "$scratch/out" "$scratch/err" >&2
    exit 1
}

# STATUS ARGUMENT...: runs the script, which leaves no temporary file. It gets signals even where this test does not.
refresh() {
    local status=0
    (eval "${SETUP-}" && exec env --default-signal=HUP,INT,TERM,XFSZ registry/refresh.sh "${@:2}") \
        >"${OUT-$scratch/out}" 2>"${ERR-$scratch/err}" || status=$?
    [ "$status" -eq "$1" ] || fail "exit status $status, expected $1"
    [ -z "$(ls "$TMPDIR")" ] || fail "a temporary file is left"
}

# STATUS TEXT ARGUMENT...: the same where the script says TEXT, changes nothing and runs no test.
unchanged() {
    cp -R . "$scratch/before"
    TESTS='touch tests-ran' refresh "$1" "${@:3}"
    grep -qF -- "$2" "$scratch/err" || fail "expected the message: $2"
    diff -r --no-dereference --exclude=index . "$scratch/before" >&2 || fail "something changed"
    rm -rf "$scratch/before"
}

# The script embeds the newer file and ends with status 4. The command that it prints undoes everything.
undone() {
    refresh 4 ../newer.xml
    cmp "$registry" ../newer.xml
    grep -qx 'refresh: to see what changed: git diff' "$scratch/err" || fail "not said how to look"
    eval "$(sed -n 's/^refresh: to undo it: //p' "$scratch/err")"
    [ -z "$(git status --porcelain)" ] || fail "$(git status --porcelain)"
}

cp "$project/registry/refresh.sh" registry/
registry 2020-01-31 100 >"$registry"
printf '# Changelog\n\n## 0.1.0\n\n- First.\n' >CHANGELOG.md
printf 'Before\n<!-- the data -->\n<!-- end of the data -->\nAfter\n' >README.md
git init --quiet
git config status.showUntrackedFiles no
git add .
git commit --quiet --message start
git tag start
registry 2020-02-29 101 >"$scratch/newer.xml"
registry 2020-01-30 200 >"$scratch/older.xml"
registry 2020-02-29 97 >"$scratch/smaller.xml"
head -50 "$scratch/newer.xml" >"$scratch/truncated.xml"
cp "$registry" "$scratch/same.xml"
sed '2s/<updated>/<updated >/' "$scratch/newer.xml" >"$scratch/spaced.xml"
sed '2s:$:<note title="Amendments">[a](https\://example.org)</note>:' "$scratch/newer.xml" >"$scratch/amended.xml"

unchanged 1 "the new file is of 2020-01-30, older than the old one of 2020-01-31" ../older.xml
unchanged 1 "more than 2 % are gone" ../smaller.xml
unchanged 1 "the file ends inside <registry>" ../truncated.xml
unchanged 1 "cannot read $scratch/checkout/../missing.xml" ../missing.xml
unchanged 1 "cannot read the date or the amendments" ../spaced.xml
unchanged 1 "cannot read the date or the amendments" ../amended.xml
unchanged 1 "cannot fetch https://www.iana.org/"
for option in --fail --proto =https,file --proto-redir =https; do grep -qx -e "$option" "$scratch/arguments"; done
unchanged 2 "usage: registry/refresh.sh [FILE|URL]" --help
unchanged 3 "same.xml is embedded already" ../same.xml
touch another
unchanged 2 'the git tree has changes' ../newer.xml
rm another
mv .git "$scratch/git"
unchanged 2 'not in a git tree' ../newer.xml
mv "$scratch/git" .git
ln -s 999999999 .git/refresh.lock
unchanged 2 "a refresh was killed, process 999999999: look at git status, then remove .git/refresh.lock" ../newer.xml
rm .git/refresh.lock

# A full disk, for standard output and for each file in turn, and a README without its marker.
OUT=/dev/full unchanged 1 "No space left on device" ../newer.xml
small='ulimit -S -c 0; ulimit -S -f'
SETUP="$small 10" unchanged 1 "cannot read $scratch/checkout/../newer.xml" ../newer.xml
for file in CHANGELOG.md README.md; do
    git reset --quiet --hard start
    seq 200000 >>"$file"
    git commit --quiet --all --message large
    SETUP="$small 1000" unchanged 1 "File size limit exceeded" ../newer.xml
done
SETUP="$small 1000" unchanged 1 "File size limit exceeded" --readme
sed -i '/end of the data/d' README.md
git commit --quiet --all --message unmarked
for argument in ../newer.xml --readme; do unchanged 1 "README.md lacks the markers of the data" "$argument"; done
git reset --quiet --hard start

# A failure or an interrupt after the first change, and one before it.
TESTS='exit 3' undone
RENAMED=false undone
ERR=/dev/full TESTS='exit 3' refresh 4 ../newer.xml
git reset --quiet --hard start
for signal in INT TERM HUP; do
    TESTS="kill -$signal \$\$" undone
    MEANWHILE="kill -$signal \$\$" unchanged 1 "refresh: interrupted" ../newer.xml
done

# A newer release goes in, once: a run at the same time does nothing. The tests see the release, with a time later than
# the last build, and none of the variables.
chmod 600 "$registry"
chmod 640 CHANGELOG.md README.md
modes=$(ls -l "$registry" CHANGELOG.md README.md | cut -c 1-10)
MEANWHILE='MEANWHILE= registry/refresh.sh ../newer.xml 2>"$scratch/second" || echo "status $?" >>"$scratch/second"' \
    TESTS='cmp $registry ../newer.xml && [ "$registry" -nt "$scratch/built" ] &&
        [ -z "${IANA_PORTS_XML-}${IANA_PORTS_CHECK-}" ]' refresh 0 ../newer.xml
grep -q '^refresh: another refresh is running, process ' "$scratch/second" || fail "$(cat "$scratch/second")"
grep -qx 'status 2' "$scratch/second" || fail "$(cat "$scratch/second")"
[ "$(ls -l "$registry" CHANGELOG.md README.md | cut -c 1-10)" = "$modes" ] || fail "other modes"
grep -qx -e '- `s101`, 101' CHANGELOG.md
[ "$(grep '^##' CHANGELOG.md | tr '\n' ' ')" = '## Unreleased ### Registry of 2020-02-29 ## 0.1.0 ' ] || fail "headings"
sed -n '/^### /,/^- .s101/p' CHANGELOG.md | diff - "$scratch/out"
grep -qx "This is IANA's release of 2020-02-29." README.md
echo "tests/refresh.sh: all tests pass"
