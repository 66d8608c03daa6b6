//! The command line. All words are Russian, those of clap included.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::base::Level;
use crate::pipeline::Format;

const TEMPLATE: &str = "{about-with-newline}\nВызов: {usage}\n\n{all-args}{after-help}";

/// Everything that a call of pko may say.
#[derive(Debug, Parser)]
#[command(
    name = "pko",
    version,
    about = "pko: программы повышения качества образования по данным школы и правилам методистов",
    help_template = TEMPLATE,
    override_usage = "pko [ОБЩИЕ ПАРАМЕТРЫ] КОМАНДА …",
    after_help = "Подробнее о команде: pko КОМАНДА --help\n\
                  Коды возврата: 0 — сделано, 1 — во входных данных ошибки, 2 — неверный вызов.",
    subcommand_help_heading = "Команды",
    subcommand_value_name = "КОМАНДА",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: Global,
    /// Напечатать версию
    #[arg(
        short = 'V', long = "version", action = ArgAction::Version, help_heading = "Общие параметры"
    )]
    version: Option<bool>,
}

/// What every command understands.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Общие параметры")]
pub struct Global {
    /// Вид вывода: text (по умолчанию) или json
    #[arg(
        long,
        global = true,
        value_name = "ВИД",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: OutputFormat,
    /// Папка, в которой лежат папки пакетов; просматривается первой
    #[arg(long, global = true, value_name = "ПАПКА")]
    pub rules: Option<PathBuf>,
    /// Не раскрашивать вывод
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Напечатать эту справку
    #[arg(short = 'h', long = "help", global = true, action = ArgAction::Help)]
    help: Option<bool>,
}

impl Default for Global {
    fn default() -> Self {
        Self { format: OutputFormat::Text, rules: None, no_color: false, help: None }
    }
}

/// For a person or for a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    Text,
    Json,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Проверить пакеты правил и показать всё найденное
    #[command(help_template = TEMPLATE, override_usage = "pko check [ПАКЕТ…] [--unproven]")]
    Check(Check),
    /// Показать всё, что объявляет пакет
    #[command(help_template = TEMPLATE, override_usage = "pko show ПАКЕТ")]
    Show(Show),
    /// Напечатать справочник пакета: направления, механизмы, показатели, действия, карты
    #[command(
        help_template = TEMPLATE,
        override_usage = "pko doc ПАКЕТ -o ПАПКА [--formats pdf,json] [--force]"
    )]
    Doc(Doc),
    /// Выполнить проверки пакетов и показать охват условий
    #[command(help_template = TEMPLATE, override_usage = "pko test [ПАКЕТ…] [--mutate]")]
    Test(Test),
    /// Напечатать заготовку проекта с пояснениями
    #[command(
        help_template = TEMPLATE,
        override_usage = "pko new школа|муниципалитет|регион --pack ПАКЕТ [-o ФАЙЛ]"
    )]
    New(New),
    /// Сопоставить данные проекта с правилами: показатели, дефициты, недостающее
    #[command(help_template = TEMPLATE, override_usage = "pko diagnose ПРОЕКТ")]
    Diagnose(Diagnose),
    /// Собрать документы проекта
    #[command(
        help_template = TEMPLATE,
        override_usage = "pko build ПРОЕКТ -o ПАПКА [--only ДОКУМЕНТ,…] [--formats pdf,json] [--force]"
    )]
    Build(Build),
    /// Объяснить, на чём основан вывод проекта, или что значит код ошибки
    #[command(
        help_template = TEMPLATE,
        override_usage = "pko explain ПРОЕКТ ИМЯ [--why-not]\n       pko explain ПКО-012"
    )]
    Explain(Explain),
    /// Отнести школы к ШНРО и ШНСУ по методике: индексы, места, границы, заключения
    #[command(
        help_template = TEMPLATE,
        override_usage = "pko identify ТАБЛИЦА --methodology МЕТОДИКА [--set ИМЯ=ЗНАЧЕНИЕ]… [--explain ШКОЛА] [-o ПАПКА]"
    )]
    Identify(Identify),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Что указать")]
