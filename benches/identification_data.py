#!/usr/bin/env python3
"""Makes up regions and a town for identification: schools that do not exist, figures that hang together.

Usage: python3 benches/identification_data.py --bundled FOLDER
           writes identification-primer.csv, identification-primer-long.csv and identification-gorod.csv
       python3 benches/identification_data.py [--schools N] [--form wide|long] [--seed N] [--missing SHARE]
           [--coarse SHARE] [--town-indicators] [-o FILE]

The same options give the same bytes. A share is 100·k/n of a real count of pupils, rounded to two decimals; results
and social conditions of a school go together; schools change over the years.
"""

import argparse
import csv
import io
import math
import pathlib
import random
import sys
from decimal import ROUND_HALF_UP, Decimal

YEARS = [2024, 2025, 2026]
BUNDLED_SEED = 20261
TWINS = [(5, 6), (44, 45), (90, 91), (150, 151)]
TWINS_AT_A_CUT = {"среднее": -0.6, "основное": -0.6, "вечернее": -1.4}

# What a share counts (the pupils of the 11th grade, of the 9th, those who wrote ВПР, all pupils), its usual level on
# the logit scale, and how much it rises with the quality of a school (falls, if negative).
RESULT_SHARES = {
    "ege_no_certificate": ("grade11", -4.2, -0.8),
    "ege_below_min_rus": ("grade11", -4.5, -0.8),
    "ege_below_min_math": ("grade11", -3.2, -0.8),
    "ege_high_rus": ("grade11", -1.3, 0.8),
    "ege_high_math": ("grade11", -2.6, 0.9),
    "oge_no_certificate": ("grade9", -3.6, -0.7),
    "oge_2_rus": ("grade9", -3.2, -0.7),
    "oge_2_math": ("grade9", -2.4, -0.7),
    "oge_5_rus": ("grade9", -1.0, 0.7),
    "oge_5_math": ("grade9", -2.0, 0.8),
    "vpr_2_rus": ("vpr", -1.9, -0.6),
    "vpr_2_math": ("vpr", -2.0, -0.6),
    "vpr_5_rus": ("vpr", -2.3, 0.6),
    "vpr_5_math": ("vpr", -2.0, 0.6),
}
# What a gap counts, its size for a school one step better than the usual, its chance part, its decimals.
GAPS = {
    "ege_gap_rus": ("grade11", 7.5, 5.5, 1),
    "ege_gap_math_prof": ("grade11", 8.5, 6.5, 1),
    "ege_gap_math_base": ("grade11", 1.5, 1.4, 2),
    "oge_gap_rus": ("grade9", 0.36, 0.28, 2),
    "oge_gap_math": ("grade9", 0.40, 0.30, 2),
    "vpr_gap_rus": ("vpr", 0.34, 0.28, 2),
    "vpr_gap_math": ("vpr", 0.36, 0.30, 2),
}
# All pupils; the usual level; how much it rises with hardship.
SOCIAL_SHARES = {
    "deviant": (-4.0, 0.6),
    "school_register": (-3.2, 0.6),
    "police_register": (-4.1, 0.6),
    "non_native_russian": (-3.0, 0.7),
    "special_needs": (-2.7, 0.4),
    "unemployed_parents": (-2.5, 0.8),
    "no_higher_education": (-0.2, 0.8),
    "single_parent": (-1.1, 0.4),
    "at_risk_family": (-3.4, 0.8),
    "free_meals": (-0.9, 0.7),
    "guardianship": (-3.6, 0.5),
}
# Shares that only a town's own methodology asks for: pupils or teachers, the usual level, the slope on quality.
TOWN_SHARES = {
    "continued_senior": ("grade9", 1.2, 0.5),
    "olympiad_participation": ("pupils", -4.6, 0.7),
    "satisfaction": ("grade9", 0.9, 0.6),
    "quality_learning": ("pupils", -0.2, 0.4),
    "standard_learning": ("pupils", 3.4, 0.6),
    "teachers_category": ("teachers", 0.6, 0.5),
    "teachers_overload": ("teachers", -0.8, -0.4),
    "teachers_contests": ("teachers", -1.8, 0.5),
    "teachers_offprofile": ("teachers", -2.3, -0.5),
    "library_new_books": ("books", -1.2, 0.4),
}
RESULTS = [*RESULT_SHARES, *GAPS]
TOWN = [*TOWN_SHARES, "small_school", "remoteness"]

