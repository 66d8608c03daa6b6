//! A workbook as XLSX. The rows go to temporary files while they are written, so memory does not
//! grow with them; the only clock is the day that stamps the file.

use jiff::civil::Date;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook as File, Worksheet,
    XlsxError,
};

use super::RenderError;
use crate::document::workbook::{Sheet, SheetCell, SheetColumn, Shows, Workbook};

/// Points; a heading of several lines.
const HEADING_HEIGHT: f64 = 48.0;
/// Letters across that a sheet of paper still shows legibly.
const WIDEST: u32 = 280;

/// The bytes of a workbook; `date` is the day that stamps the file.
pub fn xlsx(workbook: Workbook<'_>, date: Date) -> Result<Vec<u8>, RenderError> {
    written(workbook, date).map_err(|error| {
        RenderError::new("книгу Excel не удалось записать").with_detail(error.to_string())
    })
}

fn written(workbook: Workbook<'_>, date: Date) -> Result<Vec<u8>, XlsxError> {
    let mut file = File::new();
    let day = ExcelDateTime::from_ymd(
        u16::try_from(date.year()).unwrap_or_default(),
        u8::try_from(date.month()).unwrap_or_default(),
        u8::try_from(date.day()).unwrap_or_default(),
    )?;
    let properties = DocProperties::new()
        .set_title(workbook.title)
        .set_author("pko")
        .set_creation_datetime(&day);
    file.set_properties(&properties);
    for sheet in workbook.sheets {
        write_sheet(file.add_worksheet_with_constant_memory()?, sheet)?;
    }
    file.save_to_buffer()
}

fn write_sheet(file: &mut Worksheet, sheet: Sheet<'_>) -> Result<(), XlsxError> {
    file.set_name(sheet.name)?;
    file.set_freeze_panes(1, 0)?;
    file.set_landscape();
    file.set_repeat_rows(0, 0)?;
    if sheet.columns.iter().map(|column| column.width).sum::<u32>() <= WIDEST {
        file.set_print_fit_to_pages(1, 0);
    }
    head(file, &sheet.columns)?;
    let formats: Vec<Format> = sheet.columns.iter().map(|column| format(column.shows)).collect();
    let mut last = 0;
    for row in sheet.rows {
        last += 1;
        for (at, (cell, format)) in (0..).zip(row.into_iter().zip(&formats)) {
            match cell {
                SheetCell::Empty => {}
                SheetCell::Words(words) => {
                    file.write_string_with_format(last, at, words, format)?;
                }
                SheetCell::Number(number) => {
                    file.write_number_with_format(last, at, number, format)?;
                }
            }
        }
    }
    let width = u16::try_from(sheet.columns.len()).unwrap_or(u16::MAX);
    if last > 0 && width > 0 {
        file.autofilter(0, 0, last, width - 1)?;
    }
    Ok(())
}

fn head(file: &mut Worksheet, columns: &[SheetColumn]) -> Result<(), XlsxError> {
    let format = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_background_color("D9D9D9");
    file.set_row_height(0, HEADING_HEIGHT)?;
    for (at, column) in (0..).zip(columns) {
        file.set_column_width(at, column.width)?;
        file.write_string_with_format(0, at, &column.title, &format)?;
    }
    Ok(())
}

fn format(shows: Shows) -> Format {
    let format = Format::new().set_align(FormatAlign::Top);
    match shows {
        Shows::Words => format.set_text_wrap(),
        Shows::Count => format.set_num_format("0"),
        Shows::Places(places) => {
            format.set_num_format(format!("0.{}", "0".repeat(places as usize)))
        }
        Shows::Figure => format,
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};

    use super::*;

    fn sample<'a>() -> Workbook<'a> {
        let columns = vec![
            SheetColumn::new("Школа", 30, Shows::Words),
            SheetColumn::new("Индекс", 10, Shows::Places(3)),
            SheetColumn::new("Место", 8, Shows::Count),
        ];
        let rows = (1..=3_u32).map(|at| {
            let index = if at == 2 { SheetCell::Empty } else { SheetCell::Number(0.123_456) };
            vec![SheetCell::words(format!("=Школа & № {at}")), index, SheetCell::count(at)]
        });
        let sheet = Sheet { name: "Индексы по годам", columns, rows: Box::new(rows) };
        Workbook { title: "Книга".to_owned(), sheets: vec![sheet] }
    }

    fn day() -> Date {
        jiff::civil::date(2026, 12, 31)
    }

    #[test]
    fn what_is_written_is_read_back() {
        let bytes = xlsx(sample(), day()).expect("it is written");
        let mut book: Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("it opens");
        let sheet = book.worksheet_range("Индексы по годам").expect("the sheet is there");
        assert_eq!(sheet.get_size(), (4, 3));
        // A name that looks like a formula is a name.
        assert_eq!(sheet.get((1, 0)), Some(&Data::String("=Школа & № 1".to_owned())));
        assert_eq!(sheet.get((1, 1)), Some(&Data::Float(0.123_456)));
        assert_eq!(sheet.get((2, 1)), Some(&Data::Empty));
        assert_eq!(sheet.get((3, 2)), Some(&Data::Float(3.0)));
    }

    #[test]
    fn the_bytes_are_the_same_every_time() {
        let bytes = || xlsx(sample(), day()).expect("it is written");
        assert_eq!(bytes(), bytes());
    }
}
