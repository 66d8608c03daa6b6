//! From pieces to a tree: helpers, arguments and blocks are checked on the way.

use super::arguments::ARGUMENTS;
use super::helpers::{HELPERS, helper, plain};
use super::node::{Call, Node, PARAGRAPH};
use super::scan::{Piece, Token, TokenKind, scan};
use super::{Argument, Arguments, HelperSpec, Takes, TextError, Unit};
use crate::base::suggest;
use crate::russian::Case;

/// Blocks inside blocks, at most.
const MAX_DEPTH: usize = 6;

pub(super) fn parse(source: &str) -> Result<Vec<Node>, Vec<TextError>> {
    let mut errors = Vec::new();
    let pieces = scan(source, &mut errors);
    let mut parser = Parser { slots: 0, open: Vec::new(), nodes: Vec::new(), errors };
    for piece in pieces {
        match piece {
            Piece::Words("") => {}
            Piece::Words(words) => parser.nodes.push(Node::Words(normalise(words))),
            Piece::Mustache { offset, tokens } => {
                if let Err(error) = parser.mustache(offset, &tokens) {
                    parser.errors.push(error);
                }
            }
            Piece::Broken { offset, inside } => parser.broken(offset, inside.trim_start()),
        }
    }
    parser.finish()
}

/// Line breaks and indentation become one blank, an empty line a paragraph mark; `\{{` becomes
/// `{{`.
fn normalise(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut blank = String::new();
    for c in words.chars() {
        if c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}') {
            blank.push(c);
            continue;
        }
        push_blank(&mut text, &mut blank);
        text.push(c);
    }
    push_blank(&mut text, &mut blank);
    text.replace("\\{{", "{{")
}

fn push_blank(text: &mut String, blank: &mut String) {
    if !blank.is_empty() {
        let breaks = blank.matches('\n').count();
        text.push(if breaks > 1 { PARAGRAPH } else { ' ' });
        blank.clear();
    }
}

/// A block that is not closed yet.
struct Open {
    name: &'static str,
    offset: usize,
    /// `None` where the opening itself was wrong.
    call: Option<Call>,
    known: bool,
    before: Vec<Node>,
    then: Option<Vec<Node>>,
}

struct Parser {
    slots: usize,
    open: Vec<Open>,
    nodes: Vec<Node>,
    errors: Vec<TextError>,
}

