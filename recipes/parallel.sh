#!/bin/sh
# parallel.sh MANIFEST OUT SHARDS [HOSTS]   — shards of a batch on several hosts, by GNU parallel over ssh.
# HOSTS as parallel's --sshlogin has them, separated by commas: host1,4/user@host2,:   (: is this machine; default :)
# All hosts see this folder under the same name. BANMIAN names the program; JOBS the pages at once of a shard (default 1, as
# parallel starts a shard a processor). Run it again to go on: --resume-failed takes up shards that did not end well, and
# the shards' own --resume passes over the pages that are set.
set -eu
[ $# -ge 3 ] || { sed -n '2,6s/^# //p' "$0" >&2; exit 2; }
manifest=$1 out=$2 shards=$3 hosts=${4:-:}
mkdir -p "$out"
status=0
seq "$shards" | parallel --sshlogin "$hosts" --workdir "$PWD" --joblog "$out/joblog" --resume-failed --will-cite \
    "${BANMIAN:-banmian} batch '$manifest' --shard {}/$shards -j ${JOBS:-1} -o '$out/{id}.pdf' \
        --report '$out/report-{}.jsonl' --resume --quiet; s=\$?; [ \$s -eq 3 ] && s=0; exit \$s" || status=$?
"$(dirname "$0")/merge-reports.py" "$out"/report-*.jsonl >"$out/report.jsonl"
exit "$status" # the number of shards in which something failed
