#!/usr/bin/env python3
"""Finds schools of low results (ШНРО) and of hard social conditions (ШНСУ), in exact fractions.

An independent second entry of two methodologies. It was written from the texts of the sources alone, so that the
figures of `pko identify` can be held against figures that came about in another way. It is slow and plain on purpose:
every number is a `fractions.Fraction`, nothing is rounded before it is printed.

Sources, cited below as «the krai» and «the town»:
  the krai  «Проект по повышению качества образования … Хабаровского края на 2020–2022 годы», section «Определение ШНРО
            и ШНСУ. Подходы к идентификации» and приложение 1 «Методика проведения идентификации общеобразовательных
            организаций»; methodologies `khabarovsk` and `khabarovsk_без_впр` (the same without the ВПР indicators,
            which may not be used to judge schools today);
  the town  «Муниципальная программа «Совершенствование условий для получения качественного образования … города
            Лесосибирска на 2020 – 2023 гг»», section 2.1 «Организация процесса идентификации ШНОР/ШНСУ»;
            methodology `lesosibirsk`.

Usage: python3 benches/identification_reference.py DATA.csv --methodology ID [--set name=value]… [--as-of YEAR]
           [--exclude FILE] [--examples N] [-o FILE]

Prints `pko/identification/1`. Exit codes: 0 done, 1 the data cannot be read, 2 the command line is wrong.
"""

import argparse
import csv
import io
import json
import re
import sys
from collections import Counter, defaultdict
from fractions import Fraction

# ------------------------------------------------------------------------------------------------- indicators

# How a value enters the index. «Прямое воздействие оказывают показатели 3, 6, 8», «обратное воздействие …
# показатели 1, 2, 4, 5, 7» (the krai, after formulas 1 and 2). A gap is the school's mean score minus the region's;
# it becomes 0 or 1 by the threshold after which the school counts as lagging.
DIRECT, INVERSE, GAP = "direct", "inverse", "gap"

# Table 1 of the krai, rows 1–11. Each subject of a row is an indicator of its own: weights are nowhere mentioned and
# the normalisation is per indicator.
RESULTS = {
    "ege_no_certificate": INVERSE,
    "ege_below_min_rus": INVERSE,
    "ege_below_min_math": INVERSE,
    "ege_high_rus": DIRECT,
    "ege_high_math": DIRECT,
    "oge_no_certificate": INVERSE,
    "oge_2_rus": INVERSE,
    "oge_2_math": INVERSE,
    "oge_5_rus": DIRECT,
    "oge_5_math": DIRECT,
    "vpr_2_rus": INVERSE,
    "vpr_2_math": INVERSE,
    "vpr_5_rus": DIRECT,
    "vpr_5_math": DIRECT,
    "ege_gap_rus": GAP,
    "ege_gap_math_prof": GAP,
    "ege_gap_math_base": GAP,
    "oge_gap_rus": GAP,
    "oge_gap_math": GAP,
    "vpr_gap_rus": GAP,
    "vpr_gap_math": GAP,
}
# «меньше … более чем на 20 баллов», «… на 4 балла» (базовая математика), «… на 1 балл» (ОГЭ, ВПР).
THRESHOLDS = {
    "ege_gap_rus": 20,
    "ege_gap_math_prof": 20,
    "ege_gap_math_base": 4,
    "oge_gap_rus": 1,
    "oge_gap_math": 1,
    "vpr_gap_rus": 1,
    "vpr_gap_math": 1,
}
# The second table 1 of the krai, rows 1–11, formula 3. High is bad: «чем выше значение показателя, тем выше значение
# частного индекса, следовательно, тем хуже социальные условия».
SOCIAL = {
    "deviant": DIRECT,
    "school_register": DIRECT,
    "police_register": DIRECT,
    "non_native_russian": DIRECT,
    "special_needs": DIRECT,
    "unemployed_parents": DIRECT,
    "no_higher_education": DIRECT,
    "single_parent": DIRECT,
    "at_risk_family": DIRECT,
    "free_meals": DIRECT,
    "guardianship": DIRECT,
}
# What only the town asks for. Shares, but for `small_school` (0 or 1, or a part) and `remoteness` (kilometres).
TOWN = [
    "continued_senior",
    "olympiad_participation",
    "satisfaction",
    "quality_learning",
    "standard_learning",
    "teachers_category",
    "teachers_overload",
    "teachers_contests",
    "teachers_offprofile",
    "library_new_books",
    "small_school",
    "remoteness",
]
KNOWN = [*RESULTS, *SOCIAL, *TOWN]

# The town's three indices of ШНСУ. Their formulas, weights and directions are not printed; the machinery of the krai
# is taken over and the directions follow the sense: a low index is bad in all three.
TOWN_SOCIAL = {
    "unemployed_parents": INVERSE,
    "free_meals": INVERSE,
    "at_risk_family": INVERSE,
    "no_higher_education": INVERSE,
    "deviant": INVERSE,
    "school_register": INVERSE,  # «отсутствие учебной мотивации»: the krai reads the register as «слабая мотивированность»
    "non_native_russian": INVERSE,
    "remoteness": INVERSE,
    "small_school": INVERSE,
}
TOWN_STAFF = {
    "teachers_category": DIRECT,
    "teachers_contests": DIRECT,
    "teachers_overload": INVERSE,
    "teachers_offprofile": INVERSE,
}
TOWN_LIBRARY = {"library_new_books": DIRECT}

