//! Logical lines → declarations and clauses. A line that cannot be read is reported and left out;
//! its neighbours and its block are still read.

use pest::error::{Error, ErrorVariant, InputLocation};

use super::blank::{blanks, is_blank};
use super::layout::{self, Line};
use super::shapes::{self, Origin, Rule};
use super::squeeze::{Squeezed, source_offset};
use super::tree::{Annotation, Clause, File, Item, Name, Node, Quoted, Rows, Template, Value};
use super::vocabulary::{
    self, ClauseSpec, Noun, NounSpec, Part, Shape, clauses_below, clauses_of, noun_of, nouns_below,
};
use super::{codes, expected, impossible, salvage};
use crate::base::{FileId, Level, Span, latin_letters, suggest};
use crate::diag::Diagnostic;

const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Reads one file of a pack. Every fault is reported in one run.
pub fn parse_file(file: FileId, text: &str, out: &mut Vec<Diagnostic>) -> File {
    if text.trim().is_empty() || text.len() > MAX_BYTES {
        let place = Span::new(file, 0, 0);
        let fault = if text.len() > MAX_BYTES {
            "файл больше 16 МБ"
        } else {
            "файл пуст"
        };
        out.push(
            Diagnostic::error(codes::NOT_TEXT, place, fault)
                .with_hint("удалите файл из пакета или запишите в него хотя бы одно объявление"),
        );
        return File::default();
    }
    let lines = layout::lines(file, text, out);
    let top = vocabulary::top_level();
    let place = Context { nouns: &top, clauses: Vec::new(), of: None };
    File { nodes: Parser { text, out }.nodes(&lines, &place) }
}

/// What may stand at a place.
struct Context<'a> {
    nouns: &'a [Noun],
    clauses: Vec<&'static ClauseSpec>,
    of: Option<&'static NounSpec>,
}

impl Context<'_> {
    /// Whether rows of a source's table may stand here.
    fn is_table(&self) -> bool {
        self.of.is_some_and(|spec| spec.noun == Noun::Mechanism)
    }
}

struct Parser<'a> {
    text: &'a str,
    out: &'a mut Vec<Diagnostic>,
}

impl<'a> Parser<'a> {
    fn nodes(&mut self, lines: &[Line], place: &Context<'_>) -> Vec<Node> {
        lines.iter().filter_map(|line| self.node(line, place)).collect()
    }

    fn node(&mut self, line: &Line, place: &Context<'_>) -> Option<Node> {
        self.read(line, place).or_else(|| {
            let names = salvage::names(line, self.text);
            (!names.is_empty()).then_some(Node::Lost(names))
        })
    }

    fn read(&mut self, line: &Line, place: &Context<'_>) -> Option<Node> {
        let body = self.slice(line.span);
        let first = first_word(body);
        if line.broken {
            return self.broken_clause(line, body, place);
        }
        if first == "для" && body.contains(" из ") {
            return self.template(line, place).map(Node::Template);
        }
        if ["строка", "строки"].contains(&first) && place.is_table() {
            return self.rows(line, place).map(Node::Rows);
        }
        if let Some(spec) = noun_of(first, place.nouns)
            && !is_clause_of_same_word(body, place)
        {
            return self.item(line, spec).map(Node::Item);
        }
        match clause_of(body, &place.clauses) {
            Some(spec) => self.clause(line, spec).map(Node::Clause),
            None => self.unknown_line(line, first, place),
        }
    }

    /// What the layout has found broken is not read, but it was said.
    fn broken_clause(&self, line: &Line, body: &str, place: &Context<'_>) -> Option<Node> {
        if noun_of(first_word(body), place.nouns).is_some() {
            return None;
        }
        let keyword = clause_of(body, &place.clauses).map(|spec| spec.keyword);
        keyword.filter(|keyword| !keyword.is_empty()).map(|keyword| unread(line, keyword))
    }

    fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.start..span.end).unwrap_or("")
    }

    // -------------------------------------------------------------- templates

    fn template(&mut self, line: &Line, place: &Context<'_>) -> Option<Template> {
        let rest = self.after(line.span, "для");
        let squeezed = Squeezed::new(self.slice(rest));
        let pair = self.pair(Rule::template, &squeezed, rest)?;
        let origin = origin(rest, &squeezed);
        let mut names = pair
            .into_inner()
            .filter(|p| p.as_rule() == Rule::name)
            .map(|p| Name { text: p.as_str().to_owned(), span: origin.span(&p) })
            .collect::<Vec<_>>()
            .into_iter();
        let variable = names.next()?;
        let body = self.nodes(&line.children, place);
        Some(Template { variable, values: names.collect(), body, span: line.span })
    }

    fn rows(&mut self, line: &Line, place: &Context<'_>) -> Option<Rows> {
        let word = first_word(self.slice(line.span));
        let rest = self.after(line.span, word);
        let squeezed = Squeezed::new(self.slice(rest));
        let pair = self.pair(Rule::rows, &squeezed, rest)?;
        let numbers = shapes::rows(pair)?;
        self.check_rows(line, &numbers);
        let each = word == "строки";
        Some(Rows { numbers, each, body: self.nodes(&line.children, place), span: line.span })
    }

    fn check_rows(&mut self, line: &Line, numbers: &[u32]) {
        let (fault, hint) = if numbers.contains(&0) {
            ("строки таблицы считают с 1", "назовите номер, который у строки в источнике")
        } else if line.children.is_empty() {
            (
                "в строке таблицы ничего нет",
                "перенесите под неё, с отступом, то, что стоит в этой строке",
            )
        } else {
            return;
        };
        self.out.push(Diagnostic::error(codes::MALFORMED, line.span, fault).with_hint(hint));
    }

    // -------------------------------------------------------------- declarations

    fn item(&mut self, line: &Line, spec: &'static NounSpec) -> Option<Item> {
        let rest = self.after(line.span, spec.word);
        let mut item = if spec.noun == Noun::Defaults {
            self.defaults_head(line, rest)?
        } else {
            self.head(line, rest, spec)?
        };
        let inside = Context {
            nouns: spec.children,
            clauses: clauses_of(item.noun).collect(),
            of: Some(spec),
        };
        item.body.extend(self.nodes(&line.children, &inside));
        Some(item)
    }

    fn defaults_head(&mut self, line: &Line, rest: Span) -> Option<Item> {
        let squeezed = Squeezed::new(self.slice(rest));
        let pair = self.pair(Rule::defaults, &squeezed, rest)?;
        let mut words = pair.into_inner();
        let of = words.find(|p| p.as_rule() == Rule::default_of)?.as_str().trim_end();
        let level = level_of(words.find(|p| p.as_rule() == Rule::level_word)?.as_str());
        let noun =
            if of == "показателей" { Noun::IndicatorDefaults } else { Noun::Defaults };
        let name = Name { text: "умолчания".to_owned(), span: line.span };
        Some(self.blank_item(noun, line, name, level))
    }

    fn blank_item(&self, noun: Noun, line: &Line, name: Name, level: Option<Level>) -> Item {
        Item {
            noun,
            span: line.span,
            level,
            name,
            number: None,
            title: None,
            body: Vec::new(),
            prose: line.prose.clone(),
            row: None,
            values: Vec::new(),
        }
    }

    fn head(&mut self, line: &Line, rest: Span, spec: &'static NounSpec) -> Option<Item> {
        let squeezed = Squeezed::new(self.slice(rest));
        let pair = self.pair(Rule::head, &squeezed, rest)?;
        let at = origin(rest, &squeezed);
        let (mut level, mut name, mut number, mut title) = (None, None, None, None);
        let mut tail = Span::new(rest.file, rest.end, rest.end);
        for part in pair.into_inner() {
            let span = at.span(&part);
            match part.as_rule() {
                Rule::level_word => level = level_of(part.as_str()),
                Rule::name => name = Some(Name { text: part.as_str().to_owned(), span }),
                Rule::printed_no => number = Some(shapes::printed_no(&part)),
                Rule::string => title = Some(shapes::quoted(&part, at)),
                Rule::head_rest => tail = span,
                _ => {}
            }
        }
        if name.is_none() && spec.id == Part::Must && self.is_taken_name(tail) {
            return None;
        }
        if level == Some(Level::Unstated) && spec.noun != Noun::Activity {
            self.head_fault(line, spec, "без уровня бывает только мероприятие".to_owned());
            return None;
        }
        self.check_head(line, spec, level.is_some(), name.is_some(), title.is_some())?;
        if let Some(title) = title.as_ref().filter(|title| is_blank(title)) {
            self.blank(title.span);
        }
        if number.as_ref().is_some_and(|number: &String| number.trim().is_empty()) {
            self.head_fault(line, spec, "после «№» в кавычках ничего нет".to_owned());
        }
        let name = name.unwrap_or(Name { text: String::new(), span: line.span });
        let mut item = self.blank_item(spec.noun, line, name, level);
        item.number = number;
        item.title = title;
        item.body = self.head_tail(line, tail, spec);
        Some(item)
    }

    /// Clauses that stand in the head itself: `вид_организации детский_сад «…» сокращённо «ДОО»`.
    fn head_tail(&mut self, line: &Line, tail: Span, spec: &'static NounSpec) -> Vec<Node> {
        if self.slice(tail).trim().is_empty() {
            return Vec::new();
        }
        let inside =
            Context { nouns: &[], clauses: clauses_of(spec.noun).collect(), of: Some(spec) };
        let text = self.slice(tail);
        let start = tail.start + (text.len() - text.trim_start().len());
        let part = Line {
            span: Span::new(tail.file, start, tail.start + text.trim_end().len()),
            children: Vec::new(),
            prose: Vec::new(),
            raw: None,
            broken: line.broken,
            tabbed: line.tabbed,
        };
        self.nodes(std::slice::from_ref(&part), &inside)
    }

    fn check_head(
        &mut self,
        line: &Line,
        spec: &NounSpec,
        level: bool,
        id: bool,
        title: bool,
    ) -> Option<()> {
        let parts = [
            (spec.level, level, "уровень (федерации, региона, муниципалитета, школы)"),
            (spec.id, id, "имя из букв, цифр и «_»"),
            (spec.title, title, "название в «ёлочках»"),
        ];
        let missing: Vec<&str> = parts
            .iter()
            .filter(|(rule, given, _)| *rule == Part::Must && !given)
            .map(|(_, _, what)| *what)
            .collect();
        if level && spec.level == Part::No {
            self.head_fault(line, spec, "у него не бывает уровня".to_owned());
            return None;
        }
        if missing.is_empty() {
            return Some(());
        }
        self.head_fault(line, spec, format!("не хватает: {}", missing.join("; ")));
        None
    }

    fn head_fault(&mut self, line: &Line, spec: &NounSpec, fault: String) {
        let level = if spec.level == Part::Must { " школы" } else { "" };
        self.out.push(
            Diagnostic::error(codes::HEAD, line.span, format!("«{}»: {fault}", spec.word))
                .with_hint(format!("образец: {}{level} имя № 1 «Название»", spec.word)),
        );
    }

    // -------------------------------------------------------------- clauses

    fn clause(&mut self, line: &Line, spec: &'static ClauseSpec) -> Option<Clause> {
        let rest = self.after(line.span, spec.keyword);
        let block = clauses_below(spec);
        let listed = self.is_listed(line, spec, rest);
        let read = match spec.shape {
            Shape::Raw => Some((Value::Raw, Vec::new())),
            Shape::Block(_) => self.block_head(spec, rest),
            _ if listed => self.list_value(line, spec),
            shape => self.value(shape, rest),
        };
        let (value, annotations) = read.unwrap_or((Value::Unreadable, Vec::new()));
        let below = nouns_below(spec);
        let mut body = Vec::new();
        if !listed && !line.children.is_empty() && block.is_empty() && below.is_empty() {
            self.unexpected_block(line, spec);
        } else if !listed {
            let inside = Context { nouns: below, clauses: block, of: None };
            body = self.nodes(&line.children, &inside);
        }
        let keyword = spec.keyword;
        let raw = line.raw;
        Some(Clause { keyword, span: line.span, value, annotations, body, raw, row: None })
    }

    /// A block's own line holds nothing but its word and notes.
    fn block_head(&mut self, spec: &ClauseSpec, rest: Span) -> Option<(Value, Vec<Annotation>)> {
        let squeezed = Squeezed::new(self.slice(rest));
        if let Ok(pair) = shapes::parse(Rule::shape_flag, squeezed.text()) {
            return shapes::value(Shape::Flag, pair, origin(rest, &squeezed));
        }
        let word = spec.keyword;
        self.out.push(
            Diagnostic::error(codes::MALFORMED, rest, format!("лишнее после «{word}»"))
                .with_hint(format!("под «{word}» строки пишутся ниже, с отступом")),
        );
        None
    }

    /// Whether a list stands as a block, one element a line.
    fn is_listed(&self, line: &Line, spec: &ClauseSpec, rest: Span) -> bool {
        let lists = [Shape::Names, Shape::Texts, Shape::Documents];
        lists.contains(&spec.shape)
            && !line.children.is_empty()
            && self.slice(rest).trim().is_empty()
    }

    fn list_value(&mut self, line: &Line, spec: &ClauseSpec) -> Option<(Value, Vec<Annotation>)> {
        let mut joined: Option<Value> = None;
        let mut annotations = Vec::new();
        for child in &line.children {
            let span = self
                .after(child.span, if self.slice(child.span).starts_with("- ") { "-" } else { "" });
            let Some((value, mut notes)) = self.value(spec.shape, span) else { continue };
            annotations.append(&mut notes);
            joined = Some(match joined {
                None => value,
                Some(before) => append(before, value),
            });
        }
        joined.map(|value| (value, annotations))
    }

    fn value(&mut self, shape: Shape, rest: Span) -> Option<(Value, Vec<Annotation>)> {
        let rule = shapes::rule_of(shape)?;
        let squeezed = Squeezed::new(self.slice(rest));
        let pair = self.pair(rule, &squeezed, rest)?;
        let value = shapes::value(shape, pair, origin(rest, &squeezed));
        if value.is_none() {
            let (fault, hint) = impossible::told(shape, squeezed.text());
            self.out.push(Diagnostic::error(codes::MALFORMED, rest, fault).with_hint(hint));
        }
        if let Some((value, notes)) = &value {
            blanks(value, notes).into_iter().for_each(|span| self.blank(span));
        }
        value
    }

    fn blank(&mut self, span: Span) {
        self.out.push(
            Diagnostic::error(codes::MALFORMED, span, "в кавычках ничего нет")
                .with_hint("напишите слова или уберите строку"),
        );
    }

    fn pair<'t>(
        &mut self,
        rule: Rule,
        squeezed: &'t Squeezed<'_>,
        rest: Span,
    ) -> Option<pest::iterators::Pair<'t, Rule>> {
        match shapes::parse(rule, squeezed.text()) {
            Ok(pair) => Some(pair),
            Err(error) => {
                self.malformed(rule, squeezed, rest, &error);
                None
            }
        }
    }

    /// What follows `keyword` in a line.
    fn after(&self, span: Span, keyword: &str) -> Span {
        let body = self.slice(span);
        let rest = after_words(body, keyword).unwrap_or(body);
        let trimmed = rest.trim_start();
        Span::new(span.file, span.end - trimmed.len(), span.end)
    }

    // -------------------------------------------------------------- faults

    fn malformed(&mut self, rule: Rule, squeezed: &Squeezed<'_>, rest: Span, error: &Error<Rule>) {
        let at = match error.location {
            InputLocation::Pos(at) => at,
            InputLocation::Span((at, _)) => at,
        };
        let start = rest.start + source_offset(squeezed.cuts(), at);
        let word = self.text.get(start..rest.end).map_or("", first_token);
        let place = Span::new(rest.file, start, (start + word.len()).min(rest.end));
        let ErrorVariant::ParsingError { positives: rules, negatives: barred } = &error.variant
        else {
            self.out.push(
                Diagnostic::error(codes::TOO_DEEP, rest, "выражение слишком запутано")
                    .with_hint("вынесите часть в отдельный показатель"),
            );
            return;
        };
        let wanted = expected::list(rules);
        if wanted.as_deref() == Some(expected::NAME) && shapes::is_taken(word) {
            self.taken(word, place);
            return;
        }
        let mut fault = Diagnostic::error(codes::MALFORMED, place, not_understood(word));
        if barred.contains(&Rule::and_word) || barred.contains(&Rule::or_word) {
            fault = fault.with_hint("возьмите условие после «у которых» в скобки");
        } else if let Some(sample) = impossible::sample(rule, squeezed.text()) {
            fault = fault.with_hint(sample);
        } else if let Some(wanted) = wanted {
            fault = fault.with_hint(format!("здесь ожидается: {wanted}"));
        } else if word == "," {
            fault = fault.with_hint("уберите запятую: перечня здесь не бывает");
        }
        self.out.push(fault);
    }

    /// Whether a head goes on with a word of the language where its name should stand.
    fn is_taken_name(&mut self, tail: Span) -> bool {
        let text = self.slice(tail);
        let word = first_word(text);
        let taken = shapes::is_taken(word);
        if taken {
            self.taken(word, Span::new(tail.file, tail.start, tail.start + word.len()));
        }
        taken
    }

    fn taken(&mut self, word: &str, place: Span) {
        self.out.push(
            Diagnostic::error(codes::MALFORMED, place, format!("слово «{word}» занято языком"))
                .with_hint("выберите другое имя, например с «_»"),
        );
    }

    /// What the line may have been meant for is there, but could not be read.
    fn unknown_line(&mut self, line: &Line, first: &str, place: &Context<'_>) -> Option<Node> {
        let span = Span::new(line.span.file, line.span.start, line.span.start + first.len());
        let known = known_words(place);
        let nearest = suggest(first, known.iter().copied());
        let misplaced = vocabulary::NOUNS.iter().any(|spec| spec.word == first);
        let fault = match (place.of, misplaced) {
            (Some(spec), true) => format!("«{first}» не бывает внутри «{}»", spec.word),
            (Some(spec), false) => format!("в объявлении «{}» нет слова «{first}»", spec.word),
            (None, _) => format!("строка не может начинаться со слова «{first}»"),
        };
        let hint = match nearest {
            Some(word) => format!("{}возможно, вы имели в виду «{word}»", latin_letters(first)),
            None if known.is_empty() => "здесь не бывает вложенных строк".to_owned(),
            None => format!("здесь бывает: {}", known.join(", ")),
        };
        if !line.tabbed {
            self.out.push(Diagnostic::error(codes::UNKNOWN_LINE, span, fault).with_hint(hint));
        }
        let meant = place.clauses.iter().find(|spec| Some(spec.keyword) == nearest)?;
        Some(unread(line, meant.keyword))
    }

    fn unexpected_block(&mut self, line: &Line, spec: &ClauseSpec) {
        let span = line.children.first().map_or(line.span, |child| child.span);
        self.out.push(
            Diagnostic::error(
                codes::NO_BLOCK,
                span,
                format!("под «{}» не бывает вложенных строк", spec.keyword),
            )
            .with_label(line.span, "эта строка не открывает блока")
            .with_hint("уменьшите отступ или соедините строки"),
        );
    }
}

