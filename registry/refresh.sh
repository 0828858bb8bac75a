#!/usr/bin/env bash
# Puts a newer release of the registry in the place of the embedded one.
#
#     registry/refresh.sh             IANA's current release
#     registry/refresh.sh FILE|URL    another; a file needs no network
#     registry/refresh.sh --readme    writes only the README's paragraph on the data; with --check, compares it
#                                     and fails if it differs
#
# It takes a clean git tree, so that git can undo what it does: fetch the release; check that it is this registry, that
# it is not older than the embedded one and that no more than 2 % of the rows are gone; replace the file; write what
# changed to CHANGELOG.md, under "## Unreleased", and to standard output; write the README's paragraph; run the tests.
# Exit status:
#
#     0  refreshed
#     1  refused: the release cannot be fetched, or fails a check; nothing is changed
#     2  not started: wrong arguments, no git tree, or one with changes
#     3  nothing new: the release is what is embedded
#     4  refreshed, and the tests fail: the changes stay to be looked at
#
# Needs git, cargo, and curl for a URL.
set -euo pipefail
unset IANA_PORTS_XML IANA_PORTS_CHECK CDPATH # the tests are to read what is embedded, as strictly as ever

stop() { printf 'refresh: %s\n' "${@:2}" >&2; exit "$1"; }

registry=registry/service-names-port-numbers.xml

# README.md, with what stands between its two markers written from the registry.
readme() {
    local updated amendments
    updated=$(sed -n '/<updated>/ { s:.*<updated>\(.*\)</updated>.*:\1:p; q; }' "$registry")
    amendments=$(sed -n 's:.*<note title="Amendments">\(.*\)</note>.*:\1:p' "$registry")
    {
        printf "This is IANA's release of %s.\n" "$updated"
        [ -z "$amendments" ] || cat <<END
$amendments
Some fifty of the amended rows have no assignee, contact or date, and the newest names without a port are missing until
the first refresh from IANA.
END
    } | awk '
        NR == FNR { text = text $0 "\n"; next }
        $0 == "<!-- end of the data -->" { inside = 0; markers++ }
        !inside
        $0 == "<!-- the data -->" { inside = 1; markers++; printf "%s", text }
        END { if (markers != 2) { print "refresh: README.md lacks the markers of the data" >"/dev/stderr"; exit 1 } }
    ' - README.md
}

case "$*" in
    --readme)
        cd "$(dirname "$0")/.."
        text=$(readme)
        printf '%s\n' "$text" >README.md
        exit
        ;;
    '--readme --check')
        cd "$(dirname "$0")/.."
        readme | diff README.md - || stop 1 "README.md has another paragraph on the data: run registry/refresh.sh --readme"
        exit
        ;;
esac
if [ $# -gt 1 ] || [[ ${1-} == -* ]]; then
    stop 2 "usage: registry/refresh.sh [FILE|URL]"
fi
source=${1-https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xml}
case $source in
    *://* | /*) ;;
    *) source=$PWD/$source ;;
esac
cd "$(dirname "$0")/.."
changes=$(git status --porcelain 2>/dev/null) || stop 2 "not a git tree, so that nothing could be undone"
[ -z "$changes" ] || stop 2 "the git tree has changes; commit or stash them first"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
new=$work/service-names-port-numbers.xml
case $source in
    *://*)
        curl --fail --silent --show-error --location --proto '=https,file' --proto-redir '=https' --max-time 300 \
            --max-filesize 16777216 --output "$new" "$source" || stop 1 "cannot fetch $source"
        ;;
    *) cat "$source" >"$new" || stop 1 "cannot read $source" ;;
esac
! cmp -s "$new" "$registry" || stop 3 "$source is what is embedded"
cargo run --quiet --example registry_diff -- --check "$registry" "$new" >"$work/section" || stop 1 "$source is refused"

awk '
    NR == FNR { section = section $0 "\n"; next }
    !done && /^## / { print "## Unreleased\n\n" section; done = 1; heading = /^## Unreleased/; if (heading) next }
    heading && /^$/ { next }
    { heading = 0; print }
    END { if (!done) print "\n## Unreleased\n\n" section }
' "$work/section" CHANGELOG.md >"$work/changelog"
# Written, not copied with their times: cargo reads again what is younger than its last build.
cat "$new" >"$registry"
cat "$work/changelog" >CHANGELOG.md
readme >"$work/readme"
cat "$work/readme" >README.md
cat "$work/section"
cargo test --workspace --exclude iana-ports-benches >&2 || stop 4 "the tests fail with $source, which stays in place" \
    "to see what changed: git diff" "to undo it: git restore $registry CHANGELOG.md README.md"
printf 'refresh: %s is in place, and CHANGELOG.md says what changed\n' "$source" >&2
