use typst::layout::{Abs, Frame, FrameItem};
use typst_layout::PagedDocument;

use super::*;
use crate::base::Number;
use crate::document::chart::{self, BarChart, BarGroup};
use crate::document::types::{
    Annex, Approval, Block, Cell, Column, FigureBlock, Point, Section, Signature, Tone,
};

const PROGRAMME: &str = include_str!("../../../tests/fixtures/render/programme.json");
const ORDER: &str = include_str!("../../../tests/fixtures/render/order.json");

fn day() -> Date {
    jiff::civil::date(2025, 8, 29)
}

fn read(fixture: &str) -> Programme {
    let mut document: Programme = serde_json::from_str(fixture).expect("a fixture of the tests");
    document.sections.iter_mut().for_each(draw);
    document
}

/// Puts a drawing into every figure: drawings are no part of the JSON.
fn draw(section: &mut Section) {
    for figure in section.blocks.iter_mut().filter_map(|b| b.figure.as_mut()) {
        figure.svg = chart::bars(&sample_chart());
        figure.alt = chart::alt(&sample_chart());
    }
    section.sections.iter_mut().for_each(draw);
}

fn sample_chart() -> BarChart {
    let group = |label: &str, values: [&str; 3]| BarGroup {
        label: label.into(),
        values: values.iter().map(|v| Number::parse(v).ok()).collect(),
    };
    BarChart {
        title: "Доля отметок «2» на ОГЭ по математике".into(),
        unit: "%".into(),
        series: vec!["школа".into(), "муниципалитет".into(), "регион".into()],
        groups: vec![
            group("2023", ["12,5", "9,8", "8,1"]),
            group("2024", ["нет", "9,2", "7,9"]),
            group("2025", ["9,1", "8,4", "7,3"]),
        ],
    }
}

/// The text of each page as laid out, a line for each run of glyphs.
fn texts(pages: &PagedDocument) -> Vec<String> {
    pages.pages().iter().map(|page| frame_text(&page.frame)).collect()
}

fn frame_text(frame: &Frame) -> String {
    let items = frame.items().map(|(_, item)| match item {
        FrameItem::Group(group) => frame_text(&group.frame),
        FrameItem::Text(run) => format!("{}\n", run.text),
        _ => String::new(),
    });
    items.collect()
}

/// All that is printed, without the breaks of lines.
fn flat(document: &Programme) -> String {
    let laid = layout(document, day()).expect("it is laid out");
    texts(&laid.pages).concat().replace('\n', "")
}

fn paragraph(text: &str) -> Block {
    Block { kind: "абзац".into(), text: text.into(), ..Block::default() }
}

fn with_blocks(blocks: Vec<Block>) -> Programme {
    let section =
        Section { id: "1".into(), title: "Раздел".into(), blocks, ..Section::default() };
    Programme { kind: "справка".into(), sections: vec![section], ..Programme::default() }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = read(PROGRAMME);
    let first = pdf(&document, day()).expect("a sound document");
    let second = pdf(&document, day()).expect("a sound document");
    assert!(first.pages > 5, "{} pages", first.pages);
    assert!(first.bytes == second.bytes, "two builds differ");
}

#[test]
fn both_standards_are_declared() {
    let document = read(PROGRAMME);
    let bytes = pdf(&document, day()).expect("a sound document").bytes;
    let file = lopdf::Document::load_mem(&bytes).expect("a PDF");
    let catalog = file.catalog().expect("a catalog");
    let metadata = catalog.get_deref(b"Metadata", &file).and_then(|m| m.as_stream());
    let metadata = metadata.expect("metadata").get_plain_content().expect("plain");
    let metadata = String::from_utf8(metadata).expect("XML");
    for expected in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "2025-08-29T00:00:00",
        "Берёзовская средняя общеобразовательная школа",
    ] {
        assert!(metadata.contains(expected), "{expected}: {metadata}");
    }
    assert!(catalog.get(b"StructTreeRoot").is_ok(), "tagged");
    assert!(catalog.get(b"Outlines").is_ok(), "bookmarks");
    let language = catalog.get(b"Lang").and_then(|l| l.as_str()).expect("a language");
    assert!(language.starts_with(b"ru"), "{language:?}");
}