EXAM_GAPS = ["ege_gap_rus", "ege_gap_math_prof", "ege_gap_math_base", "oge_gap_rus", "oge_gap_math"]
VPR_GAPS = ["vpr_gap_rus", "vpr_gap_math"]


def bounds(indicator):
    """The least and the greatest value that the indicator can have; None is no bound."""
    if indicator in THRESHOLDS:
        return Fraction(-100), Fraction(100)
    if indicator == "small_school":
        return Fraction(0), Fraction(1)
    if indicator == "remoteness":
        return Fraction(0), None
    return Fraction(0), Fraction(100)


def is_share(indicator):
    return bounds(indicator) == (0, 100)


# ------------------------------------------------------------------------------------------------- parameters

COMMON = {
    "round": ("floor", ["floor", "half-up", "half-even", "ceil"]),
    "ties": ("include", ["include", "exclude", "id", "spss"]),
    "degenerate": ("skip", ["skip", "zero", "half", "one"]),
    "min-present": ("0.5", None),
    "min-group": ("4", None),
    "out-of-range": ("missing", ["missing", "keep", "clamp"]),
    "duplicates": ("missing", ["missing", "first", "last"]),
    "ege-in-basic": ("ignore", ["ignore", "use"]),
    "years": ("", None),
}
KRAI_ONLY = {
    "gap": ("inverse", ["literal", "inverse"]),
    "social-rule": ("last2", ["last2", "any2"]),
    "short-history": ("flag", ["flag", "literal"]),
}
TOWN_ONLY = {
    "combine": ("any", None),
    "les-gap": ("any", ["any", "all"]),
    "les-scope": ("municipality", ["municipality", "all"]),
    "vpr": ("no", ["yes", "no"]),
}
PARAMETERS = {
    "khabarovsk": {**KRAI_ONLY, **COMMON},
    "khabarovsk_без_впр": {**KRAI_ONLY, **COMMON},
    "lesosibirsk": {**TOWN_ONLY, **COMMON},
}
PATTERNS = {
    "min-present": r"\d+([.,]\d+)?",
    "min-group": r"[1-9]\d*",
    "combine": r"any|all|[1-9]\d*",
    "years": r"(\d{4}(,\d{4}){0,2})?",
}


class CommandError(Exception):
    """The command line is wrong."""


class DataError(Exception):
    """The data cannot be read at all."""


def parameters_of(methodology, settings):
    """All parameters of a methodology as text, the given ones in place of the defaults."""
    known = PARAMETERS.get(methodology)
    if known is None:
        raise CommandError(f"no methodology «{methodology}»; there are: {', '.join(PARAMETERS)}")
    values = {name: default for name, (default, _) in known.items()}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or name not in known:
            raise CommandError(f"«{setting}»: parameters of {methodology}: {', '.join(known)}")
        options = known[name][1]
        fits = value in options if options else re.fullmatch(PATTERNS[name], value, re.ASCII)
        if not fits:
            raise CommandError(f"«{setting}»: expected {' | '.join(options) if options else PATTERNS[name]}")
        values[name] = value
    return values


# ------------------------------------------------------------------------------------------------- issues


class Issues:
    """What was wrong in the data, by kind, with the first places of each."""

    def __init__(self, n_examples):
        self.counts = Counter()
        self.examples = defaultdict(list)
        self.n_examples = n_examples

    def add(self, kind, row=None, column=None, found=None):
        self.counts[kind] += 1
        if len(self.examples[kind]) < self.n_examples:
            example = {"row": row, "column": column, "found": found}
            self.examples[kind].append({name: value for name, value in example.items() if value is not None})

    def to_json(self):
        listed = []
        for kind in sorted(self.counts):
            issue = {"kind": kind, "count": self.counts[kind]}
            if self.examples[kind]:
                issue["examples"] = self.examples[kind]
            listed.append(issue)
        return listed


# ------------------------------------------------------------------------------------------------- cells

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


def trim(text):
    """Takes Unicode spaces, no-break and zero-width ones, and the byte order mark from both ends."""
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or text[start] in INVISIBLE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in INVISIBLE):
        end -= 1
    return text[start:end]


MISSING_WORDS = set(
    "nan na n/a #n/a #н/д null none nil - – — . .. ... … нет н/д нд н.д. x х".split()
) | {"нет данных"}
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?", re.ASCII)
MINUS_SIGNS = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2011": "-"})
LONGEST_NUMBER = 64


def number(text):
    """The exact number that a cell holds, or None. No blanks inside, no thousands separators, no infinity."""
    plain = text.translate(MINUS_SIGNS)
    if len(plain) > LONGEST_NUMBER or not NUMBER.fullmatch(plain):
        return None
    return Fraction(plain.replace(",", "."))


def value_of(text, indicator, parameters, say):
    """The value of a trimmed cell, None where it is missing. `say` hears the kind of each issue."""
    if not text:
        return None
    if " ".join(text.lower().split()) in MISSING_WORDS:
        say("missing_text")
        return None
    is_percent = text.endswith("%")
    value = number(trim(text[:-1]) if is_percent else text)
    if value is None:
        say("invalid_number")
        return None
    if is_percent and not is_share(indicator):
        # «-5 %» of a gap may be points or per cent: nobody can tell.
        say("percent_on_gap")
        return None
    return in_range(value, indicator, parameters["out-of-range"], say)