DISTRICTS = [
    ("Примерный район", "села Примерное"),
    ("Вымышленный район", "посёлка Вымышленный"),
    ("Небывалый район", "села Небывалое"),
    ("Сказочный район", "посёлка Сказочный"),
    ("Придуманный округ", "села Придумкино"),
    ("Условный округ", "посёлка Условный"),
    ("город Образцов", "города Образцова"),
]


class School:
    """A made-up school: who it is, and by year its group and its cells as printed text."""

    def __init__(self, number, name, municipality, group):
        self.id = f"primer-{number:03d}"
        self.name = name
        self.municipality = municipality
        self.groups = {year: group for year in YEARS}
        self.excluded = ""
        self.cells = {year: {} for year in YEARS}
        self.counts = {year: {} for year in YEARS}


def hundredths(k, n):
    """100·k/n as a school prints it: two decimals, halves up, no zeros at the end."""
    exact = (Decimal(100 * k) / Decimal(n)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return plain(exact)


def plain(value):
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def draw_count(rng, n, level):
    """How many of n: about binomial, without n draws."""
    share = 1 / (1 + math.exp(-level))
    k = round(n * share + rng.gauss(0, 1) * math.sqrt(n * share * (1 - share)))
    return max(0, min(n, k))


class Region:
    """Draws schools one after another from one generator."""

    def __init__(self, seed, n_schools, missing=0.03, coarse=0.06, with_town=False):
        self.rng = random.Random(seed)
        self.missing = missing
        self.coarse = coarse
        self.with_town = with_town
        self.schools = [self.school(number) for number in range(1, n_schools + 1)]

    def school(self, number):
        rng = self.rng
        district, place = DISTRICTS[min(int(rng.random() * 8), 6)]
        draw = rng.random()
        group = "основное" if draw < 0.15 else "вечернее" if draw < 0.21 else "среднее"
        kind = "Вечерняя школа" if group == "вечернее" else "Школа"
        suffix = "" if district.startswith("город") else f"-{rng.randint(1, 9)}"
        school = School(number, f"{kind} № {number} {place}{suffix}", district, group)
        self.draw(school, rng.gauss(0, 1))
        return school

    def draw(self, school, quality, tiny=None):
        """Fills the three years of a school; quality and hardship drift, and pull against each other."""
        rng = self.rng
        hardship = -0.6 * quality + 0.8 * rng.gauss(0, 1)
        drift = rng.gauss(0, 0.35)
        tiny = rng.random() < self.coarse if tiny is None else tiny
        size = rng.lognormvariate(0, 0.6)
        for at, year in enumerate(YEARS):
            group = school.groups[year]
            now = quality + drift * (at - 1) + rng.gauss(0, 0.25)
            if group == "вечернее":
                now -= 0.8
            self.draw_year(school, year, now, hardship + rng.gauss(0, 0.4), size, tiny)

    def draw_year(self, school, year, quality, hardship, size, tiny):
        rng = self.rng
        n_of = self.head_counts(size, tiny)
        cells, counts = school.cells[year], school.counts[year]
        for name, (whom, level, slope) in RESULT_SHARES.items():
            k = draw_count(rng, n_of[whom], level + slope * quality)
            cells[name], counts[name] = hundredths(k, n_of[whom]), n_of[whom]
        for name, (whom, step, chance, decimals) in GAPS.items():
            gap = step * quality + rng.gauss(0, chance) * (1.3 if tiny else 1)
            rounded = Decimal(repr(gap)).quantize(Decimal(1).scaleb(0 if tiny else -decimals), rounding=ROUND_HALF_UP)
            cells[name], counts[name] = plain(rounded), n_of[whom]
        for name, (level, slope) in SOCIAL_SHARES.items():
            k = draw_count(rng, n_of["pupils"], level + slope * hardship)
            cells[name], counts[name] = hundredths(k, n_of["pupils"]), n_of["pupils"]
        if self.with_town:
            self.draw_town(cells, counts, n_of, quality)
        if school.groups[year] == "основное":
            for name in [name for name in cells if name.startswith("ege_")]:
                del cells[name], counts[name]
        self.lose(cells)

    def head_counts(self, size, tiny):
        rng = self.rng
        if tiny:
            small = rng.choice([4, 5])
            return {"grade11": small, "grade9": 5, "vpr": 10, "pupils": 20 * small, "teachers": 10, "books": 200}

        def around(mean):
            return max(4, round(mean * size * rng.uniform(0.85, 1.15)))

        return {
            "grade11": around(24),
            "grade9": around(45),
            "vpr": around(50),
            "pupils": around(480),
            "teachers": around(32),
            "books": around(6000),
        }

    def draw_town(self, cells, counts, n_of, quality):
        rng = self.rng
        for name, (whom, level, slope) in TOWN_SHARES.items():
            k = draw_count(rng, n_of[whom], level + slope * quality)
            cells[name], counts[name] = hundredths(k, n_of[whom]), n_of[whom]
        cells["small_school"] = "1" if n_of["pupils"] <= 100 else "0"
        cells["remoteness"] = str(rng.randint(0, 60))

    def lose(self, cells):
        """Some cells are never filled in; a few say so in words."""
        for name in list(cells):
            if self.rng.random() < self.missing:
                cells[name] = "нет данных" if self.rng.random() < 0.1 else ""


# ------------------------------------------------------------------------------------------------- the bundled region


def primer():
    """200 schools with everything that a real region has: exclusions, ties, short and changing histories."""
    region = Region(BUNDLED_SEED, 200)
    schools = region.schools

    def at(number):
        return schools[number - 1]

    # Never compared: of adapted programmes, at a colony (named by the column), of primary grades (by its group).
    for number, name, reason in [
        (17, "Школа № 17 «Росток» города Образцова", "адаптированные образовательные программы"),
        (58, "Школа № 58 «Особый путь» города Образцова", "адаптированные образовательные программы"),
        (103, "Вечерняя школа № 103 города Образцова", "при исправительной колонии"),
    ]:
        at(number).name, at(number).municipality, at(number).excluded = name, "город Образцов", reason
    for number in (33, 103):
        at(number).groups = dict.fromkeys(YEARS, "вечернее")
        region.draw(at(number), -0.3, tiny=False)
    at(33).name = at(33).name.replace("Школа", "Вечерняя школа")
    primary = at(140)
    primary.name, primary.municipality = "Начальная школа № 140 села Небывалое-2", "Небывалый район"
    for year in YEARS:
        primary.groups[year] = "начальное"
        primary.cells[year] = {name: text for name, text in primary.cells[year].items() if name in SOCIAL_SHARES}

    # Two years only; a school that opened its senior grades; one that sent next to nothing in one year.
    del at(31).groups[2024], at(31).cells[2024]
    grows = at(72)
    grows.groups = {2024: "основное", 2025: "среднее", 2026: "среднее"}
    region.draw(grows, 0.2, tiny=False)
    silent = at(88)
    silent.cells[2025] = {name: silent.cells[2025].get(name, "") for name in ("oge_2_rus", "oge_5_rus", "deviant")}

    # Enough for a count of three, too little for a half.
    scanty = at(121)
    kept = ("oge_2_rus", "oge_5_rus", "vpr_2_rus", "vpr_5_rus", "deviant", "free_meals", "guardianship")
    scanty.cells[2024] = {name: scanty.cells[2024].get(name, "") for name in kept}

    # Schools whose figures are equal in every cell, some of them at the cuts; id is their only difference.
    for first, *others in TWINS:
        for other in others:
            twin(at(first), at(other))
    for group, quality in TWINS_AT_A_CUT.items():
        alike = [s for s in schools if set(s.groups.values()) == {group} and not s.excluded and len(s.groups) == 3]
        region.draw(alike[1], quality, tiny=False)
        for school in alike[2:4]:
            twin(alike[1], school)

    # No pupil of an evening school reaches 80 points in mathematics: an indicator without any spread.
    evening = [s for s in schools if "вечернее" in s.groups.values() and not s.excluded]
    for school in evening:
        school.cells[2025].update(ege_high_math="0", ege_no_certificate="0")
        school.cells[2026].update(ege_high_math="0")
    evening[0].cells[2025].update(ege_high_math="", ege_no_certificate="")
    evening[-1].cells[2026].update(ege_high_math="")
    return schools


def twin(first, second):
    """Two schools of one group with the same figures."""
    if first.groups != second.groups:
        second.name = second.name.replace("Вечерняя школа", "Школа")
        second.groups = dict(first.groups)
        if "вечернее" in first.groups.values():
            second.name = second.name.replace("Школа", "Вечерняя школа")
    second.cells = {year: dict(cells) for year, cells in first.cells.items()}
    second.counts = {year: dict(counts) for year, counts in first.counts.items()}


# ------------------------------------------------------------------------------------------------- the bundled town


def town():
    """Nine schools of one town and three of a settlement, with the indicators of the town's own methodology."""
    region = Region(BUNDLED_SEED + 1, 12, missing=0, coarse=0, with_town=True)
    for at, school in enumerate(region.schools):
        school.id = f"gorod-{at + 1:02d}"
        in_town = at < 9
        school.municipality = "город Образцов" if in_town else "посёлок Выдумкино"
        place = "города Образцова" if in_town else "посёлка Выдумкино"
        school.name = f"Школа № {at + 1} {place}"
        group = "основное" if at in (4, 11) else "среднее"
        school.groups = {year: group for year in YEARS}
        region.draw(school, [0.9, -1.6, 0.2, -0.7, -1.0, 0.5, -1.9, 1.3, 0.0, 0.4, -1.2, -0.4][at])

    def at(number):
        return region.schools[number - 1]

    # Not everything is known of everybody, so that a criterion may be unknown.
    for name in ("satisfaction", "continued_senior"):
        for school in (at(3), at(6), at(9)):
            school.cells[2026].pop(name, None)
    at(4).cells[2025].pop("olympiad_participation")
    at(6).cells[2026].pop("quality_learning")
    for name in list(RESULTS):
        at(9).cells[2024].pop(name, None)
    # A lag of more than 20 points: in one exam, and in every exam that the school reports.
    at(2).cells[2026].update(ege_gap_rus="-21.4", ege_gap_math_prof="-18.2")
    at(7).cells[2026].update(ege_gap_rus="-22.6", ege_gap_math_prof="-20.1")
    for name in ("ege_gap_math_base", "oge_gap_rus", "oge_gap_math", "vpr_gap_rus", "vpr_gap_math"):
        at(7).cells[2026].pop(name)
    at(2).cells[2026].update(quality_learning="25.5", standard_learning="88.1")
    at(7).cells[2026].update(satisfaction="38.5", continued_senior="48.28", standard_learning="87.5")
    # Exactly at the printed bounds.
    at(1).cells[2026]["continued_senior"] = "60"
    at(8).cells[2026]["satisfaction"] = "40"
    return region.schools


# ------------------------------------------------------------------------------------------------- writing


def to_wide(schools, indicators, has_exclusions=True):
    columns = ["school_id", "school_name", "municipality", "group", "year"] + ["excluded"] * has_exclusions
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns + indicators)
    for school in schools:
        for year in school.groups:
            row = [school.id, school.name, school.municipality, school.groups[year], year]
            row += [school.excluded] * has_exclusions
            writer.writerow(row + [school.cells[year].get(name, "") for name in indicators])
    return out.getvalue()