#[test]
fn markup_of_any_kind_is_printed_as_written() {
    let hostile = [
        "#import \"x\"",
        "{{#each}}",
        "*a*",
        "_b_",
        "$x$",
        "<label>",
        "@ref",
        "//",
        "/* c */",
        "\\",
        "#panic()",
        "= h",
        "- l",
        "`r`",
        "~",
        "---",
        "a\"b'c",
    ];
    for text in hostile {
        let cell = |text: &str| Cell { text: text.into(), ..Cell::default() };
        let mut document = with_blocks(vec![
            paragraph(text),
            Block { kind: "список".into(), items: vec![text.into()], ..Block::default() },
            Block { kind: "реквизит".into(), text: text.into(), ..Block::default() },
            Block {
                kind: "таблица".into(),
                text: text.into(),
                columns: vec![
                    Column { title: text.into(), weight: 1, ..Column::default() },
                    Column { title: text.into(), weight: 1, numeric: true, ..Column::default() },
                ],
                rows: vec![vec![cell(text)], vec![cell(text), cell(text)]],
                ..Block::default()
            },
        ]);
        document.title = text.into();
        document.issuer = text.into();
        document.mark = text.into();
        document.number = text.into();
        document.date = text.into();
        document.locality = text.into();
        document.signatures = vec![Signature { position: text.into(), name: text.into() }];
        document.approval = vec![Approval {
            stamp: text.into(),
            by: text.into(),
            document: text.into(),
            number: text.into(),
            date: text.into(),
            name: text.into(),
        }];
        let printed = flat(&document);
        let seen = printed.matches(text).count();
        assert!(seen >= 22, "{text} is seen {seen} times: {printed}");
        layout(&document, day()).and_then(|laid| laid.export()).expect("it is written");
    }
}

#[test]
fn a_long_table_repeats_its_head() {
    let laid = layout(&read(PROGRAMME), day()).expect("a sound document");
    let pages = texts(&laid.pages);
    let with_head = pages.iter().filter(|p| p.contains("Ответственный\n")).count();
    assert!(with_head >= 4, "{with_head} pages");
    let with_group = pages.iter().filter(|p| p.contains("Направление 2")).count();
    assert_eq!(with_group, 1);
    let blank = pages.iter().filter(|p| p.lines().count() < 4).count();
    assert_eq!(blank, 0, "no blank pages");
}

/// However much stands above, the caption of a table, its head and its first group stay with the
/// first row.
#[test]
fn a_table_begins_with_its_caption_and_its_first_row() {
    let column =
        |title: &str| Column { title: title.into(), weight: 1, numeric: false, blank: false };
    let cell = |text: &str| Cell { text: text.into(), ..Cell::default() };
    let table = |caption: &str, group: &str, row: &str| Block {
        kind: "таблица".into(),
        text: caption.into(),
        columns: vec![column("Где"), column("Почему")],
        rows: vec![vec![cell(group)], vec![cell(row), cell(&"слово ".repeat(60))]],
        ..Block::default()
    };
    for kind in ["справочник", "справка"] {
        for lines in 20..60 {
            let above = Block {
                rows: vec![vec![cell("строка"), cell("строка")]; lines],
                ..table("Выше", "", "")
            };
            let mends = table("Исправлено", "Группа", "Первая");
            let mut document = with_blocks(vec![above, mends]);
            (document.kind, document.title) = (kind.into(), "Название".into());
            let laid = layout(&document, day()).expect("it is laid out");
            let pages = texts(&laid.pages);
            let page = |text: &str| pages.iter().rposition(|page| page.contains(text));
            let places = ["Исправлено", "Группа", "Первая"].map(page);
            let is_whole = places[2].is_some() && places.iter().all(|place| *place == places[2]);
            assert!(is_whole, "{kind}, {lines} lines above: {places:?}");
        }
    }
}

