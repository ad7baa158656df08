"""check-kubernetes.py SOURCE_DIR BANMIAN — the Job of the recipe has the fields that an Indexed Job needs (batch/v1, Kubernetes API
reference, "JobSpec" and "PodFailurePolicy"), and its shell command does what it says when it is run here as shard 3 of 16."""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import yaml
except ImportError:
    print("skipped: there is no python3-yaml")
    sys.exit(77)

source, banmian = Path(sys.argv[1]), Path(sys.argv[2])
job = yaml.safe_load((source / "recipes/kubernetes.yaml").read_text(encoding="utf-8"))
JOB = {"parallelism": int, "completions": int, "completionMode": str, "backoffLimitPerIndex": int, "podFailurePolicy": dict, "template": dict}
CONTAINER = {"name", "image", "command", "args", "workingDir", "resources", "volumeMounts", "env"}


def check_job():
    assert (job["apiVersion"], job["kind"]) == ("batch/v1", "Job") and set(job) == {"apiVersion", "kind", "metadata", "spec"}
    spec = job["spec"]
    assert {key: type(value) for key, value in spec.items()} == JOB, spec.keys()
    assert spec["completionMode"] == "Indexed" and 1 <= spec["parallelism"] <= spec["completions"]
    pod = spec["template"]["spec"]
    assert pod["restartPolicy"] == "Never", "podFailurePolicy needs it"
    (container,) = pod["containers"]
    assert set(container) <= CONTAINER and container["name"] and container["image"]
    assert {mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}
    return spec, container


def check_policy(spec, container):
    for rule in spec["podFailurePolicy"]["rules"]:
        assert rule["action"] in ("FailJob", "FailIndex", "Ignore", "Count")
        assert ("onExitCodes" in rule) != ("onPodConditions" in rule)
        codes = rule.get("onExitCodes")
        if codes:
            assert codes["operator"] in ("In", "NotIn") and codes["containerName"] == container["name"]
            assert codes["values"] == sorted(set(codes["values"])) and 0 not in codes["values"]
            assert 5 in codes["values"] and 4 not in codes["values"], "4 is worth another try, 5 is not"


def check_command(spec, container):
    shell = container["command"][-1]
    assert f"--shard auto/{spec['completions']} " in shell
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, source / "tests/batch/make-manifest.py", f"{folder}/in", "96"], check=True)
        (Path(folder) / "in/manifest.jsonl").rename(f"{folder}/pages.jsonl")
        (Path(folder) / "out").mkdir()
        command = shell.replace("/data/", f"{folder}/").replace("banmian batch", f"{banmian} batch")
        done = subprocess.run(["/bin/sh", "-c", command], env={**os.environ, "JOB_COMPLETION_INDEX": "2"}, check=False)
        assert done.returncode == 0, done.returncode
        reports = list((Path(folder) / "out").glob("report-*"))
        assert [path.name for path in reports] == ["report-3.jsonl"] and reports[0].stat().st_size > 0


check_policy(*check_job())
check_command(*check_job())
print("the Job is whole")
