//! A source cut into plain text and mustaches, a mustache cut into tokens.

use super::TextError;

/// A piece of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Words(&'a str),
    /// What stands between `{{` and `}}`, in tokens.
    Mustache {
        offset: usize,
        tokens: Vec<Token<'a>>,
    },
    /// A mustache that is no good, from behind its `{{`: it is reported and passed over.
    Broken {
        offset: usize,
        inside: &'a str,
    },
}

/// A token of a mustache with its byte offset in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub offset: usize,
    pub kind: TokenKind<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind<'a> {
    Word(&'a str),
    Text(&'a str),
    Number(i64),
    Equals,
    /// `#`, the start of a block.
    Open,
    /// `/`, its end.
    Close,
}

/// Cuts a source; faults go to `errors`.
pub(super) fn scan<'a>(source: &'a str, errors: &mut Vec<TextError>) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(start) = next_mustache(source, at) {
        pieces.push(words(source, at, start, errors));
        let mut scanner = Scanner { source, at: start + 2 };
        match scanner.tokens() {
            Ok(tokens) => pieces.push(Piece::Mustache { offset: start, tokens }),
            Err(error) => {
                errors.push(error);
                scanner.skip_broken();
                let inside = source.get(start + 2..scanner.at).unwrap_or("");
                pieces.push(Piece::Broken { offset: start, inside });
            }
        }
        at = scanner.at;
    }
    pieces.push(words(source, at, source.len(), errors));
    pieces
}

/// The next `{{` that no backslash takes for plain text.
pub(super) fn next_mustache(source: &str, from: usize) -> Option<usize> {
    let mut from = from;
    loop {
        let start = from + source.get(from..)?.find("{{")?;
        if !source.get(..start)?.ends_with('\\') {
            return Some(start);
        }
        from = start + 2;
    }
}

fn words<'a>(source: &'a str, from: usize, to: usize, errors: &mut Vec<TextError>) -> Piece<'a> {
    let words = source.get(from..to).unwrap_or("");
    if let Some(at) = words.find("}}") {
        errors.push(TextError::new(from + at, "здесь «}}» без «{{» перед ними"));
    }
    Piece::Words(words)
}

struct Scanner<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or("")
    }

    /// The tokens up to the closing `}}`, which is passed.
    fn tokens(&mut self) -> Result<Vec<Token<'a>>, TextError> {
        let start = self.at - 2;
        let mut tokens = Vec::new();
        loop {
            let rest = self.rest();
            let Some(first) = rest.chars().next() else {
                return Err(TextError::new(start, "«{{» не закрыто: не хватает «}}»"));
            };
            if rest.starts_with("}}") {
                self.at += 2;
                return Ok(tokens);
            }
            if rest.starts_with("{{") {
                return Err(TextError::new(start, "«{{» не закрыто: до «}}» стоит ещё одно «{{»"));
            }
            if matches!(first, ' ' | '\t' | '\n' | '\r') {
                self.at += 1;
                continue;
            }
            let offset = self.at;
            let kind = self.token(first)?;
            tokens.push(Token { offset, kind });
        }
    }

    fn token(&mut self, first: char) -> Result<TokenKind<'a>, TextError> {
        match first {
            '#' => Ok(self.sign(TokenKind::Open)),
            '/' => Ok(self.sign(TokenKind::Close)),
            '=' => Ok(self.sign(TokenKind::Equals)),
            '"' | '\'' => self.text(first),
            '-' => self.number(),
            c if c.is_ascii_digit() => self.number(),
            c if c.is_alphabetic() || c == '_' => Ok(self.word()),
            c => Err(TextError::new(self.at, misplaced(c, self.rest()))),
        }
    }

    fn sign(&mut self, kind: TokenKind<'a>) -> TokenKind<'a> {
        self.at += 1;
        kind
    }

    fn word(&mut self) -> TokenKind<'a> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.')))
            .unwrap_or(rest.len());
        self.at += end;
        TokenKind::Word(rest.get(..end).unwrap_or(rest))
    }

    fn number(&mut self) -> Result<TokenKind<'a>, TextError> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | ',' | '-')))
            .unwrap_or(rest.len());
        let written = rest.get(..end).unwrap_or(rest);
        let number = written.parse().map_err(|_| {
            TextError::new(
                self.at,
                format!("«{written}» — не целое число и не имя: имя начинается с буквы"),
            )
        })?;
        self.at += end;
        Ok(TokenKind::Number(number))
    }

    fn text(&mut self, quote: char) -> Result<TokenKind<'a>, TextError> {
        let inside = self.rest().get(1..).unwrap_or("");
        let end = inside.find([quote, '\n']);
        let text = end.and_then(|end| inside.get(..end)).unwrap_or("");
        let closed = end.is_some_and(|end| inside.get(end..).is_some_and(|s| s.starts_with(quote)));
        if !closed {
            return Err(TextError::new(self.at, "кавычка не закрыта на этой строке"));
        }
        if let Some(at) = text.find('\\') {
            let offset = self.at + 1 + at;
            return Err(TextError::new(offset, "знак «\\» в строке аргумента не нужен"));
        }
        self.at += text.len() + 2;
        Ok(TokenKind::Text(text))
    }

    /// After a fault: to the end of this mustache, or to the start of the next one.
    fn skip_broken(&mut self) {
        let rest = self.rest();
        let close = rest.find("}}").unwrap_or(rest.len());
        let open = rest.find("{{").unwrap_or(rest.len());
        self.at += if close <= open { (close + 2).min(rest.len()) } else { open };
        let extra = self.rest();
        if close < open && extra.starts_with('}') {
            self.at += 1;
        }
    }
}

/// The message for a sign that has no place in a mustache.
fn misplaced(sign: char, rest: &str) -> String {
    match sign {
        '{' => "третья скобка не нужна: в текстах ничего не экранируется, пишите {{имя}}".into(),
        '«' | '»' | '„' | '“' => {
            "строка в аргументе пишется в прямых кавычках: \"человек\"".into()
        }
        '!' => "пояснение внутри текста не пишут: для него есть строка «// …» вне текста".into(),
        '>' | '&' | '*' | '^' | '~' | '@' | '(' | '[' | '|' => {
            format!("знак «{sign}» в текстах не используется")
        }
        '.' if rest.starts_with("..") => {
            "«../» в текстах не нужно: имена вокруг видны и внутри блока".into()
        }
        c if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' => {
            "здесь неразрывный или невидимый пробел: замените его обычным".into()
        }
        c => format!("знак «{c}» здесь не нужен"),
    }
}