#[test]
fn contents_name_the_right_pages() {
    let laid = layout(&read(PROGRAMME), day()).expect("a sound document");
    let pages = texts(&laid.pages);
    let contents = pages.get(1).expect("the contents follow the title").replace('\n', "");
    let section = pages.iter().rposition(|p| p.contains("Управление программой"));
    let number = section.expect("the section is there") + 1;
    let entry = contents.split("Управление программой").nth(1).expect("an entry");
    let found: String = entry.chars().filter(char::is_ascii_digit).take(2).collect();
    assert_eq!(found, number.to_string());
}

#[test]
fn a_paper_has_neither_title_page_nor_contents() {
    let document = read(ORDER);
    let laid = layout(&document, day()).expect("a sound document");
    assert_eq!(laid.pages(), 1);
    let text = flat(&document);
    assert!(text.contains("ПРИКАЗ") && text.contains("№\u{a0}98-о"), "{text}");
    assert!(!text.contains("Содержание"));
    laid.export().expect("it is written");
}

/// How each page lies.
fn lie(pages: &PagedDocument) -> Vec<bool> {
    pages.pages().iter().map(|page| page.frame.width() > page.frame.height()).collect()
}

/// How far to the right the texts of a frame reach; `left` is where it begins.
fn reach(frame: &Frame, left: Abs) -> Abs {
    let ends = frame.items().map(|(at, item)| match item {
        FrameItem::Group(group) => reach(&group.frame, left + at.x),
        FrameItem::Text(run) => left + at.x + run.width(),
        _ => left,
    });
    ends.fold(left, Abs::max)
}

#[test]
fn long_requisites_are_broken_before_the_edge() {
    for kind in ["постановление", "приказ", "справка", "ШППКО"] {
        let endless = format!("{}{}", "2022/".repeat(60), "Щ".repeat(300));
        let mut document = Programme {
            kind: kind.into(),
            title: "О карте".into(),
            number: endless.clone(),
            date: "2022-01-27".into(),
            signatures: vec![Signature { position: endless.clone(), name: endless.clone() }],
            approval: vec![Approval {
                stamp: "УТВЕРЖДЕНО".into(),
                by: "Директор".into(),
                document: endless.clone(),
                number: endless.clone(),
                date: String::new(),
                name: endless,
            }],
            ..Programme::default()
        };
        if kind == "постановление" {
            document.operative = "ПОСТАНОВЛЯЮ".into();
        }
        let laid = layout(&document, day()).expect("it is laid out");
        for page in laid.pages.pages() {
            assert!(reach(&page.frame, Abs::zero()) < page.frame.width(), "{kind}");
        }
    }
}

#[test]
fn an_order_stands_upright_and_its_annex_lies_across_below_what_it_belongs_to() {
    let annexed = Section {
        id: "карта".into(),
        title: "Карта".into(),
        landscape: true,
        blocks: vec![paragraph("Строка карты")],
        ..Section::default()
    };
    let person = |name: &str| Signature { position: "Глава".into(), name: name.into() };
    let order = Programme {
        kind: "постановление".into(),
        title: "О карте".into(),
        issuer: "Администрация посёлка".into(),
        locality: "п. Примерный".into(),
        number: "13-п".into(),
        date: "2022-01-27".into(),
        preamble: "На основании Устава".into(),
        operative: "ПОСТАНОВЛЯЮ".into(),
        points: vec![Point { number: "1".into(), text: "Утвердить карту.".into() }],
        annexes: vec![Annex {
            number: "1".into(),
            title: "Карта".into(),
            reference: "карта".into(),
            to: "к постановлению\nот 27.01.2022 № 13-п".into(),
        }],
        signatures: vec![person("И. О. Главный")],
        executor: Some(person("П. Р. Знающая")),
        sections: vec![annexed],
        ..Programme::default()
    };
    let laid = layout(&order, day()).expect("it is laid out");
    assert_eq!(lie(&laid.pages), [false, true]);
    let pages = texts(&laid.pages);
    let first = pages[0].replace('\n', " ");
    let parts = [
        "АДМИНИСТРАЦИЯ ПОСЁЛКА",
        "ПОСТАНОВЛЕНИЕ",
        "27.01.2022",
        "п. Примерный",
        "13-п",
        "О карте",
        "На основании Устава",
        "ПОСТАНОВЛЯЮ:",
        "1. Утвердить карту.",
        "Глава",
        "И. О. Главный",
        "Исп. П. Р. Знающая",
    ];
    let plain = first.replace('\u{a0}', " ");
    let places: Vec<_> = parts.iter().map(|part| plain.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} {plain}");
    let second = pages[1].replace('\u{a0}', " ");
    assert!(
        second.contains("Приложение № 1") && second.contains("от 27.01.2022 № 13-"),
        "{second}"
    );
}

