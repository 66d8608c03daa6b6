#!/usr/bin/env python3
"""Holds a program against the hand-worked cases of identification, `tests/cases/identify/*.md`.

Usage: python3 benches/identification_cases.py [PKO]

Without an argument the reference is asked, with one that `pko`. A case is a section of a Markdown file:

  ```csv данные.csv windows-1251      a file of the case: its name, its encoding (UTF-8 if none is named)
  ```console                          a command, `$ pko identify …`
  ```итоги                            facts about the answer of the last command, one a line; all must hold

Facts are compared as text, and only those that are written down: see `facts` below for everything that can be said.
"""

import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import identification_reference as reference

CASES = pathlib.Path(__file__).resolve().parent.parent / "tests" / "cases" / "identify"
ENCODINGS = {"utf-8": "utf-8", "utf-8-bom": "utf-8-sig", "utf-16": "utf-16", "windows-1251": "cp1251"}
DOMAINS = {"results": "результаты", "social": "условия"}
ANSWERS = {True: "да", False: "нет", None: "неизвестно"}


# ------------------------------------------------------------------------------------------------- facts


def facts(answer):
    """Everything that a case may say about an answer, a line each."""
    if answer is None:
        yield "отказ"
        return
    yield "окно: " + (", ".join(answer["window"]) or "нет")
    yield "школы: " + ", ".join(school["school_id"] for school in answer["schools"])
    for school in answer["schools"]:
        yield from school_facts(school, answer["window"])
    for border in answer.get("borders", []):
        place = [border[name] for name in ("year", "group", "domain", "criterion") if name in border]
        yield f"граница {' '.join(place)}: {border['ranked']} школ, k {border['k']}"
    for issue in answer.get("issues", []):
        yield f"замечание {issue['kind']}: {issue['count']}"
    if not answer.get("issues"):
        yield "замечаний нет"


def school_facts(school, window):
    own = school["school_id"]
    for name, title in (("name", "название"), ("municipality", "муниципалитет")):
        if name in school:
            yield f"{own} {title}: {school[name]}"
    if "excluded" in school:
        yield f"{own}: исключена, {school['excluded']}"
        return
    yield f"{own}: {school['results']}, {school['social']}"
    yield f"{own} пометки: " + (", ".join(school.get("flags", [])) or "нет")
    for criterion, value in school.get("criteria", {}).items():
        yield f"{own} {criterion}: {ANSWERS[value]}"
    if "met" in school:
        yield f"{own} выполнено: {school['met']}"
    for year in window:
        entry = school.get("years", {}).get(year)
        if entry is None:
            yield f"{own} {year}: нет года"
            continue
        yield f"{own} {year} группа: {entry['group']}"
        for prefix, title in DOMAINS.items():
            yield from year_facts(f"{own} {year} {title}", prefix, entry)


def year_facts(place, prefix, entry):
    def get(name):
        return entry.get(f"{prefix}_{name}")

    parts = []
    if get("index") is not None:
        parts.append(decimal(get("index")))
    if get("rank") is not None:
        parts.append(f"место {get('rank')}")
        yield f"{place}, по порядку: {get('position')}"
    parts += [part for part in (get("band"), get("reason")) if part]
    yield f"{place}: {', '.join(parts)}"
    yield f"{place}, есть: {get('present') or 0}"
    yield f"{place}, нет: " + (", ".join(get("missing") or []) or "ничего")


def decimal(number):
    """A JSON number as a plain decimal of at most 12 places."""
    text = f"{number:.12f}"
    return text.rstrip("0").rstrip(".")


# ------------------------------------------------------------------------------------------------- programs


def ask_reference(arguments, folder):
    asked = reference.command_line(arguments)
    exclusions = (folder / asked.exclude).read_bytes() if asked.exclude else b""
    data = (folder / asked.data).read_bytes()
    try:
        return reference.identify(data, asked.methodology, asked.set, exclusions, asked.as_of)
    except reference.DataError:
        return None


def ask_pko(pko, arguments, folder):
    command = [pko, "identify", *arguments, "--format", "json"]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if ended.returncode == 1:
        return None
    if ended.returncode:
        raise SystemExit(f"{' '.join(command)}: code {ended.returncode}\n{ended.stderr}")
    return json.loads(ended.stdout)


# ------------------------------------------------------------------------------------------------- cases

FENCE = re.compile(r"^```(\S+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sections(text):
    """(title, body) of each second-level section."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return zip(parts[1::2], parts[2::2])


def run_section(body, ask):
    """What went wrong in one section; the number of facts that were compared."""
    faults, compared = [], 0
    known, command = None, None
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for kind, head, content in FENCE.findall(body):
            words = head.split()
            if kind in ("csv", "text") and words:
                encoding = ENCODINGS[words[1] if len(words) > 1 else "utf-8"]
                (folder / words[0]).write_bytes(content.encode(encoding))
            elif kind == "console":
                for line in content.splitlines():
                    command = line
                    known = set(facts(ask(shlex.split(line.removeprefix("$ pko identify ")), folder)))
            elif kind == "итоги":
                wanted = [line for line in content.splitlines() if line]
                compared += len(wanted)
                faults += [f"{command}\n    {line}\n{close(line, known)}" for line in wanted if line not in known]
    return faults, compared


def close(line, known):
    """The facts that say something else of the same thing."""
    start = line.partition(":")[0]
    return "".join(f"      есть: {fact}\n" for fact in sorted(known) if fact.partition(":")[0] == start)


def main():
    pko = pathlib.Path(sys.argv[1]).resolve() if sys.argv[1:] else None
    ask = ask_reference if pko is None else lambda arguments, folder: ask_pko(str(pko), arguments, folder)
    n_cases = n_facts = n_faults = 0
    for path in sorted(CASES.glob("*.md")):
        for title, body in sections(path.read_text(encoding="utf-8")):
            faults, compared = run_section(body, ask)
            n_cases, n_facts, n_faults = n_cases + 1, n_facts + compared, n_faults + len(faults)
            for fault in faults:
                print(f"{path.name}, «{title}»: {fault}")
    print(f"{n_cases} cases, {n_facts} facts, {n_faults} differ")
    return 1 if n_faults or not n_facts else 0


if __name__ == "__main__":
    sys.exit(main())
