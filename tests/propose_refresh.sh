#!/usr/bin/env bash
# Tests of .github/propose-refresh.sh, with a bare repository for GitHub's and a gh that notes what it is asked.
set -euo pipefail
# shellcheck disable=SC2046
unset $(git rev-parse --local-env-vars) # set in a hook of git
project=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export scratch GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a

# `gh pr list` prints what the file `open` holds; another command fails if the file `broken` is there, or if GitHub does
# not take a text of this length.
gh() {
    local text=${*: -1}
    echo "$1 $2" >>"$scratch/asked"
    case $2 in
        list) cat "$scratch/open" ;;
        *) [ ! -e "$scratch/broken" ] && [ -s "$text" ] && [ "$(wc -c <"$text")" -le 65536 ] ;;
    esac
}
export -f gh

fail() { printf 'tests/propose_refresh.sh:%s: %s\n' "${BASH_LINENO[0]}" "$1" >&2; exit 1; }

git init --quiet --bare "$scratch/origin"
git clone --quiet "$scratch/origin" "$scratch/first" 2>/dev/null
cd "$scratch/first"
mkdir registry
echo old >registry/names.xml
git add .
git commit --quiet --message start
git push --quiet origin HEAD:main
echo "new " >registry/names.xml
git diff --binary >"$scratch/patch"
seq 100000 >"$scratch/changes"

# Proposes the change from a fresh clone, and prints what gh was asked after the list.
propose() (
    cd "$scratch"
    rm -rf clone asked
    git clone --quiet --branch main "$scratch/origin" "$scratch/clone"
    cd "$scratch/clone"
    "$project/.github/propose-refresh.sh" "$scratch/patch" "$scratch/changes" >/dev/null 2>"$scratch/err" || return
    ! grep warning "$scratch/err" || return
    sed 1d "$scratch/asked"
)

: >"$scratch/open"
touch "$scratch/broken"
! propose >/dev/null || fail "a pull request that fails is no success"
rm "$scratch/broken"
# The branch holds the release, but no pull request is open: opening it failed, or it was closed. Each run opens one.
for run in 1 2; do [ "$(propose)" = "pr create" ] || fail "not opened in run $run"; done
[ "$(git --git-dir "$scratch/origin" show registry:registry/names.xml)" = "new " ] || fail "another file"
echo 7 >"$scratch/open"
said=$(propose) && [ -z "$said" ] || fail "offered twice"
echo newer >"$scratch/first/registry/names.xml"
git -C "$scratch/first" diff --binary >"$scratch/patch"
[ "$(propose)" = "pr edit" ] || fail "the open pull request is not renewed"
[ "$(git --git-dir "$scratch/origin" show registry:registry/names.xml)" = newer ] || fail "another file"

echo "tests/propose_refresh.sh: all tests pass"