#[test]
fn a_book_lies_across_under_running_heads() {
    let chapter = |title: &str| Section {
        id: title.into(),
        title: title.into(),
        landscape: true,
        blocks: vec![paragraph("Текст")],
        ..Section::default()
    };
    let book = Programme {
        kind: "справочник".into(),
        title: "Правила края\nРедакция 1".into(),
        sections: vec![chapter("Первая глава"), chapter("Вторая глава")],
        ..Programme::default()
    };
    let laid = layout(&book, day()).expect("it is laid out");
    assert_eq!(lie(&laid.pages), [true; 4]);
    let pages = texts(&laid.pages);
    assert!(pages[0].contains("Редакция 1") && !pages[0].contains("2025"), "{}", pages[0]);
    assert!(pages[1].contains("Содержание") && pages[1].contains("Вторая глава"));
    for (page, title) in pages.iter().skip(2).zip(["Первая глава", "Вторая глава"])
    {
        assert!(page.matches(title).count() == 2 && page.contains("Правила края"), "{page}");
    }
}

#[test]
fn lines_of_a_cell_keep_their_weights() {
    let tone = |line: usize, kind: &str| Tone { line, kind: kind.into() };
    let cell = Cell {
        text: "Подзаголовок\n\nТекст\nСрок\nЗаметка".into(),
        tones: vec![tone(1, "подзаголовок"), tone(4, "дополнение"), tone(5, "примечание")],
        ..Cell::default()
    };
    let wide =
        Cell { text: "Через всю таблицу".into(), wide: true, ..Cell::default() };
    let column = |title: &str| Column { title: title.into(), weight: 1, ..Column::default() };
    let block = Block {
        kind: "таблица".into(),
        columns: vec![column("Первая"), column("Вторая")],
        rows: vec![vec![wide], vec![cell.clone(), Cell::default()]],
        ..Block::default()
    };
    let printed = flat(&with_blocks(vec![block]));
    let words = ["Через всю таблицу", "Подзаголовок", "Текст", "Срок", "Заметка"];
    let places: Vec<_> = words.iter().map(|word| printed.find(word)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{printed}");
}

#[test]
fn next_to_nothing_is_still_a_document() {
    for kind in ["ШППКО", "справка", ""] {
        let document = Programme { kind: kind.into(), ..Programme::default() };
        let file = pdf(&document, day()).expect("an empty document");
        assert!(file.pages >= 1);
    }
    let odd = with_blocks(vec![
        Block { kind: "таблица".into(), text: "Пустая".into(), ..Block::default() },
        Block {
            kind: "таблица".into(),
            columns: vec![Column { title: "а".into(), weight: 1, ..Column::default() }],
            ..Block::default()
        },
        Block {
            kind: "таблица".into(),
            rows: vec![vec![Cell { text: "без граф".into(), ..Cell::default() }]],
            ..Block::default()
        },
        Block {
            kind: "рисунок".into(),
            figure: Some(FigureBlock {
                alt: "что изображено".into(), ..FigureBlock::default()
            }),
            ..Block::default()
        },
        Block {
            kind: "неведомый".into(), items: vec!["пункт".into()], ..Block::default()
        },
        Block { kind: "реквизит".into(), ..Block::default() },
    ]);
    let printed = flat(&odd);
    for text in ["Таблица 1 — Пустая", "без граф", "что изображено", "пункт"]
    {
        assert!(printed.contains(&text.replace(" —", "\u{a0}—")), "{text}: {printed}");
    }
    pdf(&odd, day()).expect("it is written");
}

#[test]
fn overlong_words_stay_within_their_columns() {
    let address = "school-berezovka.example.ru/documents/self_assessment/2025/results_final.pdf";
    let endless = "щ".repeat(90);
    let row = [address, endless.as_str(), "3", "4", "5", "6"];
    let block = Block {
        kind: "таблица".into(),
        columns: vec![Column { title: "графа".into(), weight: 1, ..Column::default() }; 6],
        rows: vec![row.iter().map(|t| Cell { text: (*t).into(), ..Cell::default() }).collect()],
        ..Block::default()
    };
    let document = with_blocks(vec![block]);
    let laid = layout(&document, day()).expect("it is laid out");
    let widest = laid.pages.pages().iter().map(|p| widest_run(&p.frame)).fold(0.0, f64::max);
    assert!(widest < 28.4 * 2.9, "a run of {widest} pt in a column of 2.8 cm");
    assert!(flat(&document).contains(address), "nothing is lost");
}

/// The widest run of the letters that only the overlong words have.
fn widest_run(frame: &Frame) -> f64 {
    let widths = frame.items().map(|(_, item)| match item {
        FrameItem::Group(group) => widest_run(&group.frame),
        FrameItem::Text(run) if run.text.contains(['_', '/', 'щ']) => run.width().to_pt(),
        _ => 0.0,
    });
    widths.fold(0.0, f64::max)
}

#[test]
fn a_tall_drawing_is_brought_down_to_the_page() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 900' width='100' \
               height='900'><rect width='100' height='900' fill='#333'/></svg>";
    let figure =
        FigureBlock { kind: "Гант".into(), alt: "полоса".into(), svg: svg.into() };
    let text = "Полоса".into();
    let block =
        Block { kind: "рисунок".into(), text, figure: Some(figure), ..Block::default() };
    let laid = layout(&with_blocks(vec![block]), day()).expect("it is laid out");
    let tallest = laid.pages.pages().iter().map(|p| tallest_image(&p.frame)).fold(0.0, f64::max);
    assert!(tallest > 100.0 && tallest < 842.0 - 114.0, "{tallest} pt");
    laid.export().expect("it is written");
}

