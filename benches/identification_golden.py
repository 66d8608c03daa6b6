#!/usr/bin/env python3
"""Writes what the independent reference finds in the bundled region and town, one file a setting.

Usage: python3 benches/identification_golden.py [--check]

Run from the root of the project. With --check nothing is written: it tells which files would differ.
"""

import pathlib
import sys

import identification_reference as reference

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "golden" / "identification"
REGION = "identification-primer.csv"
TOWN = "identification-gorod.csv"

# (methodology, setting), a file each; the examples of issues are left out to keep the files small.
KRAI_SETTINGS = [
    "", "gap=literal", "social-rule=any2", "ties=exclude", "ties=id", "ties=spss", "round=half-up", "round=half-even",
    "round=ceil", "degenerate=zero", "degenerate=half", "degenerate=one", "short-history=literal", "min-present=1",
    "min-present=3",
]
TOWN_SETTINGS = ["", "combine=all", "combine=2", "les-gap=all", "les-scope=all", "vpr=yes"]
RUNS = (
    [("khabarovsk", setting, REGION) for setting in KRAI_SETTINGS]
    + [("khabarovsk_без_впр", "", REGION)]
    + [("lesosibirsk", setting, TOWN) for setting in TOWN_SETTINGS]
)


def file_name(methodology, setting):
    return f"{methodology}{'-' if setting else ''}{setting.replace('=', '-')}.json"


def main():
    is_check = "--check" in sys.argv[1:]
    stale = []
    for methodology, setting, data_name in RUNS:
        data = (ROOT / "seeds" / "data" / data_name).read_bytes()
        answer = reference.identify(data, methodology, [setting] if setting else [], n_examples=0)
        text = reference.to_text(answer)
        path = FOLDER / file_name(methodology, setting)
        summary = answer["summary"]
        print(f"{methodology} {setting or 'по умолчанию'}: {summary['results']} | {summary['social']} | оба {summary['both']}")
        if is_check:
            stale += [path.name] if not path.exists() or path.read_text(encoding="utf-8") != text else []
        else:
            FOLDER.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
    if stale:
        print(f"differ: {', '.join(stale)}", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
