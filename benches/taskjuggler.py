#!/usr/bin/env python3
"""Compares the timetable of a document with that of TaskJuggler, another scheduler of long standing.

Run by hand from the root of the project; it is no part of `cargo test`:

    cargo run -- build seeds/projects/shppko-primer.toml -o /tmp/primer --formats json
    cargo run -- show krasnoyarsk --format json > /tmp/pack.json
    python3 benches/taskjuggler.py /tmp/primer/шппко.json /tmp/pack.json rules/

It needs `tj3` (Debian: apt-get install tj3). Every time of every activity becomes a task of its own: as
soon as possible in one scenario, as late as possible in the other, within its window, behind the times
that it waits for, on a calendar with the same days off. The earliest and the latest first and last days must be
those that pko has planned.

What it reads of the packs beside their JSON are the lines `длится`, `после`, `до`, `с обучающимися`: the contract does not
carry them.
"""

import datetime as dt
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

DAY = dt.timedelta(days=1)


def main():
    document, pack, rules = sys.argv[1:4]
    programme = json.loads(pathlib.Path(document).read_text())
    calendar = Calendar(json.loads(pathlib.Path(pack).read_text())["calendars"][-1])
    facts = read_rules(pathlib.Path(rules))
    jobs = read_jobs(programme, facts)
    links = read_links(jobs, facts)
    wrong = 0
    for late in (False, True):
        source = project(programme, jobs, links, calendar, late)
        begun = time.monotonic()
        dates = run(source)
        spent = time.monotonic() - begun
        different = list(compare(jobs, dates, late))
        wrong += len(different)
        name = "latest" if late else "earliest"
        print(f"{name}: {len(dates)} tasks, {len(links)} links, {len(different)} differ, tj3 {spent:.1f} s")
        for line in different:
            print("  " + line)
    sys.exit(1 if wrong else 0)


class Calendar:
    """Days off of the staff, and of pupils as well."""

    def __init__(self, declared):
        self.working = declared["working_days"]
        self.entries = declared.get("entries", [])

    def spans(self, kinds, years):
        for entry in (e for e in self.entries if e["kind"] in kinds):
            for year in years:
                first, last = day_of(entry["from"], year), day_of(entry["to"], year)
                if last < first:
                    last = day_of(entry["to"], year + 1)
                yield first, last

    def is_off(self, day, pupils):
        if day.weekday() >= self.working:
            return True
        kinds = ["нерабочие"] + (["каникулы"] if pupils else [])
        years = (day.year - 1, day.year)
        return any(first <= day <= last for first, last in self.spans(kinds, years))


def day_of(text, year):
    if text.startswith("--"):
        month, day = text[2:].split("-")
        return dt.date(year, int(month), int(day))
    return dt.date.fromisoformat(text)


def read_rules(folder):
    """What each activity says of its length, its order and its pupils; templates are filled in."""
    facts = {}
    for path in sorted(folder.rglob("*.pko")):
        template, inside, current = [], 0, None
        for line in path.read_text().splitlines():
            body, indent = line.strip(), len(line) - len(line.lstrip())
            if body and indent <= inside and template:
                template = []
            found = re.match(r"для (\S+) из \(([^)]*)\)", body)
            if found:
                values = [value.strip() for value in found[2].split(",")]
                template, inside = [(found[1], value) for value in values], indent
                continue
            head = re.match(r"мероприятие (?:школы|муниципалитета|региона|федерации|без уровня) (\S+)", body)
            if head:
                current = (head[1], list(template) or [("", "")])
                for variable, value in current[1]:
                    facts.setdefault(filled(head[1], variable, value), {"after": [], "before": []})
            elif re.match(r"(требование|задача|цель|дефицит|причина|ресурс|риск|механизм|направление|показатель|вопрос)\b", body):
                current = None
            if current:
                for variable, value in current[1]:
                    for part in body.split(";"):
                        clause(facts[filled(current[0], variable, value)], filled(part.strip(), variable, value))
    return facts


def filled(text, variable, value):
    return text.replace(f"({variable})", value) if variable else text


def clause(fact, body):
    if found := re.match(r"длится (\d+) (рабоч\S* )?(\S)", body):
        fact["lasts"] = (int(found[1]), "w" if found[2] else {"д": "d", "н": "W", "м": "m"}[found[3]])
    elif found := re.match(r"(после|до) (.*)", body):
        names = re.split(r" по методисту| по источнику", found[2])[0]
        fact["after" if found[1] == "после" else "before"] += [name.strip() for name in names.split(",")]
    elif body == "с обучающимися":
        fact["pupils"] = True


def read_jobs(programme, facts):
    jobs = {}
    for direction in programme["directions"]:
        for activity in direction["activities"]:
            seen = []
            for entry in activity["entries"]:
                if "planned" in entry and entry["planned"] not in [one["planned"] for one in seen]:
                    seen.append(entry)
            jobs[activity["id"]] = (seen, facts.get(activity["id"], {}))
    return jobs