fn tallest_image(frame: &Frame) -> f64 {
    let heights = frame.items().map(|(_, item)| match item {
        FrameItem::Group(group) => tallest_image(&group.frame),
        FrameItem::Image(_, size, _) => size.y.to_pt(),
        _ => 0.0,
    });
    heights.fold(0.0, f64::max)
}

#[test]
fn joining_marks_and_composed_letters_are_printable() {
    let text = "под\u{ad}пись, бело\u{2011}синий, и\u{306}од, за\u{301}мок, а\u{200b}б, в\u{2060}г";
    pdf(&with_blocks(vec![paragraph(text)]), day()).expect("it is written");
}

#[test]
fn a_missing_character_is_named_in_russian() {
    let error = pdf(&with_blocks(vec![paragraph("Готово ✓")]), day()).expect_err("no such glyph");
    assert!(error.message.contains("«✓» (U+2713)"), "{error}");
    assert_eq!(error.detail, None);
}

#[test]
fn a_broken_drawing_is_reported_with_its_place() {
    let figure =
        FigureBlock { kind: "диаграмма".into(), alt: "а".into(), svg: "<svg".into() };
    let block = Block { kind: "рисунок".into(), figure: Some(figure), ..Block::default() };
    let Err(error) = pdf(&with_blocks(vec![block]), day()) else {
        panic!("half an element is no drawing")
    };
    assert!(error.message.starts_with("не удалось сверстать PDF"), "{error}");
    let detail = error.detail.unwrap_or_default();
    assert!(detail.contains("figures/1.svg"), "{detail}");
}