pub struct Check {
    /// Пакеты: имена или пути; без них — все, что видны
    #[arg(value_name = "ПАКЕТ")]
    pub packs: Vec<String>,
    /// Назвать каждое условие, о котором не доказано, что данные могут его выполнить и нарушить
    #[arg(long)]
    pub unproven: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Что указать")]
pub struct Packs {
    /// Пакеты: имена или пути; без них — все, что видны
    #[arg(value_name = "ПАКЕТ")]
    pub packs: Vec<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Что указать")]
pub struct Test {
    #[command(flatten)]
    pub packs: Packs,
    /// Изменить каждое условие и показать, чего проверки не заметили
    #[arg(long)]
    pub mutate: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Что указать")]
pub struct Show {
    /// Пакет: имя или путь
    #[arg(value_name = "ПАКЕТ")]
    pub pack: String,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Что указать")]
pub struct Doc {
    /// Пакет: имя или путь
    #[arg(value_name = "ПАКЕТ")]
    pub pack: String,
    /// Папка для справочника и описи manifest.json
    #[arg(short = 'o', long = "output", value_name = "ПАПКА")]
    pub output: PathBuf,
    /// Форматы через запятую: pdf, json; без этого — все
    #[arg(long, value_name = "ФОРМАТ", value_delimiter = ',', hide_possible_values = true)]
    pub formats: Vec<BuildFormat>,
    /// Заменить и то, что изменено вручную
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Что указать")]
pub struct New {
    /// Чья программа: школа, муниципалитет или регион
    #[arg(value_name = "УРОВЕНЬ", hide_possible_values = true)]
    pub level: NewLevel,
    /// Пакет: имя или путь
    #[arg(long, value_name = "ПАКЕТ")]
    pub pack: String,
    /// Записать в файл; без этого заготовка печатается
    #[arg(short = 'o', long = "output", value_name = "ФАЙЛ")]
    pub output: Option<PathBuf>,
}

/// Whose project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NewLevel {
    #[value(name = "школа")]
    School,
    #[value(name = "муниципалитет")]
    Municipality,
    #[value(name = "регион")]
    Region,
}

impl NewLevel {
    pub fn level(self) -> Level {
        match self {
            Self::School => Level::School,
            Self::Municipality => Level::Municipality,
            Self::Region => Level::Region,
        }
    }
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Что указать")]
pub struct Diagnose {
    /// Файл проекта (.toml)
    #[arg(value_name = "ПРОЕКТ")]
    pub project: PathBuf,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Что указать")]
pub struct Build {
    /// Файл проекта (.toml)
    #[arg(value_name = "ПРОЕКТ")]
    pub project: PathBuf,
    /// Папка для документов и описи manifest.json
    #[arg(short = 'o', long = "output", value_name = "ПАПКА")]
    pub output: PathBuf,
    /// Только эти документы проекта, через запятую
    #[arg(long, value_name = "ДОКУМЕНТ", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Форматы через запятую: pdf, json; без этого — все
    #[arg(long, value_name = "ФОРМАТ", value_delimiter = ',', hide_possible_values = true)]
    pub formats: Vec<BuildFormat>,
    /// Заменить и то, что изменено вручную
    #[arg(long)]
    pub force: bool,
}

/// A format of documents, as the command line names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BuildFormat {
    Pdf,
    Json,
}

impl BuildFormat {
    pub fn format(self) -> Format {
        match self {
            Self::Pdf => Format::Pdf,
            Self::Json => Format::Json,
        }
    }
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Что указать")]
pub struct Explain {
    /// Файл проекта (.toml) или код ошибки (ПКО-012)
    #[arg(value_name = "ПРОЕКТ")]
    pub project: String,
    /// Имя дефицита, причины, задачи, мероприятия, требования, показателя, раздела или строки документа
    #[arg(value_name = "ИМЯ")]
    pub id: Option<String>,
    /// Почему этого нет в документах и какое наименьшее изменение данных его туда введёт
    #[arg(long)]
    pub why_not: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Что указать")]
pub struct Identify {
    /// Таблица с показателями школ (.csv или .xlsx)
    #[arg(value_name = "ТАБЛИЦА")]
    pub data: PathBuf,
    /// Методика из пакета правил: khabarovsk, khabarovsk_без_впр, lesosibirsk или своя
    #[arg(long, value_name = "МЕТОДИКА")]
    pub methodology: String,
    /// Другое значение параметра методики; можно повторять
    #[arg(long, value_name = "ИМЯ=ЗНАЧЕНИЕ", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Последний год, который учитывается
    #[arg(long, value_name = "ГОД", value_parser = clap::value_parser!(i32).range(1900..=9999))]
    pub as_of: Option<i32>,
    /// Список школ, которые не участвуют: в строке — код школы и, через «;», причина
    #[arg(long, value_name = "ФАЙЛ")]
    pub exclude: Option<PathBuf>,
    /// Не принимать таблицу с сомнительными ячейками
    #[arg(long)]
    pub strict: bool,
    /// Объяснить заключение об одной школе: её код
    #[arg(long, value_name = "ШКОЛА", conflicts_with = "output")]
    pub explain: Option<String>,
    /// Проект региона или муниципалитета: чьи реквизиты стоят на бумагах; без него — пропуски для заполнения
    #[arg(long, value_name = "ПРОЕКТ", requires = "output")]
    pub project: Option<PathBuf>,
    /// Сколько участников нужно, чтобы показать значение в книге для публикации; без этого — десять
    #[arg(long, value_name = "ЧИСЛО", requires = "output", value_parser = clap::value_parser!(u32).range(1..))]
    pub public_from: Option<u32>,
    /// Папка для результатов и описи manifest.json; без этого итог печатается
    #[arg(short = 'o', long = "output", value_name = "ПАПКА")]
    pub output: Option<PathBuf>,
    /// Заменить и то, что изменено вручную
    #[arg(long, requires = "output")]
    pub force: bool,
}

/// «gap=literal».
fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() && !value.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("нужно имя=значение, например gap=literal".to_owned()),
    }
}