def in_range(value, indicator, rule, say):
    low, high = bounds(indicator)
    if value >= low and (high is None or value <= high):
        return value
    say("out_of_range")
    if rule == "keep":
        return value
    if rule == "clamp":
        return low if value < low else high
    # One value of 1000 would flatten the min–max of everybody else.
    return None


SCHOOL_YEAR = re.compile(r"(\d{4})\s*[/\-–—]\s*(\d{4}|\d{2})", re.ASCII)
YEAR_WORDS = re.compile(r"\s*(г\.?|год|уч\.?\s*г\.?|у\.?\s*г\.?|уч\.?\s*год|учебный\s+год)$")


def year_of(text):
    """The calendar year in which the school year ends, as text; None if the cell holds no year."""
    plain = YEAR_WORDS.sub("", text.lower())
    if re.fullmatch(r"\d{4}", plain, re.ASCII):
        return plain
    found = SCHOOL_YEAR.fullmatch(plain)
    if not found:
        return None
    start, end = int(found[1]), found[2]
    ends = f"{start + 1:04d}"
    return ends if ends.endswith(end) and len(ends) == 4 else None


BASIC, SECONDARY, EVENING, PRIMARY = "основное", "среднее", "вечернее", "начальное"
GROUP_WORDS = {
    "среднее": SECONDARY,
    "средняя": SECONDARY,
    "основное": BASIC,
    "основная": BASIC,
    "вечернее": EVENING,
    "вечерняя": EVENING,
    "открытое": EVENING,
    "открытая": EVENING,
    "сменное": EVENING,
    "сменная": EVENING,
    "начальное": PRIMARY,
    "начальная": PRIMARY,
}
# «отдельно по группам школ: средним, основным, вечерним и открытым (сменным)» — the krai, приложение 1.
GROUPS = [SECONDARY, BASIC, EVENING]


def group_of(text):
    first = text.lower().split()
    return GROUP_WORDS.get(first[0]) if first else None


# ------------------------------------------------------------------------------------------------- the table


class Row:
    """One accepted row: what it says about a school and a year."""

    def __init__(self, line, fields):
        self.line = line
        self.fields = fields

    def text(self, column):
        return self.fields.get(column, "")


