//! What Gantry logs is what docs/logging.md says: every field, and every message that needs an action.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use proc_macro2::{TokenStream, TokenTree};

use crate::sources::{root, sources};

/// The macros that write a line, by its level.
const LEVELS: [&str; 5] = ["error", "warn", "info", "debug", "trace"];

/// The macros that open a span. Each line within it has its fields.
const SPANS: [&str; 5] = [
    "error_span",
    "warn_span",
    "info_span",
    "debug_span",
    "trace_span",
];

/// A call of one of these macros.
#[derive(Debug, PartialEq, Eq)]
struct Call {
    /// The macro's name.
    level: String,
    /// The literal, as the source has it.
    message: String,
    fields: Vec<String>,
}

/// Every call in the sources of Gantry.
fn all_calls() -> Vec<Call> {
    let mut paths = Vec::new();
    for folder in ["app/src", "crates", "server/src"] {
        paths.extend(sources(&root().join(folder)));
    }
    let mut found = Vec::new();
    for path in paths {
        let source = fs::read_to_string(&path).unwrap();
        let tokens = source.parse().map_err(|error| (path, error)).unwrap();
        calls(tokens, &mut found);
    }
    // Renamed macros or moved folders must not make this test pass.
    assert!(found.len() > 50, "{found:#?}");
    found
}

/// The calls in some tokens, at any depth.
fn calls(tokens: TokenStream, found: &mut Vec<Call>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        calls(group.stream(), found);
        let before = |back: usize| {
            let token = at.checked_sub(back).and_then(|at| tokens.get(at));
            token.map_or_else(String::new, ToString::to_string)
        };
        let name = before(2);
        if before(1) == "!" && LEVELS.iter().chain(&SPANS).any(|known| *known == name) {
            found.push(call(name, group.stream()));
        } else if before(1) == "record"
            && let Some(field) = group.stream().into_iter().next().and_then(text)
        {
            found.push(Call {
                level: "record".to_owned(),
                message: String::new(),
                fields: vec![field],
            });
        }
    }
}

/// What the arguments of a macro are: fields, and a message.
fn call(level: String, arguments: TokenStream) -> Call {
    let mut call = Call {
        level,
        message: String::new(),
        fields: Vec::new(),
    };
    let arguments: Vec<_> = arguments.into_iter().collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(it) if it.as_char() == ',');
    for argument in arguments.split(is_comma) {
        match argument {
            [] => {}
            [TokenTree::Literal(_)] => call.message = text(argument[0].clone()).unwrap_or_default(),
            tokens => call.fields.push(field(tokens)),
        }
    }
    call
}

/// The text between its quotation marks, as it is written in the source.
fn text(token: TokenTree) -> Option<String> {
    let literal = token.to_string();
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    Some(text.to_owned())
}

/// The name of a field: `registry.alias = %alias`, `%error`, `count`.
fn field(argument: &[TokenTree]) -> String {
    let is_sign = |token: &&TokenTree, signs: &str| matches!(token, TokenTree::Punct(it) if signs.contains(it.as_char()));
    let name = argument
        .iter()
        .skip_while(|token| is_sign(token, "%?"))
        .take_while(|token| !is_sign(token, "="));
    name.map(ToString::to_string).collect()
}

/// The first column of the table below a heading of docs/logging.md, which is in backquotes.
fn documented(heading: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("docs/logging.md")).unwrap();
    let section = text.split("\n## ").find(|it| it.starts_with(heading));
    let rows = section.unwrap().lines();
    let named = rows.filter_map(|row| row.strip_prefix("| `")?.split('`').next());
    let named: Vec<_> = named.map(str::to_owned).collect();
    let all: BTreeSet<_> = named.iter().cloned().collect();
    assert_eq!(all.len(), named.len(), "a row of {heading} is there twice");
    assert!(!all.is_empty(), "{heading}");
    all
}

fn assert_same(used: &BTreeSet<String>, documented: &BTreeSet<String>) {
    let missing: Vec<_> = used.difference(documented).collect();
    let unused: Vec<_> = documented.difference(used).collect();
    assert!(
        missing.is_empty() && unused.is_empty(),
        "docs/logging.md lacks {missing:#?}, and the sources lack {unused:#?}"
    );
}

#[test]
fn every_field_of_the_log_is_documented() {
    let used: BTreeSet<_> = all_calls().into_iter().flat_map(|it| it.fields).collect();
    assert_same(&used, &documented("Fields"));
}

#[test]
fn every_warning_and_error_is_documented() {
    let mut used = BTreeMap::<_, BTreeSet<_>>::new();
    for call in all_calls() {
        used.entry(call.level).or_default().insert(call.message);
    }
    assert_same(&used["error"], &documented("Errors"));
    assert_same(&used["warn"], &documented("Warnings"));
}

/// What differs from line to line is in fields, so that a search for a message finds all of its lines.
#[test]
fn messages_are_whole_sentences_without_values() {
    let lines = all_calls().into_iter();
    let lines = lines.filter(|call| LEVELS.contains(&call.level.as_str()));
    let is_well = |message: &str| {
        message.starts_with(char::is_uppercase)
            && message.split(' ').count() > 2
            && !message.ends_with('.')
            && !message.contains(['{', '}', '\\'])
    };
    let odd: Vec<_> = lines.filter(|call| !is_well(&call.message)).collect();
    assert!(odd.is_empty(), "{odd:#?}");
}

#[test]
fn calls_are_found_in_sources() {
    let source = r##"
        /// tracing::warn!("In a comment");
        fn one() {
            let text = "tracing::warn!(\"in a text\")";
            match two() {
                Ok(count) => tracing::info!(count, "One"),
                Err(error) => warn!(%error, registry.alias = ?f(1, "two"), person.id, "Three"),
            }
            let span = tracing::info_span!("request", request.id = id(), response.status = field::Empty,);
            span.record("response.status", 200);
        }
    "##;
    let mut found = Vec::new();
    calls(source.parse().unwrap(), &mut found);
    let call = |level: &str, message: &str, fields: &[&str]| Call {
        level: level.to_owned(),
        message: message.to_owned(),
        fields: fields.iter().map(|&field| field.to_owned()).collect(),
    };
    let [info, warning, span, recorded] = [
        call("info", "One", &["count"]),
        call("warn", "Three", &["error", "registry.alias", "person.id"]),
        call("info_span", "request", &["request.id", "response.status"]),
        call("record", "", &["response.status"]),
    ];
    assert_eq!(found, [info, warning, span, recorded]);
}
