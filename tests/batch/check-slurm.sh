#!/bin/sh
# The recipe for Slurm as it stands, on a cluster of our own: munge, one controller, one node, all in a temporary folder.
# usage: check-slurm.sh SOURCE_DIR BANMIAN        77: a program is missing, or we are not root
set -eu
source=$1
BANMIAN=$2
export BANMIAN
PATH=$PATH:/usr/sbin
for program in munged slurmctld slurmd sbatch sinfo squeue; do
    command -v $program >/dev/null || { echo "skipped: there is no $program"; exit 77; }
done
[ "$(id -u)" -eq 0 ] || { echo "skipped: slurmd needs root"; exit 77; }
work=$(mktemp -d)
chmod 755 "$work"
end () {
    for pid in "$work"/*.pid; do
        [ ! -s "$pid" ] || kill "$(cat "$pid")" 2>/dev/null || true
    done
    sleep 1
    rm -rf "$work"
}
trap end EXIT
cd "$work"

host=$(hostname -s)
port=$((20000 + $$ % 20000))
mkdir state spool
dd if=/dev/urandom of=munge.key bs=128 count=1 2>/dev/null
chmod 400 munge.key
munged --force --key-file="$work/munge.key" --socket="$work/munge.socket" --pid-file="$work/munge.pid" \
    --log-file="$work/munge.log" --seed-file="$work/munge.seed" 2>munge.err || { cat munge.err; exit 1; }
cat >slurm.conf <<END
ClusterName=press
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthInfo=socket=$work/munge.socket
SlurmctldPort=$port
SlurmdPort=$((port + 1))
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
ReturnToService=2
SchedulerParameters=batch_sched_delay=1,sched_interval=1
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=pages Nodes=$host Default=YES MaxTime=INFINITE State=UP
END
SLURM_CONF=$work/slurm.conf
export SLURM_CONF
slurmctld -f "$SLURM_CONF"
slurmd -f "$SLURM_CONF"
for _ in $(seq 60); do
    sinfo -h -o %t 2>/dev/null | grep -q idle && break
    sleep 0.5
done
sinfo -h -o %t | grep -q idle || { echo "the node does not come up"; tail -5 slurmctld.log slurmd.log; exit 1; }

# Every shard is a task of the array; sbatch --wait ends with the worst status of them.
cpus=$(nproc)
[ "$cpus" -le 2 ] || cpus=2
python3 "$source/tests/batch/make-manifest.py" in 80
run () { sbatch --wait --quiet --cpus-per-task="$cpus" --output="$work/task-%a.log" "$@" "$source/recipes/slurm.sh" in/manifest.jsonl out; }
run --array=1-4 || { echo "sbatch says $?"; cat task-*.log; tail -5 slurmctld.log slurmd.log; exit 1; }
[ "$(ls out/report-*.jsonl | wc -l)" -eq 4 ] || { echo "there are not four shards"; ls out; exit 1; }
"$source/recipes/merge-reports.py" out/report-*.jsonl >report.jsonl
python3 "$source/tests/batch/judge-shards.py" in/manifest.jsonl report.jsonl out

# A task that is taken off its node goes on the queue again and ends what it began: no page twice.
rm -r out
sbatch --quiet --array=0-1 --cpus-per-task="$cpus" --output="$work/task-%a.log" "$source/recipes/slurm.sh" in/manifest.jsonl out
for _ in $(seq 100); do
    [ -s out/report-1.jsonl ] && break
    sleep 0.1
done
scontrol requeue "$(squeue -h -t R -o %A | head -1)" || { echo "nothing was running"; exit 1; }
for _ in $(seq 600); do # a job put on the queue again waits up to two minutes
    [ -z "$(squeue -h)" ] && break
    scontrol update JobId="$(squeue -h -t PD -o %A | head -1)" StartTime=now 2>/dev/null || true
    sleep 0.5
done
"$source/recipes/merge-reports.py" out/report-*.jsonl >report.jsonl
python3 "$source/tests/batch/judge-shards.py" in/manifest.jsonl report.jsonl out
[ "$(cat out/report-*.jsonl | wc -l)" -eq 80 ] || { echo "a page was set twice"; exit 1; }