impl Parser {
    fn mustache(&mut self, offset: usize, tokens: &[Token<'_>]) -> Result<(), TextError> {
        let error = |message: &str| Err(TextError::new(offset, message));
        match tokens.split_first() {
            None => error("пустые скобки «{{}}»"),
            Some((Token { kind: TokenKind::Open, .. }, rest)) => self.open_block(offset, rest),
            Some((Token { kind: TokenKind::Close, .. }, rest)) => self.close_block(offset, rest),
            Some((Token { kind: TokenKind::Word("else"), .. }, rest)) => {
                self.otherwise(offset, rest)
            }
            Some((Token { kind: TokenKind::Word(name), offset: at }, rest)) => {
                let call = self.print(name, *at, rest)?;
                self.nodes.push(Node::Print(call));
                Ok(())
            }
            Some((token, _)) => Err(TextError::new(token.offset, "здесь ожидалось имя")),
        }
    }

    fn print(&mut self, name: &str, at: usize, rest: &[Token<'_>]) -> Result<Call, TextError> {
        refuse_foreign_words(name, at)?;
        let spec = match helper(name) {
            Some(spec) if spec.block => {
                let message = format!("блок «{name}» начинается с решётки: {{{{#{name} …}}}}");
                return Err(TextError::new(at, message));
            }
            Some(spec) => spec,
            None => {
                let Some(plain) = plain() else {
                    return Err(TextError::new(at, "имени нет"));
                };
                let (positional, named) = split_arguments(rest);
                if let Some(first) = positional.first() {
                    return Err(unknown_helper(name, at, first.offset));
                }
                return self.call(plain, path(name, at)?, at, None, named);
            }
        };
        let (positional, named) = split_arguments(rest);
        let (first, second) = arguments_of(spec, name, at, positional)?;
        let (path, offset) = match (spec.takes, first.kind) {
            (Takes::Identifier, TokenKind::Text(id)) => {
                (path(&format!("{name}.{id}"), first.offset)?, first.offset)
            }
            (Takes::Identifier, _) => {
                let message = format!("«{name}» ждёт имя в кавычках: {}", spec.example);
                return Err(TextError::new(first.offset, message));
            }
            (_, TokenKind::Word(word)) => (self::path(word, first.offset)?, first.offset),
            _ => return Err(not_a_name(spec, first)),
        };
        let unit = match second.map(|token| (token.kind, token.offset)) {
            None => None,
            Some((TokenKind::Text(text), offset)) if !text.trim().is_empty() => {
                Some(Unit { name: text.trim().to_owned(), offset })
            }
            Some((_, offset)) => {
                let message = "единица пишется в кавычках: {{число X \"человек\"}}";
                return Err(TextError::new(offset, message));
            }
        };
        self.call(spec, path, offset, unit, named)
    }

    fn call(
        &mut self,
        helper: &'static HelperSpec,
        path: String,
        offset: usize,
        unit: Option<Unit>,
        named: &[Token<'_>],
    ) -> Result<Call, TextError> {
        let in_each = self.open.iter().any(|open| open.name == "каждый");
        if !in_each && (path == "это" || path.starts_with("это.")) {
            let message = "«это» имеет смысл только внутри {{#каждый …}}";
            return Err(TextError::new(offset, message));
        }
        let arguments = named_arguments(helper, named)?;
        self.slots += 1;
        Ok(Call { slot: self.slots, helper, path, offset, arguments, unit })
    }

    fn open_block(&mut self, offset: usize, rest: &[Token<'_>]) -> Result<(), TextError> {
        let Some((Token { kind: TokenKind::Word(name), offset: at }, rest)) = rest.split_first()
        else {
            return Err(TextError::new(offset, "после «{{#» ожидалось «если» или «каждый»"));
        };
        let Some(spec) = helper(name).filter(|spec| spec.block) else {
            self.open_faulty(offset, "если");
            return Err(unknown_block(name, *at));
        };
        let opened = self.opened(spec, *at, rest);
        let (call, known, fault) = match opened {
            Ok((call, known)) => (Some(call), known, None),
            Err(error) => (None, false, Some(error)),
        };
        let before = std::mem::take(&mut self.nodes);
        self.open.push(Open { name: spec.name, offset, call, known, before, then: None });
        fault.map_or(Ok(()), Err)
    }

    fn opened(
        &mut self,
        spec: &'static HelperSpec,
        at: usize,
        rest: &[Token<'_>],
    ) -> Result<(Call, bool), TextError> {
        if self.open.len() >= MAX_DEPTH {
            let message = format!("блоки вложены глубже {MAX_DEPTH}: разбейте текст");
            return Err(TextError::new(at, message));
        }
        if spec.name == "каждый" && self.open.iter().any(|open| open.name == "каждый") {
            return Err(TextError::new(at, "{{#каждый}} внутри {{#каждый}} не пишут"));
        }
        let (positional, named) = split_arguments(rest);
        let (known, positional) = match positional.split_first() {
            Some((Token { kind: TokenKind::Word("известно"), .. }, tail))
                if spec.name == "если" =>
            {
                (true, tail)
            }
            _ => (false, positional),
        };
        let [token] = positional else {
            return Err(TextError::new(
                at,
                format!("«{}» ждёт одно имя: {}", spec.name, spec.example),
            ));
        };
        let TokenKind::Word(word) = token.kind else {
            return Err(not_a_name(spec, *token));
        };
        if matches!(word, "не" | "неизвестно") {
            let message = "условие наоборот пишется через {{else}}";
            return Err(TextError::new(token.offset, message));
        }
        let path = path(word, token.offset)?;
        Ok((self.call(spec, path, token.offset, None, named)?, known))
    }

    fn otherwise(&mut self, offset: usize, rest: &[Token<'_>]) -> Result<(), TextError> {
        if let Some(token) = rest.first() {
            let message = "{{else}} пишется без условия; условие ставят вложенным {{#если}}";
            return Err(TextError::new(token.offset, message));
        }
        match self.open.last_mut() {
            None => Err(TextError::new(offset, "{{else}} стоит вне {{#если}}")),
            Some(open) if open.then.is_some() => {
                Err(TextError::new(offset, "второе {{else}} в одном блоке"))
            }
            Some(open) => {
                open.then = Some(std::mem::take(&mut self.nodes));
                Ok(())
            }
        }
    }

    fn close_block(&mut self, offset: usize, rest: &[Token<'_>]) -> Result<(), TextError> {
        let name = match rest {
            [Token { kind: TokenKind::Word(name), .. }] => *name,
            _ => return Err(TextError::new(offset, "блок закрывается так: {{/если}}")),
        };
        let Some(open) = self.open.last() else {
            let message = format!("{{{{/{name}}}}} закрывает блок, которого нет");
            return Err(TextError::new(offset, message));
        };
        let expected = open.name;
        let faulty = open.call.is_none();
        self.close_last();
        if expected == name || faulty {
            return Ok(());
        }
        let message = format!("здесь ожидалось {{{{/{expected}}}}}, а стоит {{{{/{name}}}}}");
        Err(TextError::new(offset, message))
    }

    fn close_last(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let last = std::mem::replace(&mut self.nodes, open.before);
        let (then, otherwise) = match open.then {
            Some(then) => (then, last),
            None => (last, Vec::new()),
        };
        let Some(call) = open.call else { return };
        self.nodes.push(match open.name {
            "каждый" => Node::Each { list: call, body: then, otherwise },
            _ => Node::If { test: call, known: open.known, then, otherwise },
        });
    }

    /// A mustache that could not be cut may have opened or closed a block: that is remembered,
    /// lest its other end be reported too.
    fn broken(&mut self, offset: usize, inside: &str) {
        if inside.starts_with('/') {
            self.close_last();
        } else if let Some(name) = inside.strip_prefix('#') {
            let name = if name.trim_start().starts_with("каждый") {
                "каждый"
            } else {
                "если"
            };
            self.open_faulty(offset, name);
        }
    }

    fn open_faulty(&mut self, offset: usize, name: &'static str) {
        let before = std::mem::take(&mut self.nodes);
        self.open.push(Open { name, offset, call: None, known: false, before, then: None });
    }

    fn finish(mut self) -> Result<Vec<Node>, Vec<TextError>> {
        for open in self.open.iter().filter(|open| open.call.is_some()) {
            let message =
                format!("блок {{{{#{0}}}}} не закрыт: не хватает {{{{/{0}}}}}", open.name);
            self.errors.push(TextError::new(open.offset, message));
        }
        if self.errors.is_empty() {
            return Ok(self.nodes);
        }
        self.errors.sort();
        Err(self.errors)
    }
}

/// Positional arguments stand before named ones.
fn split_arguments<'a, 'b>(tokens: &'b [Token<'a>]) -> (&'b [Token<'a>], &'b [Token<'a>]) {
    let equals = tokens.iter().position(|token| token.kind == TokenKind::Equals);
    let first_named = equals.map_or(tokens.len(), |at| at.saturating_sub(1));
    tokens.split_at(first_named)
}

fn arguments_of<'a>(
    spec: &HelperSpec,
    name: &str,
    at: usize,
    positional: &[Token<'a>],
) -> Result<(Token<'a>, Option<Token<'a>>), TextError> {
    if let Some(extra) = positional.get(spec.arity.1) {
        let message = format!("лишнее у «{name}»; пишут так: {}", spec.example);
        return Err(TextError::new(extra.offset, message));
    }
    match positional.first() {
        Some(first) => Ok((*first, positional.get(1).copied())),
        None => {
            let message = format!("«{name}» ждёт имя; пишут так: {}", spec.example);
            Err(TextError::new(at, message))
        }
    }
}

fn not_a_name(spec: &HelperSpec, token: Token<'_>) -> TextError {
    let message = format!("здесь ожидалось имя без кавычек: {}", spec.example);
    TextError::new(token.offset, message)
}

/// A path, if it is one: segments between single points, none of them empty.
fn path(written: &str, offset: usize) -> Result<String, TextError> {
    let good = |segment: &str| {
        segment.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && segment.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    if !written.split('.').all(good) {
        return Err(TextError::new(offset, format!("«{written}» — не имя")));
    }
    if matches!(written, "сегодня" | "сейчас") {
        let message = "имени «сегодня» нет: документ строится на свою дату, назовите её";
        return Err(TextError::new(offset, message));
    }
    Ok(written.to_owned())
}

/// Words of Handlebars that authors bring along, and Russian ones they expect.
fn refuse_foreign_words(name: &str, at: usize) -> Result<(), TextError> {
    let message = match name {
        "иначе" => "вместо {{иначе}} пишется {{else}}: другого слова Handlebars не понимает",
        "конец" => "блок закрывается своим словом: {{/если}}, {{/каждый}}",
        "if" | "unless" => "вместо {{#if}} пишется {{#если}}",
        "each" => "вместо {{#each}} пишется {{#каждый}}",
        "with" | "lookup" | "log" | "raw" => "этого слова в текстах нет",
        "this" => "вместо {{this}} пишется {{это}}",
        _ => return Ok(()),
    };
    Err(TextError::new(at, message))
}

fn unknown_block(name: &str, at: usize) -> TextError {
    if let Err(error) = refuse_foreign_words(name, at) {
        return error;
    }
    if helper(name).is_some() {
        let message = format!("«{name}» — не блок: пишите без решётки");
        return TextError::new(at, message);
    }
    let blocks = HELPERS.iter().filter(|spec| spec.block).map(|spec| spec.name);
    TextError::new(at, with_guess(format!("блока «{name}» нет"), name, blocks))
}

fn unknown_helper(name: &str, at: usize, argument: usize) -> TextError {
    let helpers = HELPERS.iter().map(|spec| spec.name).filter(|name| !name.is_empty());
    let guess = suggest(name, helpers.clone());
    if guess.is_none() && name.contains(['.', '_']) {
        return TextError::new(argument, format!("лишнее после имени «{name}»"));
    }
    TextError::new(at, with_guess(format!("помощника «{name}» нет"), name, helpers))
}

fn with_guess<'a>(
    message: String,
    name: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> String {
    match suggest(name, candidates.clone()) {
        Some(guess) => format!("{message}; возможно, вы имели в виду «{guess}»"),
        None => {
            let all: Vec<&str> = candidates.into_iter().collect();
            format!("{message}; есть: {}", all.join(", "))
        }
    }
}

fn named_arguments(spec: &HelperSpec, tokens: &[Token<'_>]) -> Result<Arguments, TextError> {
    let mut arguments = Arguments::default();
    for triple in tokens.chunks(3) {
        let (name, offset, value) = match triple {
            [name, equals, value] if equals.kind == TokenKind::Equals => match name.kind {
                TokenKind::Word(word) => (word, name.offset, value),
                _ => return Err(TextError::new(name.offset, "перед «=» ожидалось имя аргумента")),
            },
            [token, ..] => {
                let message = "ожидался аргумент вида имя=\"значение\"";
                return Err(TextError::new(token.offset, message));
            }
            [] => continue,
        };
        let value_of = argument_value(spec, name, offset, value)?;
        if arguments.get(name).is_some() {
            return Err(TextError::new(offset, format!("аргумент «{name}» назван дважды")));
        }
        arguments = arguments.with(name, value_of);
    }
    Ok(arguments)
}

fn argument_value(
    spec: &HelperSpec,
    name: &str,
    offset: usize,
    value: &Token<'_>,
) -> Result<Argument, TextError> {
    let takes = |argument: &&super::ArgumentSpec| {
        (argument.chooses_value && spec.takes != Takes::Identifier)
            || spec.options.contains(&argument.name)
    };
    let mut allowed = ARGUMENTS.iter().filter(takes).map(|argument| argument.name);
    if !allowed.any(|known| known == name) {
        let whose = if spec.name.is_empty() { "имени" } else { spec.name };
        let allowed = ARGUMENTS.iter().filter(takes).map(|argument| argument.name);
        let message = format!("аргумента «{name}» у «{whose}» нет");
        return Err(TextError::new(offset, with_guess(message, name, allowed)));
    }
    let argument = match value.kind {
        TokenKind::Text(text) => Argument::Text(text.to_owned()),
        TokenKind::Number(number) => Argument::Number(number),
        _ => {
            let message = format!("значение аргумента «{name}» пишется в кавычках или числом");
            return Err(TextError::new(value.offset, message));
        }
    };
    check_argument(spec, name, &argument)
        .map_err(|message| TextError::new(value.offset, message))?;
    Ok(argument)
}

fn check_argument(spec: &HelperSpec, name: &str, argument: &Argument) -> Result<(), String> {
    match (name, argument) {
        ("падеж", Argument::Text(case)) if Case::from_word(case).is_some() => Ok(()),
        ("падеж", Argument::Text(case)) => {
            let words = Case::ALL.map(Case::word);
            Err(with_guess(format!("падежа «{case}» нет"), case, words))
        }
        ("союз", Argument::Text(word)) => one_of(word, &["и", "или", "либо", "а также", "нет"]),
        ("вид", Argument::Text(word)) if spec.takes == Takes::Date => {
            one_of(word, &["полный", "краткий", "цифрами"])
        }
        ("вид", Argument::Text(word)) => one_of(word, &["словами", "знаком"]),
        ("знаков", Argument::Number(0..=6)) => Ok(()),
        ("знаков", _) => Err("«знаков» — число от 0 до 6".into()),
        ("год_назад", Argument::Number(1..=20)) => Ok(()),
        ("год_назад", _) => Err("«год_назад» — число от 1 до 20".into()),
        ("за", _) => Ok(()),
        (_, Argument::Text(text)) if !text.trim().is_empty() => Ok(()),
        _ => Err(format!("значение аргумента «{name}» — непустая строка в кавычках")),
    }
}

fn one_of(word: &str, allowed: &[&'static str]) -> Result<(), String> {
    if allowed.contains(&word) {
        return Ok(());
    }
    Err(format!("«{word}» здесь не подходит; есть: {}", allowed.join(", ")))
}
