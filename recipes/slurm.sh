#!/bin/sh
#SBATCH --job-name=banmian
#SBATCH --cpus-per-task=2
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:TERM@60
# sbatch --array=1-16 slurm.sh MANIFEST OUT   — a shard a task of the array; --array=1-512%32 keeps 32 running.
# BANMIAN names the program. A task that is pre-empted or out of time gets SIGTERM a minute before, ends its current
# pages and is set on the queue again; --resume goes on where it was. When all are done:
#   recipes/merge-reports.py OUT/report-*.jsonl > report.jsonl
set -u
manifest=$1 out=$2
mkdir -p "$out"

"${BANMIAN:-banmian}" batch "$manifest" --shard auto -j "${SLURM_CPUS_PER_TASK:-1}" -o "$out/{id}.pdf" \
    --report "$out/report-{shard}.jsonl" --resume &
batch=$!
trap 'kill -TERM $batch' TERM
wait $batch
status=$?
# A trap ends the wait; the batch itself is waited for again.
[ $status -le 128 ] || { wait $batch; status=$?; }
trap - TERM
case $status in
0 | 3) exit 0 ;;                                      # all set; copy that is over stands in the report
4 | 143) scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"; exit $status ;;
*) exit $status ;;                                    # 5: the report names the pages
esac
