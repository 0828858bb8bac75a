#!/usr/bin/env bash
# Puts a newer release of the registry in the place of the embedded one.
#
#     registry/refresh.sh             IANA's current release
#     registry/refresh.sh FILE|URL    another; a file needs no network
#
# Fetches the release to a temporary file; checks that it is well-formed, that it is this registry, that it is not
# older than the embedded one and that no more than 2 % of the rows are gone; shows what changed; replaces
# registry/service-names-port-numbers.xml; writes what changed into CHANGELOG.md, under "## Unreleased"; runs the
# tests. On any failure, and on Ctrl-C, both files are as they were.
#
# Needs cargo, and curl for a URL. Two variables put a program in the place of one that is run by default:
#     REFRESH_TEST_COMMAND    a shell command, for `cargo test`
#     REGISTRY_DIFF           a built registry_diff, for `cargo run --example registry_diff`
set -euo pipefail
unset IANA_PORTS_XML # the tests are to read what is embedded

say() { printf 'refresh: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

if [ $# -gt 1 ] || [[ ${1-} == -* ]]; then
    echo "usage: registry/refresh.sh [FILE|URL]" >&2
    exit 2
fi
source=${1-https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xml}
case $source in
    *://* | /*) ;;
    *) source=$PWD/$source ;;
esac
cd "$(dirname "$0")/.."
registry=registry/service-names-port-numbers.xml
changelog=CHANGELOG.md

work=$(mktemp -d)
stage=checking # then replacing, then done

# Written anew, never moved or copied with its time: cargo reads a file again if it is younger than the last build,
# and that may have been made from what is replaced here.
put() { cat "$1" >"$2.part" && mv -f "$2.part" "$2"; }

finish() {
    status=$?
    trap '' HUP INT PIPE TERM
    if [ "$stage" = replacing ] &&
        ! { put "$work/registry.before" "$registry" && put "$work/changelog.before" "$changelog"; }; then
        fail "cannot put back $registry and $changelog, which are kept in $work"
    fi
    if [ "$stage" != done ] && [ "$status" -ne 0 ]; then
        say "nothing was changed"
    fi
    rm -rf "$work" "$registry.part" "$changelog.part"
    exit "$status"
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 141' PIPE
trap 'exit 143' TERM

registry_diff() {
    if [ -n "${REGISTRY_DIFF-}" ]; then
        "$REGISTRY_DIFF" "$@"
    else
        cargo run --quiet --example registry_diff -- "$@"
    fi
}

# "updated" and the number of rows, from the first lines of registry_diff.
release() { sed -n "s/^$1  \([0-9-]*\)  \([0-9,]*\) rows*$/\1 \2/p" <<<"$changes" | tr -d ,; }

new=$work/service-names-port-numbers.xml
case $source in
    *://*)
        say "fetching $source"
        curl --fail --silent --show-error --location --output "$new" "$source" || fail "cannot fetch $source"
        ;;
    *) cat "$source" >"$new" || fail "cannot read $source" ;;
esac
if cmp -s "$new" "$registry"; then
    say "$source is what is embedded; nothing to do"
    exit 0
fi

changes=$(registry_diff "$registry" "$new") || fail "$source cannot be compared with the embedded registry"
read -r old_date old_rows <<<"$(release OLD)"
read -r new_date new_rows <<<"$(release NEW)"
if [ -z "$old_rows" ] || [ -z "$new_rows" ]; then
    fail "registry_diff does not tell the dates and numbers of rows"
fi
if [[ $new_date < $old_date ]]; then
    fail "$source is the release of $new_date, older than the embedded one of $old_date"
fi
if ((new_rows * 100 < old_rows * 98)); then
    fail "$source has $new_rows rows, and the embedded registry $old_rows: more than 2 % are gone"
fi
registry_diff --markdown "$registry" "$new" >"$work/section"
printf '%s\n\n' "$changes"

# An amended registry knows more than the date of its release tells.
amendments=$(sed -n '2s/^     //p' <<<"$changes")
if [[ $amendments =~ [0-9]{4}-[0-9]{2}-[0-9]{2} && $new_date < ${BASH_REMATCH[0]} ]]; then
    say "note: of the embedded registry: $amendments"
    say "note: the release of $new_date may not have all of that yet; see above what it takes back"
fi

cp "$registry" "$work/registry.before"
cp "$changelog" "$work/changelog.before"
awk -v section="$work/section" '
    function put(line) {
        print "## Unreleased\n"
        while ((getline line < section) > 0) print line
        print ""
        done = 1
    }
    !done && /^## / { put(); heading = /^## Unreleased/; if (heading) next }
    heading && /^$/ { next }
    { heading = 0; print }
    END { if (!done) { print ""; put() } }
' "$changelog" >"$work/changelog"
stage=replacing
put "$new" "$registry"
put "$work/changelog" "$changelog"
bash -c "${REFRESH_TEST_COMMAND:-cargo test}" || fail "the tests fail with the release of $new_date"
stage=done

say "the registry of $new_date is in place, and $changelog tells what changed"
if [ "$old_date" != "$new_date" ] && grep -nF "$old_date" README.md registry/README.md; then
    say "the lines above still tell of $old_date"
fi