def to_long(schools, indicators):
    """Missing cells have no row, and schools that take no part none either: the form has no column for the reason."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["school_id", "school_name", "municipality", "group", "year", "indicator", "value", "n"])
    for school in schools:
        for year, group in school.groups.items():
            if school.excluded or group == "начальное":
                continue
            for name in indicators:
                text = school.cells[year].get(name, "")
                if text not in ("", "нет данных"):
                    n = school.counts[year].get(name, "")
                    writer.writerow([school.id, school.name, school.municipality, group, year, name, text, n])
    return out.getvalue()


def bundled(folder):
    schools = primer()
    write(folder / "identification-primer.csv", to_wide(schools, RESULTS + list(SOCIAL_SHARES)))
    write(folder / "identification-primer-long.csv", to_long(schools, RESULTS))
    used = [*GAPS, *TOWN_SHARES, "small_school", "remoteness", *SOCIAL_SHARES]
    write(folder / "identification-gorod.csv", to_wide(town(), used, has_exclusions=False))


def write(path, text):
    path.write_text(text, encoding="utf-8", newline="")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bundled", type=pathlib.Path, metavar="FOLDER")
    parser.add_argument("--schools", type=int, default=1000)
    parser.add_argument("--form", choices=["wide", "long"], default="wide")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missing", type=float, default=0.03)
    parser.add_argument("--coarse", type=float, default=0.06)
    parser.add_argument("--town-indicators", action="store_true")
    parser.add_argument("-o", "--output", type=pathlib.Path)
    asked = parser.parse_args()
    if asked.bundled:
        bundled(asked.bundled)
        return
    region = Region(asked.seed, asked.schools, asked.missing, asked.coarse, asked.town_indicators)
    indicators = RESULTS + list(SOCIAL_SHARES) + (TOWN if asked.town_indicators else [])
    text = (to_wide if asked.form == "wide" else to_long)(region.schools, indicators)
    if asked.output:
        write(asked.output, text)
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
