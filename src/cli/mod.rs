//! The command line: the only part of pko that touches files, the clock and the terminal.

mod args;
mod build;
mod check;
mod diagnose;
mod disk;
mod doc;
mod explain;
mod identify;
mod identify_explain;
mod new;
mod new_passport;
mod outline;
mod pack_json;
mod screen;
mod show;
mod test;
mod usage;
mod why_not;

use std::ffi::OsString;

use clap::Parser as _;
use clap::error::ErrorKind;

use args::{Cli, Command};
use screen::Screen;

use crate::pipeline::Run;
use crate::world::{PathKind, World as _};

pub use disk::Disk;
pub use why_not::json as why_not_json;

/// How a call ended; the number is the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Warnings, deficits and unknowns are results.
    Done = 0,
    /// The input could not be accepted, or a check found errors.
    Refused = 1,
    /// The call itself is wrong.
    Misused = 2,
}

/// Deep packs and long documents are read recursively.
const STACK: usize = 64 * 1024 * 1024;

/// Runs one call of pko.
pub fn run(arguments: Vec<OsString>) -> Outcome {
    std::panic::set_hook(Box::new(|fault| {
        let apology = "Внутренняя ошибка pko: работа прервана. Сообщите о ней разработчикам, \
                       приложив входные файлы.";
        let screen = Screen::new(&args::Global::default());
        screen.note(&format!("{apology}\nПодробности: «{fault}»"));
    }));
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(|| call(arguments));
    let outcome = worker.map(std::thread::JoinHandle::join);
    outcome.map_or(Outcome::Refused, |joined| joined.unwrap_or(Outcome::Refused))
}

/// Whether a call with these words would be understood; for the tests of the documentation.
pub fn parses(words: &[String]) -> Result<(), String> {
    Cli::try_parse_from(words).map(|_| ()).map_err(|error| usage::explain(&error))
}

fn call(arguments: Vec<OsString>) -> Outcome {
    match Cli::try_parse_from(arguments) {
        Ok(cli) => dispatch(cli),
        Err(error) => misused(&error),
    }
}

fn dispatch(cli: Cli) -> Outcome {
    let screen = Screen::new(&cli.global);
    let disk = Disk;
    if let Some(folder) = &cli.global.rules
        && disk.kind(folder) != Some(PathKind::Folder)
    {
        screen.note(&format!("Неверный вызов: --rules: папки «{}» нет.", folder.display()));
        return Outcome::Misused;
    }
    let mut run = Run::new(&disk, cli.global.rules);
    match cli.command {
        Command::Check(args) => {
            run.list_unproven = args.unproven;
            check::run(&mut run, screen, &args.packs)
        }
        Command::Show(args) => show::run(&mut run, screen, &args.pack),
        Command::Doc(args) => doc::run(&mut run, screen, &args),
        Command::Test(args) => test::run(&mut run, screen, &args),
        Command::New(args) => new::run(&mut run, screen, &args),
        Command::Diagnose(args) => diagnose::run(&mut run, screen, &args.project),
        Command::Build(args) => build::run(&mut run, screen, &args),
        Command::Explain(args) => explain::run(&mut run, screen, &args),
        Command::Identify(args) => identify::run(&mut run, screen, &args),
    }
}

fn misused(error: &clap::Error) -> Outcome {
    let screen = Screen::new(&args::Global::default());
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            screen.print(&error.render().to_string());
            Outcome::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            screen.note(error.render().to_string().trim_end());
            Outcome::Misused
        }
        _ => {
            screen.note(&format!("Неверный вызов: {}.", usage::explain(error)));
            screen.note("Справка: pko --help");
            Outcome::Misused
        }
    }
}
