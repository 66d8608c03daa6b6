#!/usr/bin/env python3
"""Compares the timetable of a document with that of TaskJuggler, another scheduler of long standing.

Run by hand from the root of the project; it is no part of `cargo test`:

    cargo run -- build seeds/projects/shppko-primer.toml -o /tmp/primer --formats json
    cargo run -- show krasnoyarsk --format json > /tmp/pack.json
    python3 benches/taskjuggler.py /tmp/primer/шппко.json /tmp/pack.json

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
import subprocess
import sys
import tempfile
import time

DAY = dt.timedelta(days=1)


def main():
    document, pack = sys.argv[1:3]
    programme = json.loads(pathlib.Path(document).read_text())
    rules = json.loads(pathlib.Path(pack).read_text())
    calendar = Calendar(rules["calendars"][-1])
    jobs, waits = read_jobs(programme, pupils_of(rules))
    links = read_links(jobs, waits)
    wrong = 0
    for late in (False, True):
        source = project(programme, jobs, links, calendar, late)
        begun = time.monotonic()
        dates = run(source)
        spent = time.monotonic() - begun
        different = list(compare(jobs, dates, calendar, late))
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


def pupils_of(rules):
    """The activities that are never in vacations."""
    inside = [m for direction in rules.get("directions", []) for m in direction["mechanisms"]]
    activities = rules.get("activities", []) + [a for m in inside for a in m.get("activities", [])]
    return {activity["id"] for activity in activities if activity.get("with_pupils")}


def read_jobs(programme, pupils):
    """The times of each activity with whether pupils take part, and what it waits for."""
    jobs, waits = {}, []
    for direction in programme["directions"]:
        for activity in direction["activities"]:
            seen = []
            for entry in activity["entries"]:
                if "planned" in entry and entry["planned"] not in [one["planned"] for one in seen]:
                    seen.append(entry)
            jobs[activity["id"]] = (seen, activity["id"] in pupils)
            waits += [(first, activity["id"]) for first in activity.get("after", [])]
    return jobs, waits


def read_links(jobs, waits):
    """Which time waits for which: the same number where a year has as many of both, else the first."""
    links = set()
    for first, later in waits:
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
    week = f"mon - {['fri', 'sat', 'sun'][calendar.working - 5]}"
    lines = [f'project p "p" {begin} - {end} {{', '  timezone "UTC"', "  timingresolution 60 min"]
    lines += [f"  workinghours {week} 0:00 - 24:00"]
    lines += [f"  workinghours {off} off" for off in ("sat", "sun")[calendar.working - 5:]]
    lines += ["  dailyworkinghours 24", "}"]
    for first, last in inside(calendar.spans(["нерабочие"], years), begin, end):
        lines.append(f'leaves holiday "h" {first} - {last + DAY}')
    lines += ['shift away "away" { workinghours mon - sun off }']
    for (job, at), name in names.items():
        entry, pupils = jobs[job][0][at], jobs[job][1]
        bound = (dt.date.fromisoformat(entry["to"]) + DAY) if late else entry["from"]
        lines.append(f'task w{name} "window" {{ milestone {"end" if late else "start"} {bound} }}')
        lines += task(name, entry, pupils, calendar, late)
        if pupils:
            rests = inside(calendar.spans(["каникулы"], years), begin, end)
            lines.append("  shifts " + ", ".join(f"away {first} - {last + DAY}" for first, last in rests))
        lines.append(f"  {'precedes' if late else 'depends'} w{name}")
        for first, later in links:
            if not late and later == (job, at):
                lines.append(f"  depends {names[first]}")
            if late and first == (job, at):
                lines.append(f"  precedes {names[later]}")
        lines.append("}")
    kind = "csv"
    lines.append(f'taskreport "dates" {{ formats {kind}  columns id, start, end  timeformat "%Y-%m-%d-%H:%M" }}')
    return "\n".join(lines)


def inside(spans, begin, end):
    return [(max(first, begin), min(last, end - DAY)) for first, last in spans if first < end and last >= begin]


def task(name, entry, pupils, calendar, late):
    """As many days of work as pko has planned: a week over holidays has fewer of them than another, and
    TaskJuggler counts nothing but hours. Where they lie is its own business."""
    planned = {key: dt.date.fromisoformat(entry["planned"][key]) for key in ("from", "to", "latest_from", "latest_to")}
    begins = planned["latest_from" if late else "from"]
    ends = planned["latest_to" if late else "to"]
    effort = sum(not calendar.is_off(begins + n * DAY, pupils) for n in range((ends - begins).days + 1))
    lines = [f'task {name} "{name}" {{', f"  length {24 * effort}h"]
    return lines + (["  scheduling alap"] if late else [])


def run(source):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "p.tjp")
        path.write_text(source)
        done = subprocess.run(["tj3", "--silent", "--no-color", "-o", folder, str(path)], capture_output=True, text=True)
        table = pathlib.Path(folder, "dates.csv")
        if not table.exists():
            sys.exit(done.stderr)
        rows = [row.split(";") for row in table.read_text().replace('"', "").splitlines()[1:]]
        return {row[0].strip(): row[1:3] for row in rows}


def compare(jobs, dates, calendar, late):
    """A task of TaskJuggler begins where another ends, even if that is a Saturday: what counts are the
    first and the last day of work in it."""
    for n, job in enumerate(jobs):
        pupils = jobs[job][1]
        for at, entry in enumerate(jobs[job][0]):
            start, end = (dt.datetime.strptime(text, "%Y-%m-%d-%H:%M") for text in dates[f"t{n}_{at}"])
            first, last = start.date(), (end - dt.timedelta(minutes=1)).date()
            while calendar.is_off(first, pupils):
                first += DAY
            while calendar.is_off(last, pupils):
                last -= DAY
            theirs = (str(first), str(last))
            keys = ("latest_from", "latest_to") if late else ("from", "to")
            ours = tuple(entry["planned"][key] for key in keys)
            if ours != theirs:
                yield f"{job} {entry['school_year']}: pko {ours}, tj3 {theirs}"


if __name__ == "__main__":
    main()