def decode(data):
    """The text of a file: UTF-8 and UTF-16 by their marks, else UTF-8 if it is valid, else Windows-1251."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        if data.startswith(b"\xef\xbb\xbf"):
            return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"the file breaks its own encoding: {error}") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1251", errors="replace")


def records(text):
    """Every record that holds anything, with the line at which it begins; the first is the header."""
    lines = re.split(r"\r\n|\n|\r", text)
    header = next((line for line in lines if trim(line.translate({ord(c): " " for c in ",;\t"}))), None)
    if header is None:
        raise DataError("the file is empty")
    delimiter = max(",;\t", key=header.count)  # the first of equally frequent ones
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for fields in reader:
        fields = [trim(field) for field in fields]
        if any(fields):
            yield line, fields
        line = reader.line_num + 1


def header_of(fields):
    names = [name.lower() for name in fields]
    twice = sorted(name for name, count in Counter(names).items() if name and count > 1)
    if twice:
        raise DataError(f"columns named twice: {', '.join(twice)}")
    absent = [name for name in ("school_id", "group", "year") if name not in names]
    if ("indicator" in names) != ("value" in names):
        absent.append("value" if "indicator" in names else "indicator")
    if absent:
        raise DataError(f"no columns: {', '.join(absent)}")
    if "indicator" not in names and not any(name in KNOWN for name in names):
        raise DataError("no column is an indicator")
    return names


SCHOOL_COLUMNS = ["school_id", "school_name", "municipality", "group", "year", "excluded"]
OTHER_COLUMNS = ["level", "class", "subject", "season", "n", "source"]
SCHOOL_LEVEL = {"", "школа", "школы", "школе"}


def accepted_rows(data, issues):
    """The header and the rows that say which school, year and group they are of."""
    table = records(decode(data))
    _, first = next(table)
    header = header_of(first)
    rows = []
    for line, fields in table:
        if any(fields[len(header):]):
            # Most likely a decimal comma without quotes: every later field would be in a wrong column.
            issues.add("extra_fields", line)
            continue
        row = Row(line, dict(zip(header, fields)))
        if row.text("level").lower() not in SCHOOL_LEVEL:
            continue  # figures of a municipality or a region, which the same table may carry
        if is_placed(row, issues):
            rows.append(row)
    return header, rows


def is_placed(row, issues):
    row.school, row.year, row.group = row.text("school_id"), year_of(row.text("year")), group_of(row.text("group"))
    if not row.school:
        issues.add("no_school_id", row.line, "school_id", "")
    if row.year is None:
        issues.add("bad_year", row.line, "year", row.text("year"))
    if row.group is None:
        issues.add("unknown_group", row.line, "group", row.text("group"))
    return bool(row.school and row.year and row.group)


class School:
    """A school after reading: its group and its values by year. An absent value is missing."""

    def __init__(self, school_id):
        self.id = school_id
        self.name = ""
        self.municipality = ""
        self.excluded = None
        self.groups = {}
        self.values = {}


NOT_EXCLUDED = {"", "0", "нет", "no", "false"}
# «В перечень школ не включаются школы, реализующие адаптированные образовательные программы, начальные школы,
# образовательные организации при исправительных колониях» (the krai, footnote 2). A name alone never excludes.
SUSPICIOUS = ["адаптирован", "коррекцион", "начальная школа", "колони", "исправительн"]


def read_table(data, exclusions, parameters, issues, unread=()):
    """All schools of a file by their ids; columns that the methodology does not read have no issues."""
    header, rows = accepted_rows(data, issues)
    schools = {row.school: School(row.school) for row in rows}
    by_school = defaultdict(list)
    for row in rows:
        by_school[row.school].append(row)
    cells = cells_of(header, rows, parameters, issues, unread)
    for school in schools.values():
        describe(school, by_school[school.id], issues)
        exclude(school, by_school[school.id], exclusions, issues)
    for school_id in sorted(set(exclusions) - set(schools)):
        issues.add("unknown_school", None, None, school_id)
    fill(schools, cells, parameters, issues)
    return schools


def latest(rows, column):
    """The text of the latest year that has one; of several in that year, the smallest by code point."""
    given = [(row.year, row.text(column)) for row in rows if row.text(column)]
    if not given:
        return ""
    last = max(year for year, _ in given)
    return min(text for year, text in given if year == last)


def describe(school, rows, issues):
    school.name = latest(rows, "school_name")
    school.municipality = latest(rows, "municipality")
    groups = defaultdict(set)
    for row in rows:
        groups[row.year].add(row.group)
    for year in sorted(groups):
        if len(groups[year]) > 1:
            # Nobody can say which of the two the school was compared with: the year is dropped.
            line = next(row.line for row in rows if row.year == year)
            issues.add("group_conflict", line, "group", ", ".join(sorted(groups[year])))
        else:
            school.groups[year] = groups[year].pop()
            school.values[year] = {}


def exclude(school, rows, exclusions, issues):
    """Marks a school that takes no part: by the list, by the column, or as a primary school."""
    reasons = [row for row in rows if row.text("excluded").lower() not in NOT_EXCLUDED]
    if school.id in exclusions:
        school.excluded = exclusions[school.id]
    elif reasons:
        school.excluded = latest(reasons, "excluded")
    elif all(row.group == PRIMARY for row in rows):
        school.excluded = "начальная школа"
    if school.excluded is None and any(word in school.name.lower() for word in SUSPICIOUS):
        issues.add("suspicious_name", rows[0].line, "school_name", school.name)
    for year in [year for year, group in school.groups.items() if group == PRIMARY]:
        del school.groups[year], school.values[year]


def cells_of(header, rows, parameters, issues, unread):
    """Every present value by (school, year, indicator), in the order of the file."""
    cells = defaultdict(list)
    is_long = "indicator" in header
    if not is_long:
        for name in header:
            if name and name not in KNOWN + SCHOOL_COLUMNS + OTHER_COLUMNS:
                issues.add("unknown_indicator", 1, name)
    for row in rows:
        pairs = [(row.text("indicator").lower(), "value")] if is_long else [(it, it) for it in header if it in KNOWN]
        for indicator, column in pairs:
            if indicator not in KNOWN:
                issues.add("unknown_indicator", row.line, "indicator", indicator)
                continue
            if indicator in unread:
                continue
            text = row.text(column)
            value = value_of(text, indicator, parameters, lambda kind: issues.add(kind, row.line, column, text))
            if value is not None:
                cells[row.school, row.year, indicator].append((row.line, value))
    return cells


def fill(schools, cells, parameters, issues):
    """Gives the values to the schools; the same place filled twice must say the same."""
    for (school_id, year, indicator), found in cells.items():
        school = schools[school_id]
        if year not in school.groups:
            continue
        value = found[0][1]
        if len(found) > 1:
            agree = all(other == value for _, other in found)
            issues.add("duplicate_same" if agree else "duplicate_conflict", found[1][0], indicator)
            if not agree:
                value = {"missing": None, "first": found[0][1], "last": found[-1][1]}[parameters["duplicates"]]
        if value is None:
            continue
        if indicator.startswith("ege_") and school.groups[year] == BASIC:
            # A school of nine years has no ЕГЭ; where the figures are to be used, nothing is wrong with them.
            if parameters["ege-in-basic"] == "ignore":
                issues.add("ege_in_basic", found[0][0], indicator)
                continue
        school.values[year][indicator] = value


def read_exclusions(data):
    """School ids with the reason of each, from lines `school_id[;reason]`."""
    reasons = {}
    for line in re.split(r"\r\n|\n|\r", decode(data)):
        school_id, _, reason = line.partition(";")
        if trim(school_id):
            reasons[trim(school_id)] = trim(reason) or "по списку исключений"
    return reasons


# ------------------------------------------------------------------------------------------------- the index

TOO_FEW, NO_DATA, SMALL_GROUP = "мало показателей", "нет данных", "группа меньше четырёх"


class Index:
    """A school's index of one domain and year; `value` is None where the school is not ranked."""

    def __init__(self, value, present, missing, reason):
        self.value = value
        self.present = present
        self.missing = missing
        self.reason = reason


