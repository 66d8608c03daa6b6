#!/usr/bin/env python3
"""Times pko on a generated pack: a chain of deficits, tasks and N activities that wait for each other.

Usage: python3 benches/planning.py [PKO] [N]

Prints the wall time and the peak memory of check, diagnose and build (JSON only). Nothing is kept.
"""

import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

MONTHS = "сентябрь октябрь ноябрь декабрь январь февраль март апрель май".split()


def pack(count: int) -> str:
    lines = [
        "пакет большой «Большой пакет»", "  редакция 1", "  по методисту «создан для измерения»",
        "роль школы завуч «Завуч»", "документ план «План»",
        "зона помощь_ученикам «Помощь»",
        "показатель школы успешные «Доля успевающих»",
        "  вид процент; лучше больше; каждый год; данные школа; появляется июль",
        "дефицит школы мало_успешных «Мало успевающих»",
        "  зона помощь_ученикам", "  показатели успешные", "  если успешные меньше 90 %", "  вес", "    1 иначе",
        "  возможные причины нет_помощи",
        "причина школы нет_помощи «Не помогают»",
        "вопрос есть_помощь «Есть ли помощь?»", "  отвечает завуч", "  нет подтверждает нет_помощи",
        "цель школы больше_успешных «Успевающих больше»",
        "  довести успешные до 95 % к июлю последнего года",
        "задача школы помогать «Помочь»", "  отвечает мало_успешных", "  к цели больше_успешных",
    ]
    for at in range(count):
        month = MONTHS[at * len(MONTHS) // count]
        lines += [
            f"мероприятие школы м_{at} «Мероприятие {at}»",
            "  решает помогать; устраняет нет_помощи; ответственные завуч; документы план",
            f"  срок {month}, каждый учебный год", "  длится 1 день", "  двигает успешные",
        ]
        # Ten activities a step of the chain, a few steps a month: each waits for two of the step before.
        step = at // max(1, count // 60)
        before = [f"м_{it}" for it in ((step - 1) * max(1, count // 60), (step - 1) * max(1, count // 60) + 1) if it >= 0]
        if step and len(before) == 2 and before[1] != f"м_{at}":
            lines.append(f"  после {before[0]}, {before[1]}")
    lines += [
        "программа школы большая_программа «Программа»", "  тип «ШППКО»", "  период 3 учебных года с сентября",
        "  раздел карта_раздел «Дорожная карта»", "    таблица карта_таблица «Карта»", "      строки дорожная_карта",
        "      графа «№» номер ширина 8", "      графа «Мероприятие» название", "      графа «Срок» срок",
    ]
    return "\n".join(lines) + "\n"


PROJECT = """pack = "большой"
programmes = ["большая_программа"]
date = 2026-09-01
as_of = 2026-09-01
[institution]
id = "1"
name = "Школа"
[[data]]
file = "d.csv"
source = "вымышленные данные"
"""


def run(words: list[str], folder: pathlib.Path) -> None:
    started = time.monotonic()
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True)
    took = time.monotonic() - started
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{words[1]:10} {took:7.2f} s, peak so far {memory} MB, exit {done.returncode}")
    if done.returncode:
        print(done.stdout[-800:], done.stderr[-800:])


def main() -> None:
    pko = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else "pko"
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "rules/большой").mkdir(parents=True)
        (folder / "rules/большой/п.pko").write_text(pack(count), encoding="utf-8")
        (folder / "project.toml").write_text(PROJECT, encoding="utf-8")
        (folder / "d.csv").write_text("school_id,year,indicator,value\n1,2026,успешные,70 %\n", encoding="utf-8")
        run([pko, "check", "rules/большой"], folder)
        run([pko, "diagnose", "project.toml"], folder)
        run([pko, "build", "project.toml", "-o", "out", "--formats", "json"], folder)


if __name__ == "__main__":
    main()
