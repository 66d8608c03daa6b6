//! Functions compile in the closed engine and use what they ask for.

use super::{CheckSpec, Pass};
use crate::base::Span;
use crate::diag::Code;
use crate::model::Function;
use crate::script::{Script, ScriptError};

pub(super) const SPEC: CheckSpec =
    CheckSpec { code: Code(44), summary: "Код функции не годится", run };

fn run(pass: &mut Pass<'_>) {
    for function in pass.model.functions.values() {
        let inputs: Vec<&str> = function.inputs.iter().map(|input| input.name.as_str()).collect();
        match Script::compile(&function.code, &inputs) {
            Err(error) => broken(pass, function, &error),
            Ok(_) => unused(pass, function, &inputs),
        }
    }
}

fn broken(pass: &mut Pass<'_>, function: &Function, error: &ScriptError) {
    let raw = pass.context.sources.slice(function.code_span);
    let place = place(function.code_span, raw, &function.code, error);
    let finding = pass
        .error(place, error.message.clone())
        .with_label(function.meta.span, "код этой функции")
        .with_hint("код видит только входы функции; сравнение с неизвестным — через известно(x)");
    pass.report(finding);
}

/// An input without which the code compiles is not looked at.
fn unused(pass: &mut Pass<'_>, function: &Function, inputs: &[&str]) {
    for input in inputs {
        let others: Vec<&str> = inputs.iter().copied().filter(|other| other != input).collect();
        if Script::compile(&function.code, &others).is_ok() {
            let message = format!("вход «{input}» в коде не используется");
            let finding = pass
                .warning(function.meta.span, message)
                .with_label(function.code_span, "код")
                .with_hint("уберите вход или используйте его");
            pass.report(finding);
        }
    }
}

/// Where a place of the code, whose common indentation was removed, stands in its file.
fn place(span: Span, raw: &str, code: &str, error: &ScriptError) -> Span {
    let above: usize =
        raw.split_inclusive('\n').take(error.line.saturating_sub(1)).map(str::len).sum();
    let line = error.line.saturating_sub(1);
    let (Some(raw_line), Some(code_line)) = (raw.lines().nth(line), code.lines().nth(line)) else {
        return span;
    };
    let removed = raw_line.len().saturating_sub(code_line.len());
    let before: usize =
        code_line.chars().take(error.column.saturating_sub(1)).map(char::len_utf8).sum();
    let start = span.start + above + removed + before;
    let word = code_line.get(before..).unwrap_or_default();
    let length = word.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(word.len());
    let end =
        start + if length == 0 { word.chars().next().map_or(0, char::len_utf8) } else { length };
    Span::new(span.file, start, end.min(span.end.max(start)))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    const HEAD: &str = "\
функция ф «Ф»
  по методисту «проба»
  вход
    часть процент
    люди число может быть неизвестно
  выход число
  код rhai
";

    #[track_caller]
    fn finds(code: &str, expected: &str) {
        check_code(44, &format!("{HEAD}{code}"), expected);
    }

    #[test]
    fn a_sound_function_is_quiet() {
        finds(
            "    if известно(люди) {\n      часть * люди / 100\n    } else {\n      ()\n    }\n",
            "",
        );
    }

    #[test]
    fn faults_stand_where_they_are() {
        finds(
            "    let x = часть + люди;\n    x + чужое\n",
            "ПКО-044 9:9 имя «чужое» не объявлено среди входов функции\n",
        );
        finds("    часть + люди +\n", "ПКО-044 8:19 код обрывается\n");
        finds(
            "    eval(часть + люди)\n",
            "ПКО-044 8:5 слово «eval» в функциях пакета не разрешено\n",
        );
    }

    #[test]
    fn an_input_that_nobody_reads_is_named() {
        finds("    часть * 2\n", "ПКО-044 1:9 вход «люди» в коде не используется\n");
    }
}