/// A clause that was reported: it is there, what it says is not known.
fn unread(line: &Line, keyword: &'static str) -> Node {
    Node::Clause(Clause {
        keyword,
        span: line.span,
        value: Value::Unreadable,
        annotations: Vec::new(),
        body: Vec::new(),
        raw: None,
        row: None,
    })
}

fn level_of(word: &str) -> Option<Level> {
    match word.trim_end() {
        Level::UNSTATED => Some(Level::Unstated),
        word => Level::from_word(word),
    }
}

fn origin<'t>(span: Span, squeezed: &'t Squeezed<'_>) -> Origin<'t> {
    Origin { file: span.file, offset: span.start, cuts: squeezed.cuts() }
}

/// A noun's word may also begin a longer clause word; the longer one wins.
fn is_clause_of_same_word(body: &str, place: &Context<'_>) -> bool {
    clause_of(body, &place.clauses).is_some_and(|spec| spec.keyword.contains(' '))
}

fn not_understood(word: &str) -> String {
    match word.chars().next() {
        None => "строка оборвана".to_owned(),
        Some(',') => "непонятна запятая".to_owned(),
        Some('«' | '"') => format!("непонятен текст {word}"),
        Some(_) => format!("непонятно «{word}»"),
    }
}

fn append(before: Value, after: Value) -> Value {
    match (before, after) {
        (Value::Names(mut a), Value::Names(b)) => {
            a.extend(b);
            Value::Names(a)
        }
        (Value::Texts(mut a), Value::Texts(b)) => {
            a.extend(b);
            Value::Texts(a)
        }
        (Value::Documents(mut a), Value::Documents(b)) => {
            a.extend(b);
            Value::Documents(a)
        }
        (before, _) => before,
    }
}