def indices(values, directions, parameters):
    """The index of every school of one cell (a year and a group).

    `values`: school id → indicator → exact value. Each indicator is brought to [0; 1] over the schools of the cell,
    and the index is the plain mean of what a school has («с использованием многомерной средней»).
    """
    normalised = {}
    for indicator, direction in directions.items():
        present = {school: own[indicator] for school, own in values.items() if indicator in own}
        scaled = scale(present, indicator, direction, parameters)
        if scaled:
            normalised[indicator] = scaled
    return {school: mean_of(school, normalised, parameters["min-present"]) for school in values}


def scale(present, indicator, direction, parameters):
    """The normalised values of one indicator; empty if it cannot be used."""
    if not present:
        return {}
    if direction == GAP:
        return {school: gap_score(value, indicator, parameters["gap"]) for school, value in present.items()}
    low, high = min(present.values()), max(present.values())
    if low == high:
        # Formulas 1–3 divide by zero here; the source is silent.
        same = {"skip": None, "zero": Fraction(0), "half": Fraction(1, 2), "one": Fraction(1)}[parameters["degenerate"]]
        return {} if same is None else {school: same for school in present}
    if direction == DIRECT:
        return {school: (value - low) / (high - low) for school, value in present.items()}
    return {school: (high - value) / (high - low) for school, value in present.items()}


def gap_score(value, indicator, rule):
    """0 or 1 by «присваивается «1» в случае, если средний балл школы меньше … более чем на …».

    As printed, lagging raises an index of which «высокое значение … говорит о высоких образовательных результатах».
    `literal` keeps that; `inverse` turns it round, so that the index means what it is said to mean.
    """
    lags = value < -THRESHOLDS[indicator]
    return Fraction(int(lags if rule == "literal" else not lags))


def mean_of(school, normalised, min_present):
    own = [scaled[school] for scaled in normalised.values() if school in scaled]
    missing = [indicator for indicator, scaled in normalised.items() if school not in scaled]
    if not own:
        return Index(None, 0, missing, NO_DATA)
    if not has_enough(len(own), len(normalised), min_present):
        return Index(None, len(own), missing, TOO_FEW)
    return Index(sum(own) / len(own), len(own), missing, None)


def has_enough(n_present, n_usable, min_present):
    """With a point the parameter is a share of the usable indicators, without one it is a count."""
    plain = min_present.replace(",", ".")
    needed = Fraction(plain) * n_usable if "." in plain else Fraction(plain)
    return n_present >= max(needed, 1)


# ------------------------------------------------------------------------------------------------- the quarters

BOTTOM, MIDDLE, TOP = "bottom", "middle", "top"


class Quarters:
    """The ranked schools of one cell: their places and which quarter they fall into."""

    def __init__(self, ranked, parameters, is_top_first=True):
        self.ranked = ranked
        # «по убыванию»: place 1 is the highest index. Equal ones stand by id, so that the order is one.
        order = sorted(ranked, key=lambda school: (-ranked[school], school))
        self.positions = {school: at + 1 for at, school in enumerate(order)}
        firsts = {}
        for school in order:
            firsts.setdefault(ranked[school], self.positions[school])
        self.ranks = {school: firsts[ranked[school]] for school in order}
        self.is_classified = len(order) >= int(parameters["min-group"])
        self.k = quarter(len(order), parameters) if self.is_classified else 0
        self.low = ranked[order[-self.k]] if self.k else None
        self.high = ranked[order[self.k - 1]] if self.k else None
        self.bands = self.cut(order, parameters["ties"], is_top_first) if self.is_classified else {}

    def cut(self, order, ties, is_top_first):
        if ties == "spss":
            return self.tiles(order, is_top_first)
        if ties == "id":
            tops, bottoms = set(order[: self.k]), set(order[len(order) - self.k :])
        elif not self.k:
            tops, bottoms = set(), set()
        elif ties == "include":
            tops, bottoms = self.with_ties(order)
        else:
            tops, bottoms = self.without_ties(order)
        return {school: TOP if school in tops else BOTTOM if school in bottoms else MIDDLE for school in order}

    def with_ties(self, order):
        """Whoever has an index at the cut is in; a block that both cuts fall into is in the middle."""
        low, high, of = self.low, self.high, self.ranked
        if low == high:
            return {s for s in order if of[s] > high}, {s for s in order if of[s] < low}
        return {s for s in order if of[s] >= high}, {s for s in order if of[s] <= low}

    def without_ties(self, order):
        """A block of equal indices that a cut would divide is left out as a whole."""
        of = self.ranked
        blocks = Counter(of.values())
        n_above = {value: sum(n for other, n in blocks.items() if other > value) for value in blocks}
        n_below = {value: sum(n for other, n in blocks.items() if other < value) for value in blocks}
        tops = {s for s in order if n_above[of[s]] + blocks[of[s]] <= self.k}
        bottoms = {s for s in order if n_below[of[s]] + blocks[of[s]] <= self.k}
        return tops, bottoms

    def tiles(self, order, is_top_first):
        """RANK /NTILES(4) of IBM SPSS: the whole part of 1 + 4·(mean rank)/(n + 1); quarters 1 and 4 are taken."""
        blocks = Counter(self.ranked.values())
        bands = {}
        for school in order:
            mean_rank = Fraction(2 * self.ranks[school] + blocks[self.ranked[school]] - 1, 2)
            if not is_top_first:
                mean_rank = len(order) + 1 - mean_rank
            tile = 1 + (4 * mean_rank) // (len(order) + 1)
            first, last = (TOP, BOTTOM) if is_top_first else (BOTTOM, TOP)
            bands[school] = first if tile == 1 else last if tile >= 4 else MIDDLE
        return bands