def read_links(jobs, facts):
    """Which time waits for which: the same number where a year has as many of both, else the first."""
    pairs = [(name, later) for later in jobs for name in facts.get(later, {}).get("after", [])]
    pairs += [(first, name) for first in jobs for name in facts.get(first, {}).get("before", [])]
    links = set()
    for first, later in pairs:
        if first not in jobs or later not in jobs:
            continue
        for at, entry in enumerate(jobs[later][0]):
            year = entry["school_year"]
            ours = [n for n, e in enumerate(jobs[first][0]) if e["school_year"] == year]
            theirs = [n for n, e in enumerate(jobs[later][0]) if e["school_year"] == year]
            if ours:
                nth = theirs.index(at) if len(ours) == len(theirs) else 0
                links.add(((first, ours[nth]), (later, at)))
    return links


def project(programme, jobs, links, calendar, late):
    names = {(job, at): f"t{n}_{at}" for n, job in enumerate(jobs) for at in range(len(jobs[job][0]))}
    begin = dt.date.fromisoformat(programme["period"]["from"]) - 30 * DAY
    end = dt.date.fromisoformat(programme["period"]["to"]) + 400 * DAY
    years = range(begin.year - 1, end.year + 1)
    lines = [f'project p "p" {begin} - {end} {{', '  timezone "UTC"', "  timingresolution 60 min", "  workinghours mon - sun 0:00 - 24:00", "  dailyworkinghours 24", "}"]
    for pupils in (False, True):
        lines.append(f'shift {"pupils" if pupils else "staff"} "s" {{')
        lines.append(f"  workinghours mon - {['fri', 'sat', 'sun'][calendar.working - 5]} 0:00 - 24:00")
        for off in [day for day in ("sat", "sun")[calendar.working - 5:]]:
            lines.append(f"  workinghours {off} off")
        kinds = ["нерабочие"] + (["каникулы"] if pupils else [])
        for first, last in calendar.spans(kinds, years):
            lines.append(f"  leaves holiday {first} - {last + DAY}")
        lines.append("}")
    for (job, at), name in names.items():
        entry, fact = jobs[job][0][at], jobs[job][1]
        lines += task(name, entry, fact, calendar, late)
        for first, later in links:
            if not late and later == (job, at):
                lines.append(f"  depends {names[first]}")
            if late and first == (job, at):
                lines.append(f"  precedes {names[later]}")
        lines.append("}")
    kind = "csv"
    lines.append(f'taskreport "dates" {{ formats {kind}  columns id, start, end  timeformat "%Y-%m-%d-%H:%M" }}')
    return "\n".join(lines)


def task(name, entry, fact, calendar, late):
    """Days of work in the window; what lasts its whole window is as long as the window has such days."""
    pupils = fact.get("pupils", False)
    first, last = (dt.date.fromisoformat(entry[key]) for key in ("from", "to"))
    planned = {key: dt.date.fromisoformat(entry["planned"][key]) for key in ("from", "to", "latest_from", "latest_to")}
    begins = planned["latest_from" if late else "from"]
    ends = planned["latest_to" if late else "to"]
    effort = sum(not calendar.is_off(begins + n * DAY, pupils) for n in range((ends - begins).days + 1))
    shift = "pupils" if pupils else "staff"
    lines = [f'task {name} "{name}" {{', f"  shift {shift}", f"  length {24 * effort}h"]
    if late:
        lines += ["  scheduling alap", f"  maxend {last + DAY}", f"  end {last + DAY}"]
    else:
        lines += [f"  start {first}"]
    return lines


def run(source):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "p.tjp")
        path.write_text(source)
        done = subprocess.run(["tj3", "--silent", "-o", folder, str(path)], capture_output=True, text=True)
        table = pathlib.Path(folder, "dates.csv")
        if not table.exists():
            sys.exit(done.stderr)
        rows = [row.split(";") for row in table.read_text().replace('"', "").splitlines()[1:]]
        return {row[0].strip(): row[1:3] for row in rows}


def compare(jobs, dates, late):
    for n, job in enumerate(jobs):
        for at, entry in enumerate(jobs[job][0]):
            start, end = (dt.datetime.strptime(text, "%Y-%m-%d-%H:%M") for text in dates[f"t{n}_{at}"])
            theirs = (str(start.date()), str((end - dt.timedelta(minutes=1)).date()))
            keys = ("latest_from", "latest_to") if late else ("from", "to")
            ours = tuple(entry["planned"][key] for key in keys)
            if ours != theirs:
                yield f"{job} {entry['school_year']}: pko {ours}, tj3 {theirs}"


if __name__ == "__main__":
    main()
