#!/usr/bin/env bash
# Replaces the embedded registry with a newer release.
#
#     registry/refresh.sh             IANA's current release
#     registry/refresh.sh FILE|URL    another; a file needs no network
#     registry/refresh.sh --readme    writes only the README's paragraph on the data; with --check, compares it
#                                     and fails if it differs
#
# It needs a clean git tree, so that git can undo its changes. It fetches the release and checks that it is this
# registry, that it is not older than the embedded one, and that it has at most 2 % fewer rows. It prints what changed
# and writes that to CHANGELOG.md, under "## Unreleased". It replaces the file, updates the README's paragraph and runs
# the tests. Exit status:
#
#     0  refreshed
#     1  the release cannot be fetched, a check rejects it, or the script failed or was interrupted before its first
#        change: nothing is changed
#     2  not started: wrong arguments, not in a git tree, uncommitted changes, or another run is going on or was killed
#     3  nothing new: this release is embedded already
#     4  changed, but a test failed or the script was interrupted: the changes are left for you to inspect
#
# Needs git, cargo, and curl for a URL.
set -euo pipefail
unset IANA_PORTS_XML IANA_PORTS_CHECK CDPATH # the tests are to read what is embedded, as strictly as ever

registry=registry/service-names-port-numbers.xml
files=("$registry" CHANGELOG.md README.md)

# STATUS MESSAGE
stop() { result=$1; printf 'refresh: %s\n' "$2" >&2; exit; }

# FILE: README.md with the paragraph between its two markers written from this registry.
readme() {
    local updated amendments
    # Of the registry, not of its records and people.
    updated=$(sed -n '/<record/q; s:.*<updated>\(.*\)</updated>.*:\1:p' "$1")
    amendments=$(sed -n '/<record/q; s:.*<note title="Amendments">\(.*\)</note>.*:\1:p' "$1")
    # Only an element on one line is read, and only plain text is put into Markdown.
    if [[ ! $updated =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ || ! $amendments =~ ^[\ A-Za-z0-9.,()-]*$ ]] ||
        { [ -z "$amendments" ] && grep -q '"Amendments"' "$1"; }; then
        echo "refresh: cannot read the date or the amendments of $1 for README.md" >&2
        return 1
    fi
    {
        printf "This is IANA's release of %s.\n" "$updated"
        [ -z "$amendments" ] || cat <<END
$amendments
Added and replaced services have no assignee, contact or date, and the newest names without a port are missing until the
first refresh from IANA.
END
    } | awk '
        NR == FNR { text = text $0 "\n"; next }
        $0 == "<!-- end of the data -->" { inside = 0; markers++ }
        !inside
        $0 == "<!-- the data -->" { inside = 1; markers++; printf "%s", text }
        END { if (markers != 2) { print "refresh: README.md lacks the markers of the data" >"/dev/stderr"; exit 1 } }
    ' - README.md
}

source=${1-https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xml}
case $source in
    *://* | /* | -*) ;;
    *) source=$PWD/$source ;;
esac
cd "$(dirname "$0")/.."

# Whichever command fails or is interrupted, the exit status is `result`, and the script's own files are removed.
result=1
own=("$(mktemp -d)")
finish() {
    set +e # a message that cannot be written changes nothing
    trap '' INT TERM HUP
    rm -rf "${own[@]}"
    [ "$result" -ne 4 ] || printf 'refresh: %s\n' "files were changed, but the tests have not passed with $source" \
        "to see what changed: git diff" "to undo it: git restore ${files[*]}" >&2
    exit "$result"
}
trap finish EXIT
trap 'echo "refresh: interrupted" >&2; exit' INT TERM HUP

case "$*" in
    --readme)
        own+=(README.md.new)
        cp -p README.md README.md.new # its mode
        readme "$registry" >README.md.new
        mv -f README.md.new README.md
        stop 0 "README.md has its paragraph on the data"
        ;;
    '--readme --check')
        readme "$registry" | diff README.md - ||
            stop 1 "the paragraph on the data in README.md is out of date: run registry/refresh.sh --readme"
        stop 0 "README.md has its paragraph on the data"
        ;;
esac
[[ $# -le 1 && ${1-} != -* ]] || stop 2 "usage: registry/refresh.sh [FILE|URL]"

# A symbolic link to the number of the process: made in one step, or not at all.
lock=$(git rev-parse --git-path refresh.lock 2>/dev/null) ||
    stop 2 "not in a git tree, so the changes could not be undone"
if ! ln -s $$ "$lock" 2>/dev/null; then
    process=$(readlink "$lock") || stop 2 "cannot make the link $lock"
    # A signal to another user's process fails.
    ! { kill -0 "$process" 2>/dev/null || [ -e "/proc/$process" ]; } ||
        stop 2 "another refresh is running, process $process"
    stop 2 "a refresh was killed, process $process: look at git status, then remove $lock"
fi
own+=("$lock")
changes=$(git status --porcelain --untracked-files=normal)
[ -z "$changes" ] || stop 2 "the git tree has changes; commit or stash them first"

fetched=${own[0]}/fetched.xml
case $source in
    *://*)
        curl --fail --silent --show-error --location --proto '=https,file' --proto-redir '=https' --max-time 300 \
            --max-filesize 16777216 --output "$fetched" "$source" || stop 1 "cannot fetch $source"
        ;;
    *) cat "$source" >"$fetched" || stop 1 "cannot read $source" ;;
esac
! cmp -s "$fetched" "$registry" || stop 3 "$source is embedded already"
section=${own[0]}/section
cargo run --quiet --example registry_diff -- --check "$registry" "$fetched" >"$section" || stop 1 "$source is rejected"

# Beside their targets, so that a rename replaces each at once; copied first for their modes.
for file in "${files[@]}"; do
    own+=("$file.new")
    cp -p "$file" "$file.new"
done
cat "$fetched" >"$registry.new"
awk '
    NR == FNR { section = section $0 "\n"; next }
    !done && /^## / { print "## Unreleased\n\n" section; done = 1; heading = /^## Unreleased/; if (heading) next }
    heading && /^$/ { next }
    { heading = 0; print }
    END { if (!done) print "\n## Unreleased\n\n" section }
' "$section" CHANGELOG.md >CHANGELOG.md.new
readme "$fetched" >README.md.new
cat "$section"

result=4
for file in "${files[@]}"; do mv -f "$file.new" "$file"; done
touch "$registry" # cargo reads again what is younger than its last build
cargo test --workspace --exclude iana-ports-benches >&2
result=0
printf 'refresh: %s is embedded, and CHANGELOG.md lists what changed\n' "$source" >&2
