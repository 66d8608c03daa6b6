#!/usr/bin/env python3
"""Identification by `khabarovsk` with its default parameters, vectorised: what an analyst would write with pandas.

Usage: python3 benches/identification_pandas.py DATA.csv [-o FILE]

Writes the index, rank and band of every school and year, and the verdicts of every school, as one CSV. It is the
measure of speed for `pko identify`. Its arithmetic is float64 rounded to 12 decimals before it is ranked, so that sums
that are equal as fractions compare equal. Neat files only: UTF-8, commas.
"""

import argparse
import sys

import numpy as np
import pandas as pd

import identification_reference as reference

MISSING = sorted(reference.MISSING_WORDS | {word.upper() for word in reference.MISSING_WORDS})
KEY = ["school_id", "year"]
GAPS = list(reference.THRESHOLDS)
SHARES = [name for name in reference.KNOWN if reference.is_share(name)]


def read(path):
    """One row a school and year, a column an indicator, the key in the index, `group` and `excluded` beside."""
    header = pd.read_csv(path, nrows=0).columns
    text = {name: str for name in ("school_id", "school_name", "municipality", "group", "excluded", "indicator")}
    # The reader makes empty cells of names missing as well; ids and names are never compared with them.
    table = pd.read_csv(path, dtype=text, na_values=MISSING)
    if "excluded" not in header:
        table["excluded"] = pd.Series(np.nan, index=table.index, dtype=object)
    if "indicator" in header:
        table = from_long(table)
    excluded = table.groupby("school_id")["excluded"].transform("count") > 0
    table = table[~excluded & (table["group"] != "начальное")].set_index(KEY).sort_index()
    for name in reference.RESULTS | reference.SOCIAL:
        if name not in table:
            table[name] = np.nan
    return clean(table)


def from_long(table):
    """Two different values of one cell are none."""
    cells = table.groupby([*KEY, "indicator"], sort=False)["value"]
    values = cells.first().where(cells.nunique() <= 1).unstack("indicator")
    about = table.groupby(KEY, sort=False)[["group", "excluded"]].first()
    return about.join(values).reset_index()


def clean(table):
    """Takes out what cannot be: values out of range, ЕГЭ in a school of nine years."""
    shares = [name for name in SHARES if name in table]
    table[shares] = table[shares].where((table[shares] >= 0) & (table[shares] <= 100))
    table[GAPS] = table[GAPS].where(table[GAPS].abs() <= 100)
    ege = [name for name in table if name.startswith("ege_")]
    table.loc[table["group"] == "основное", ege] = np.nan
    return table


def last_years(table):
    used = [*reference.RESULTS, *reference.SOCIAL]
    years = table.index.get_level_values("year")[table[used].notna().any(axis=1)]
    return sorted(years.unique())[-3:]


def normalised(table, directions):
    """Every indicator in [0; 1] within its year and group; missing where it is missing or has no spread."""
    scores = {}
    cells = [table.index.get_level_values("year"), table["group"]]
    plain = [name for name, way in directions.items() if way != reference.GAP]
    low, high = (table[plain].groupby(cells).transform(which) for which in ("min", "max"))
    spread = (high - low).replace(0, np.nan)
    for name in plain:
        from_low = directions[name] == reference.DIRECT
        scores[name] = ((table[name] - low[name]) if from_low else (high[name] - table[name])) / spread[name]
    for name in directions:
        if directions[name] == reference.GAP:
            scores[name] = (table[name] >= -reference.THRESHOLDS[name]).astype(float).where(table[name].notna())
    return pd.DataFrame(scores)


def bands(table, directions, names):
    """Index, rank and band of every school and year of one domain."""
    scores = normalised(table, directions)
    cells = [table.index.get_level_values("year"), table["group"]]
    n_usable = scores.notna().groupby(cells).transform("any").sum(axis=1)
    n_present = scores.notna().sum(axis=1)
    index = scores.mean(axis=1).round(12).where((n_present >= 1) & (2 * n_present >= n_usable))
    within = index.groupby(cells)
    n = within.transform("count")
    from_top, from_bottom = within.rank(method="min", ascending=False), within.rank(method="min")
    k = n // 4
    is_top, is_bottom = from_top <= k, from_bottom <= k
    # A block of equal indices that both cuts fall into is in the middle.
    both = is_top & is_bottom
    band = pd.Series(names[reference.MIDDLE], index=index.index, dtype=object)
    band[is_top & ~both] = names[reference.TOP]
    band[is_bottom & ~both] = names[reference.BOTTOM]
    band = band.where(index.notna() & (n >= 4))
    return pd.DataFrame({"index": index, "rank": from_top.astype("Int64"), "band": band})


def verdicts(band, window, whole, recent, otherwise):
    """The list of each school: `whole` asks for three years of a band, `recent` for the last two."""
    labels = band.unstack("year").reindex(columns=window)
    is_short = labels.isna().any(axis=1) | (len(window) < 3)
    # The default rules are told from the weakest to the strongest.
    found = pd.Series(np.where(is_short, reference.UNKNOWN, otherwise), index=labels.index, dtype=object)
    for name, verdict in recent.items():
        if len(window) >= 2:
            found[(labels[window[-2:]] == name).all(axis=1)] = verdict
    for name, verdict in whole.items():
        if len(window) == 3:
            found[(labels == name).all(axis=1)] = verdict
    return found


def identify(path):
    """A table of school-years and a table of schools."""
    everything = read(path)
    window = last_years(everything)
    table = everything[everything.index.get_level_values("year").isin(window)]
    found = {
        "results": bands(table, reference.RESULTS, reference.RESULT_BANDS),
        "social": bands(table, reference.SOCIAL, reference.SOCIAL_BANDS),
    }
    yearly = pd.concat([part.add_prefix(f"{name}_") for name, part in found.items()], axis=1)
    results = verdicts(
        found["results"]["band"], window, {"низкие": "ШНРО", "высокие": "стабильно высокие"},
        {"низкие": "группа риска"}, "средние",
    )
    social = verdicts(
        found["social"]["band"], window, {},
        {"неблагоприятные": "ШНСУ", "благоприятные": "благоприятные"}, "нейтральные",
    )
    return yearly, pd.DataFrame({"results": results, "social": social})


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data")
    parser.add_argument("-o", "--output")
    asked = parser.parse_args()
    yearly, schools = identify(asked.data)
    yearly.reset_index().merge(schools.reset_index(), on="school_id").to_csv(asked.output or sys.stdout, index=False)


if __name__ == "__main__":
    main()