fn first_word(body: &str) -> &str {
    let end = body.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(body.len());
    match end {
        0 => body.chars().next().map_or("", |c| body.get(..c.len_utf8()).unwrap_or("")),
        end => body.get(..end).unwrap_or(""),
    }
}

/// The word, sign or quoted text that stands first, cut to a length that one can read.
fn first_token(text: &str) -> &str {
    let quote = text.chars().next().filter(|c| "«\"".contains(*c));
    let close = quote.map(|c| if c == '«' { '»' } else { c });
    let mut after = text.char_indices().skip(1);
    let end = match (close, text.chars().next()) {
        (Some(close), _) => after.find(|(_, c)| *c == close).map(|(at, c)| at + c.len_utf8()),
        (None, Some(',' | ';' | '(' | ')')) => after.next().map(|(at, _)| at),
        (None, _) => {
            after.find(|(_, c)| c.is_whitespace() || ",;()«»".contains(*c)).map(|(at, _)| at)
        }
    };
    let cut = text.char_indices().nth(40).map_or(text.len(), |(at, _)| at);
    let end = end.unwrap_or(text.len());
    let end = if quote.is_some() { end } else { end.min(cut) };
    text.get(..end).unwrap_or("").trim()
}

/// What is left of `body` after the words of `keyword`; blanks between words are free, «е» is «ё».
fn after_words<'a>(body: &'a str, keyword: &str) -> Option<&'a str> {
    let mut rest = body;
    for word in keyword.split(' ') {
        rest = strip_word(rest.trim_start(), word)?;
    }
    Some(rest)
}

fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = text.char_indices();
    for expected in word.chars() {
        let (_, found) = rest.next()?;
        let same = found == expected || matches!((found, expected), ('е', 'ё') | ('ё', 'е'));
        if !same {
            return None;
        }
    }
    let rest = rest.as_str();
    let ends = !word.ends_with(|c: char| c.is_alphanumeric())
        || !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    ends.then_some(rest)
}

/// The clause that a line is: the one with the longest matching keyword.
fn clause_of(body: &str, clauses: &[&'static ClauseSpec]) -> Option<&'static ClauseSpec> {
    clauses
        .iter()
        .filter(|spec| spec.keyword.is_empty() || after_words(body, spec.keyword).is_some())
        .rev()
        .max_by_key(|spec| spec.keyword.len())
        .copied()
}

fn known_words(place: &Context<'_>) -> Vec<&'static str> {
    let nouns = vocabulary::NOUNS
        .iter()
        .filter(|spec| place.nouns.contains(&spec.noun))
        .map(|spec| spec.word);
    let clauses = place.clauses.iter().map(|spec| spec.keyword).filter(|word| !word.is_empty());
    nouns.chain(clauses).collect()
}

/// The text of a quoted title, or nothing.
pub fn title_text(title: &Option<Quoted>) -> &str {
    title.as_ref().map_or("", |quoted| quoted.text.as_str())
}
