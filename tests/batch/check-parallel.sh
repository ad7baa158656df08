#!/bin/sh
# The recipe for GNU parallel as it stands, on two hosts: this one, and this one over ssh to a server of our own.
# usage: check-parallel.sh SOURCE_DIR BANMIAN        77: a program is missing
set -eu
source=$1
BANMIAN=$2
export BANMIAN
sshd=$(command -v sshd || ls /usr/sbin/sshd 2>/dev/null || true)
for program in parallel ssh ssh-keygen; do
    command -v $program >/dev/null || { echo "skipped: there is no $program"; exit 77; }
done
[ -n "$sshd" ] || { echo "skipped: there is no sshd"; exit 77; }
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
cd "$work"

ssh-keygen -q -t ed25519 -N '' -f host
ssh-keygen -q -t ed25519 -N '' -f key
port=$((20000 + $$ % 20000))
cat >sshd_config <<END
ListenAddress 127.0.0.1:$port
HostKey $work/host
AuthorizedKeysFile $work/key.pub
PidFile $work/sshd.pid
StrictModes no
UsePAM no
END
cat >ssh_config <<END
Host other
    HostName 127.0.0.1
    Port $port
    User $(id -un)
    IdentityFile $work/key
    IdentitiesOnly yes
    UserKnownHostsFile /dev/null
    StrictHostKeyChecking no
    LogLevel ERROR
END
mkdir -p /run/sshd 2>/dev/null || true
"$sshd" -D -e -f sshd_config 2>sshd.log &
server=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
    ssh -F ssh_config other true 2>/dev/null && break
    sleep 0.3
done
ssh -F ssh_config other true || { echo "skipped: no ssh to this machine"; tail -3 sshd.log; exit 77; }

PARALLEL_SSH="ssh -F $work/ssh_config"
export PARALLEL_SSH
python3 "$source/tests/batch/make-manifest.py" in 60
"$source/recipes/parallel.sh" in/manifest.jsonl out 6 1/other,1/: || { cat out/joblog; exit 1; }
python3 "$source/tests/batch/judge-shards.py" in/manifest.jsonl out/report.jsonl out
hosts=$(tail -n +2 out/joblog | cut -f 2 | sort -u | wc -l)
[ "$hosts" -eq 2 ] || { echo "not on two hosts:"; cat out/joblog; exit 1; }

# A shard that failed is taken up again, and only what is missing is set: one page is lost here.
rm out/p7.pdf
shard=$(grep -l '"id":"p7"' out/report-*.jsonl | sed 's/.*report-//; s/\.jsonl//')
sed -i "s/^$shard\t\(.*\)\t0\t0\t/$shard\t\1\t5\t0\t/" out/joblog
"$source/recipes/parallel.sh" in/manifest.jsonl out 6 1/other,1/:
python3 "$source/tests/batch/judge-shards.py" in/manifest.jsonl out/report.jsonl out
[ "$(cat out/report-*.jsonl | wc -l)" -eq 61 ] || { echo "pages were set again: $(cat out/report-*.jsonl | wc -l) lines"; exit 1; }