def quarter(n, parameters):
    """How many schools are 25 % of n; never more than a half."""
    rule = "floor" if parameters["ties"] == "spss" else parameters["round"]
    exact = Fraction(n, 4)
    k = {
        "floor": n // 4,
        "half-up": (n + 2) // 4,
        "half-even": round(exact),
        "ceil": -(-n // 4),
    }[rule]
    return min(k, n // 2)


# ------------------------------------------------------------------------------------------------- the window


def window_of(schools, indicators, parameters, as_of):
    """The last three years that hold a valid value of a school that takes part, oldest first."""
    if parameters["years"]:
        return sorted(set(parameters["years"].split(",")))
    years = {
        year
        for school in schools.values()
        if school.excluded is None
        for year, values in school.values.items()
        if any(indicator in values for indicator in indicators)
    }
    return sorted(year for year in years if as_of is None or year <= as_of)[-3:]


# ------------------------------------------------------------------------------------------------- the krai

RESULT_BANDS = {BOTTOM: "низкие", MIDDLE: "средние", TOP: "высокие"}
SOCIAL_BANDS = {TOP: "неблагоприятные", MIDDLE: "нейтральные", BOTTOM: "благоприятные"}
UNKNOWN = "недостаточно данных"


def krai(schools, methodology, parameters, as_of):
    """Verdicts by приложение 1: an index a year and group, its quarters, then the labels of three years compared."""
    uses_vpr = methodology == "khabarovsk"
    results = {name: way for name, way in RESULTS.items() if uses_vpr or not name.startswith("vpr_")}
    window = window_of(schools, [*results, *SOCIAL], parameters, as_of)
    domains = [
        ("results", "результаты", results, RESULT_BANDS, False),
        ("social", "условия", SOCIAL, SOCIAL_BANDS, True),
    ]
    yearly = defaultdict(dict)
    labels = defaultdict(dict)
    borders = []
    for year in window:
        for group in GROUPS:
            compared = (school for school in schools.values() if school.excluded is None)
            members = {school.id: school.values[year] for school in compared if school.groups.get(year) == group}
            if not members:
                continue
            for school in members:
                yearly[school][year] = {"group": group}
            for prefix, title, directions, names, is_top_first in domains:
                found = indices(members, directions, parameters)
                ranked = {school: index.value for school, index in found.items() if index.value is not None}
                quarters = Quarters(ranked, parameters, is_top_first)
                borders.append(border({"year": year, "group": group, "domain": title}, quarters))
                for school, index in found.items():
                    band = names.get(quarters.bands.get(school))
                    labels[school][year, prefix] = band
                    yearly[school][year].update(year_entry(prefix, school, index, quarters, band))
    entries = [krai_entry(schools[s], window, yearly[s], labels[s], parameters) for s in sorted(schools)]
    return window, entries, borders


def year_entry(prefix, school, index, quarters, band):
    entry = {f"{prefix}_present": index.present, f"{prefix}_band": band}
    reason = index.reason
    if index.value is not None:
        entry[f"{prefix}_index"] = printed(index.value)
        entry[f"{prefix}_rank"] = quarters.ranks[school]
        entry[f"{prefix}_position"] = quarters.positions[school]
        if not quarters.is_classified:
            reason = SMALL_GROUP
    if index.missing:
        entry[f"{prefix}_missing"] = index.missing
    if reason:
        entry[f"{prefix}_reason"] = reason
    return entry


def border(place, quarters):
    entry = {**place, "ranked": len(quarters.ranked), "k": quarters.k}
    if quarters.k:
        entry["low"] = printed(quarters.low)
        entry["high"] = printed(quarters.high)
    return entry


def krai_entry(school, window, yearly, labels, parameters):
    entry = identity(school)
    if school.excluded is not None:
        return entry
    if yearly:
        entry["years"] = yearly
    results = [labels.get((year, "results")) for year in window]
    social = [labels.get((year, "social")) for year in window]
    entry["results"] = results_verdict(results, parameters)
    entry["social"] = social_verdict(social, parameters)
    flags = flags_of(school, window)
    if flags:
        entry["flags"] = flags
    return entry


def identity(school):
    entry = {"school_id": school.id, "name": school.name, "municipality": school.municipality}
    if school.excluded is not None:
        entry["excluded"] = school.excluded
    return {name: value for name, value in entry.items() if value != ""}


def flags_of(school, window):
    own = [school.groups[year] for year in window if year in school.groups]
    flags = []
    if len(set(own)) > 1:
        flags.append("сменилась группа")
    if len(own) < len(window):
        flags.append("пропущен год")
    return flags


def results_verdict(labels, parameters):
    """«за все три года» — ШНРО or steadily high; «за последние 2 года» — the group at risk.

    Read literally every ШНРО is at risk too; here a school is in one list.
    """
    if len(labels) == 3 and set(labels) == {"низкие"}:
        return "ШНРО"
    if len(labels) == 3 and set(labels) == {"высокие"}:
        return "стабильно высокие"
    if labels[-2:] == ["низкие", "низкие"]:
        return "группа риска"
    return UNKNOWN if is_short(labels, parameters) else "средние"


def social_verdict(labels, parameters):
    """«за 2 последних года или за все 3 года» in the text, «за 2 или 3 года» in приложение 1."""
    for band, verdict in (("неблагоприятные", "ШНСУ"), ("благоприятные", "благоприятные")):
        if parameters["social-rule"] == "any2" and labels.count(band) >= 2:
            return verdict
        if parameters["social-rule"] == "last2" and labels[-2:] == [band, band]:
            return verdict
    return UNKNOWN if is_short(labels, parameters) else "нейтральные"


def is_short(labels, parameters):
    return parameters["short-history"] == "flag" and (len(labels) < 3 or None in labels)


# ------------------------------------------------------------------------------------------------- the town

RESULT_CRITERIA = ["L1", "L2", "L3", "L4", "L5", "L6", "L7"]
SOCIAL_CRITERIA = ["S1", "S2", "S3"]


class Town:
    """The criteria of the town, each True, False or None (unknown) for every school.

    The seven phrases under «Показатели для расчета» have neither «и» nor «или» between them, so every one is told
    apart and `combine` says how many of them make a ШНРО.
    """

    def __init__(self, schools, parameters, as_of):
        self.schools = {school.id: school for school in schools.values() if school.excluded is None}
        self.parameters = parameters
        self.gaps = dict.fromkeys(EXAM_GAPS + (VPR_GAPS if parameters["vpr"] == "yes" else []), DIRECT)
        used = [*EXAM_GAPS, *VPR_GAPS, *TOWN, *TOWN_SOCIAL]
        self.window = window_of(schools, used, parameters, as_of)
        self.last = self.window[-1] if self.window else None
        self.criteria = {school: {} for school in sorted(self.schools)}
        self.yearly = defaultdict(dict)
        self.borders = []
        self.judge()

    def judge(self):
        for school in self.schools.values():
            for year in self.window:
                if year in school.groups:
                    self.yearly[school.id][year] = {"group": school.groups[year]}
        for name, members in self.bases():
            self.mean_scores(name, members)
            for school in members:
                self.thresholds(school)
            # «от среднего показателя по муниципалитету»: a lag in percentage points, the bound included.
            self.behind_mean("L6", "quality_learning", Fraction(10), members)
            self.behind_mean("L7", "standard_learning", Fraction(5), members)
            self.social_index("S1", TOWN_SOCIAL, name, members)
            self.social_index("S2", TOWN_STAFF, name, members)
            self.social_index("S3", TOWN_LIBRARY, name, members)

    def bases(self):
        """The schools that are compared with each other: a municipality, without groups by level."""
        bases = defaultdict(list)
        for school in sorted(self.schools.values(), key=lambda it: it.id):
            whole_file = self.parameters["les-scope"] == "all"
            bases["все школы" if whole_file else school.municipality].append(school)
        return sorted(bases.items())

    def value(self, school, indicator, year=None):
        return school.values.get(year or self.last, {}).get(indicator)

    def set(self, school, criterion, answer):
        self.criteria[school.id][criterion] = answer

    def mean_scores(self, base, members):
        """L1, «25% школ с самыми низкими результатами ЕГЭ, ОГЭ русскому языку, математике и ВПР … за последние 3 года».

        The gap to the region's mean stands for the mean score: within a year they differ by a constant.
        """
        sums = defaultdict(list)
        for year in self.window:
            values = {school.id: school.values[year] for school in members if year in school.groups}
            for school, index in indices(values, self.gaps, self.parameters).items():
                self.note("results", school, year, index)
                if index.value is not None:
                    sums[school].append(index.value)
        n_years = len(self.window)
        ranked = {school: sum(own) / n_years for school, own in sums.items() if len(own) == n_years}
        self.bottom_quarter("L1", "результаты", ranked, base, members)

    def social_index(self, criterion, directions, base, members):
        values = {school.id: school.values[self.last] for school in members if self.last in school.groups}
        found = indices(values, directions, self.parameters)
        if criterion == "S1":
            for school, index in found.items():
                self.note("social", school, self.last, index)
        ranked = {school: index.value for school, index in found.items() if index.value is not None}
        self.bottom_quarter(criterion, "условия", ranked, base, members)

    def note(self, prefix, school, year, index):
        entry = self.yearly[school][year]
        entry[f"{prefix}_present"] = index.present
        if index.value is not None:
            entry[f"{prefix}_index"] = printed(index.value)
        if index.missing:
            entry[f"{prefix}_missing"] = index.missing
        if index.reason:
            entry[f"{prefix}_reason"] = index.reason

    def bottom_quarter(self, criterion, domain, ranked, base, members):
        quarters = Quarters(ranked, self.parameters, is_top_first=False)
        place = {"year": self.last or "", "group": base, "domain": domain, "criterion": criterion}
        self.borders.append(border(place, quarters))
        for school in members:
            band = quarters.bands.get(school.id)
            self.set(school, criterion, None if band is None else band == BOTTOM)

    def thresholds(self, school):
        """L2–L5: «Менее 60%», «более 20 баллов», «0,5% и ниже … за последние 3 года», «40 % и ниже»."""
        continued = self.value(school, "continued_senior")
        self.set(school, "L2", None if continued is None else continued < 60)
        lags = [gap < -20 for name in EXAM_GAPS + VPR_GAPS if (gap := self.value(school, name)) is not None]
        together = any if self.parameters["les-gap"] == "any" else all
        self.set(school, "L3", together(lags) if lags else None)
        shares = [self.value(school, "olympiad_participation", year) for year in self.window]
        is_whole = bool(shares) and None not in shares
        self.set(school, "L4", sum(shares) / len(shares) <= Fraction(1, 2) if is_whole else None)
        satisfied = self.value(school, "satisfaction")
        self.set(school, "L5", None if satisfied is None else satisfied <= 40)

    def behind_mean(self, criterion, indicator, lag, members):
        """Against the plain mean of the municipality's schools, this one included."""
        present = [value for school in members if (value := self.value(school, indicator)) is not None]
        for school in members:
            value = self.value(school, indicator)
            answer = None if value is None else sum(present) / len(present) - value >= lag
            self.set(school, criterion, answer)

    def in_use(self, criteria):
        """A criterion by which not one school can be judged is out of use."""
        return [it for it in criteria if any(own[it] is not None for own in self.criteria.values())]

    def entry(self, school):
        entry = identity(school)
        if school.excluded is not None:
            return entry
        if self.yearly[school.id]:
            entry["years"] = self.yearly[school.id]
        own = self.criteria[school.id]
        used = self.in_use(RESULT_CRITERIA)
        combine = self.parameters["combine"]
        needed = {"any": 1, "all": len(used)}.get(combine) or int(combine if combine.isdigit() else 1)
        entry["results"] = verdict("ШНРО", [own[it] for it in used], needed)
        # Three rows of the table, each «критерий отнесения» of its own: one is enough.
        entry["social"] = verdict("ШНСУ", [own[it] for it in self.in_use(SOCIAL_CRITERIA)], 1)
        entry["criteria"] = {it: own[it] for it in RESULT_CRITERIA + SOCIAL_CRITERIA}
        entry["met"] = sum(own[it] is True for it in RESULT_CRITERIA)
        flags = flags_of(school, self.window)
        if flags:
            entry["flags"] = flags
        return entry


def verdict(name, answers, needed):
    """Yes if enough criteria hold, no if even the unknown ones could not make enough, else not known."""
    yes = answers.count(True)
    if not answers or yes < needed <= yes + answers.count(None):
        return UNKNOWN
    return name if yes >= needed else "не отнесена"


def town(schools, parameters, as_of):
    judged = Town(schools, parameters, as_of)
    return judged.window, [judged.entry(schools[it]) for it in sorted(schools)], judged.borders


# ------------------------------------------------------------------------------------------------- the answer


def printed(value):
    """An exact value rounded half-even to 12 decimals, as a JSON number."""
    rounded = round(value, 12)
    return int(rounded) if rounded.denominator == 1 else float(rounded)


def summary_of(entries):
    judged = [entry for entry in entries if "excluded" not in entry]

    def count(name):
        return dict(sorted(Counter(entry[name] for entry in judged).items()))

    both = sum(entry["results"] == "ШНРО" and entry["social"] == "ШНСУ" for entry in judged)
    return {
        "schools": len(entries),
        "excluded": len(entries) - len(judged),
        "results": count("results"),
        "social": count("social"),
        "both": both,
    }


def identify(data, methodology, settings=(), exclusions=b"", as_of=None, n_examples=3):
    """The whole answer as `pko/identification/1`. `data` and `exclusions` are the bytes of files."""
    parameters = parameters_of(methodology, settings)
    issues = Issues(n_examples)
    unread = [name for name in KNOWN if name.startswith("vpr_")] if methodology == "khabarovsk_без_впр" else []
    schools = read_table(data, read_exclusions(exclusions), parameters, issues, unread)
    if methodology == "lesosibirsk":
        window, entries, borders = town(schools, parameters, as_of)
    else:
        window, entries, borders = krai(schools, methodology, parameters, as_of)
    return {
        "schema": "pko/identification/1",
        "methodology": methodology,
        "parameters": {name: value for name, value in parameters.items() if value != ""},
        "window": window,
        "schools": entries,
        "borders": borders,
        "summary": summary_of(entries),
        "issues": issues.to_json(),
    }


def to_text(answer):
    """JSON with a line for each school and border, so that a difference is read school by school."""
    parts = []
    for name, value in answer.items():
        if name in ("schools", "borders", "issues") and value:
            lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in value)
            parts.append(f'"{name}": [\n{lines}\n]')
        else:
            parts.append(f'"{name}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def command_line(arguments):
    parser = argparse.ArgumentParser(description="Identification of ШНРО and ШНСУ in exact fractions.")
    parser.add_argument("data")
    parser.add_argument("--methodology", required=True)
    parser.add_argument("--set", action="append", default=[], metavar="name=value")
    parser.add_argument("--as-of", metavar="YEAR")
    parser.add_argument("--exclude", metavar="FILE")
    parser.add_argument("--examples", type=int, default=3, metavar="N")
    parser.add_argument("-o", "--output", metavar="FILE")
    return parser.parse_args(arguments)


def main(arguments):
    asked = command_line(arguments)
    try:
        with open(asked.data, "rb") as file:
            data = file.read()
        exclusions = b""
        if asked.exclude:
            with open(asked.exclude, "rb") as file:
                exclusions = file.read()
        answer = identify(data, asked.methodology, asked.set, exclusions, asked.as_of, asked.examples)
    except CommandError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except (OSError, DataError, csv.Error) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    text = to_text(answer)
    if asked.output:
        with open(asked.output, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
