#!/usr/bin/env bash
# Makes a chain by "rekindle generate", 1,000 blocks by default, has an empty geth import it, and compares what geth then holds.
#   workloads/scripts/check-generated.sh GETH [OPTIONS OF generate]
# geth executes every block and holds its roots against the header; in the end its head must have our
# state root, and its export must be our file, byte for byte.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
geth=$1
shift
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run_geth() { # prints geth's log only where it fails
  "$geth" --datadir "$work/geth" --verbosity 3 "$@" 2>"$work/log" || { tail -n 20 "$work/log" >&2; exit 1; }
}

[[ " $* " == *" --blocks"* ]] || set -- --blocks 1000 "$@"
made=$("$root/rekindle" generate "$@" --out "$work/chain")
echo "generated: $made"
run_geth init "$work/chain/genesis.json" >/dev/null
run_geth --syncmode full --gcmode archive import "$work/chain/chain.rlp" >/dev/null
state_root=$(run_geth dump --nocode --nostorage --limit 1 | sed -n '1s/.*"root": *"\(0x[0-9a-f]*\)".*/\1/p')
[ "$state_root" = "${made##*state root }" ] || { echo "geth's state root is $state_root" >&2; exit 1; }
run_geth export "$work/export.rlp" >/dev/null
cmp "$work/export.rlp" "$work/chain/chain.rlp"
echo "geth $("$geth" version | sed -n 's/^Version: //p') imported it: head state root $state_root, export equal byte for byte"
