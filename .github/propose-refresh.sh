#!/usr/bin/env bash
# Opens a pull request with a refreshed registry, or updates the one that is open and holds another release. One that
# was closed without a merge is opened again by the next run, a day later: to prevent that, leave it open, or disable
# the workflow.
#
#     .github/propose-refresh.sh PATCH CHANGES
#
# PATCH is the change as `git diff --binary` writes it, and CHANGES describes it in Markdown. Needs git and gh.
set -euo pipefail
branch=registry
patch=$1
changes=$2

git apply --index --whitespace=nowarn "$patch" # IANA's file has spaces at the end of lines
open=$(gh pr list --head "$branch" --state open --json number --jq '.[].number')
if [ -n "$open" ] && git fetch --quiet --depth 1 origin "$branch" &&
    git diff --cached --quiet FETCH_HEAD -- 'registry/*.xml'; then
    echo "pull request $open holds this release already"
    exit
fi
body=$(mktemp)
trap 'rm -f "$body"' EXIT
# GitHub takes 65,536 characters.
awk '{ size += length($0) + 1 } size < 60000' "$changes" >"$body"
git switch --quiet --force-create "$branch"
git -c user.name='github-actions[bot]' -c user.email='github-actions[bot]@users.noreply.github.com' \
    commit --quiet --message "Refresh the registry"
git push --quiet --force origin "$branch"
if [ -n "$open" ]; then
    gh pr edit "$open" --body-file "$body"
else
    gh pr create --head "$branch" --title "Refresh the registry" --body-file "$body"
fi
