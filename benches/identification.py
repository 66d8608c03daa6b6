#!/usr/bin/env python3
"""Times `pko identify` against a vectorised pandas program on made-up regions, and compares their verdicts.

Usage: python3 benches/identification.py PKO [--python PYTHON] [--schools N…] [--runs N]

PKO is a release binary; PYTHON one that has pandas (this one by default; without pandas only PKO is timed). Prints the
best wall time and the peak memory of a run. Files are made in a temporary folder and nothing is kept.
"""

import argparse
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


def run(command, output):
    """Seconds of wall time, megabytes of peak memory and the exit code of one process; its output goes to a file."""
    with open(output, "wb") as file:
        start = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], stdout=file, stderr=subprocess.PIPE)
        said = process.stderr.read()
        # wait4 tells of this child alone; getrusage(RUSAGE_CHILDREN) would give the greatest of all so far.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode:
        print(f"  {command[0]}: code {process.returncode}: {said.decode(errors='replace').strip()[-300:]}")
    return seconds, usage.ru_maxrss / 1024, process.returncode


def best(command, output, n_runs):
    """The best wall time and the greatest peak of several runs, or None if one fails."""
    found = []
    for _ in range(n_runs):
        seconds, megabytes, code = run(command, output)
        if code:
            return None
        found.append((seconds, megabytes))
    return min(seconds for seconds, _ in found), max(megabytes for _, megabytes in found)


def pko_verdicts(path):
    schools = json.loads(path.read_text(encoding="utf-8"))["schools"]
    return {it["school_id"]: (it["results"], it["social"]) for it in schools if "excluded" not in it}


def pandas_verdicts(path):
    with open(path, encoding="utf-8", newline="") as file:
        return {row["school_id"]: (row["results"], row["social"]) for row in csv.DictReader(file)}


def report(name, measured):
    if measured:
        print(f"  {name:8} {measured[0]:8.2f} s {measured[1]:8.0f} MB")


def compare(pko, python, data, folder, n_runs):
    ours, theirs = folder / "pko.json", folder / "pandas.csv"
    pko_measured = best([pko, "identify", data, "--methodology", "khabarovsk", "--format", "json"], ours, n_runs)
    report("pko", pko_measured)
    pandas_measured = python and best([python, HERE / "identification_pandas.py", data], theirs, n_runs)
    report("pandas", pandas_measured)
    if pko_measured and pandas_measured:
        found, wanted = pko_verdicts(ours), pandas_verdicts(theirs)
        n_other = sum(found.get(school) != wanted.get(school) for school in found.keys() | wanted.keys())
        print(f"  schools with other verdicts: {n_other} of {len(found)}")


def with_pandas(python):
    """The interpreter, if it has pandas."""
    has = subprocess.run([python, "-c", "import pandas; print(pandas.__version__)"], capture_output=True, text=True)
    print(f"pandas {has.stdout.strip()}" if has.returncode == 0 else f"{python} has no pandas: pko alone is timed")
    return python if has.returncode == 0 else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pko")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--schools", type=int, nargs="+", default=[1000, 40000])
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    python = with_pandas(asked.python)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for n_schools in asked.schools:
            for form in ("wide", "long"):
                data = folder / f"{form}-{n_schools}.csv"
                made = [sys.executable, HERE / "identification_data.py", "--schools", str(n_schools), "--form", form]
                subprocess.run([*made, "-o", data], check=True)
                print(f"{n_schools} schools, {form}, {data.stat().st_size / 2**20:.1f} MB")
                compare(asked.pko, python, data, folder, asked.runs)
                data.unlink()


if __name__ == "__main__":
    main()
