//! The modules at the top of a crate depend on each other in one direction only.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::sources::{root, sources};

/// The modules at the top of a crate, each with those that it uses.
type Uses = BTreeMap<String, BTreeSet<String>>;

#[test]
fn modules_at_the_top_of_a_crate_use_each_other_in_one_direction_only() {
    let mut crates = vec![root().join("app"), root().join("server")];
    let libraries = fs::read_dir(root().join("crates")).unwrap();
    crates.extend(libraries.map(|entry| entry.unwrap().path()));
    let circles: Vec<_> = crates
        .iter()
        .map(|path| (path.strip_prefix(root()).unwrap(), uses(&path.join("src"))))
        .filter_map(|(name, uses)| Some((name, circle(uses)?)))
        .collect();
    assert!(
        circles.is_empty(),
        "move what two modules need into a module that uses neither of them: {circles:#?}"
    );
}

/// What the modules of a crate use, by its sources.
fn uses(source: &Path) -> Uses {
    let mut uses = Uses::new();
    for path in sources(source) {
        let inside = path.strip_prefix(source).unwrap().with_extension("");
        let mut names: Vec<_> = inside.iter().map(|name| name.to_str().unwrap()).collect();
        names.pop_if(|name| *name == "mod");
        if matches!(names[..], ["lib" | "main"]) || names.ends_with(&["tests"]) {
            continue;
        }
        let tokens: TokenStream = fs::read_to_string(&path).unwrap().parse().unwrap();
        let used = uses.entry(names[0].to_owned()).or_default();
        collect(tokens, names.len(), used);
    }
    // Other names at the top are types and functions, which a module below has declared.
    let modules: BTreeSet<_> = uses.keys().cloned().collect();
    for (module, used) in &mut uses {
        used.retain(|name| name != module && modules.contains(name));
    }
    uses
}

/// The first names of the paths that start at the top of the crate, in the code of a module at this depth. What only
/// tests use does not count.
fn collect(tokens: TokenStream, depth: usize, found: &mut BTreeSet<String>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let texts: Vec<_> = tokens.iter().map(ToString::to_string).collect();
    let mut at = 0;
    while at < tokens.len() {
        if texts[at] == "#" && texts.get(at + 1).is_some_and(|it| is_for_tests(it)) {
            at += 2;
            while at < tokens.len() && texts[at] != ";" && !is_braced(&tokens[at]) {
                at += 1;
            }
        } else if let Some(length) = to_the_top(&texts[at..], depth) {
            at += length;
            found.extend(first_names(&tokens[at]));
            continue;
        } else if let TokenTree::Group(group) = &tokens[at] {
            let is_module = at >= 2 && texts[at - 2] == "mod";
            collect(group.stream(), depth + usize::from(is_module), found);
        }
        at += 1;
    }
}

fn is_for_tests(attribute: &str) -> bool {
    attribute.replace(' ', "") == "[cfg(test)]"
}

fn is_braced(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// How many tokens a path begins with that lead to the top of the crate: `crate::`, or enough times `super::`.
fn to_the_top(texts: &[String], depth: usize) -> Option<usize> {
    let steps = texts.chunks_exact(3).map(|step| step.join(""));
    let up = steps.take_while(|step| step == "super::").count();
    let is_root = texts.starts_with(&["crate", ":", ":"].map(str::to_owned));
    if is_root {
        Some(3)
    } else {
        (up > 0 && up == depth).then_some(3 * up)
    }
}

/// The name, or the first name of each path in braces.
fn first_names(token: &TokenTree) -> Vec<String> {
    let TokenTree::Group(group) = token else {
        return vec![token.to_string()];
    };
    let tokens: Vec<_> = group.stream().into_iter().collect();
    let is_comma = |token: &TokenTree| token.to_string() == ",";
    let paths = tokens.split(is_comma).filter_map(<[_]>::first);
    paths.map(ToString::to_string).collect()
}

/// Some modules that use each other in a circle, with nothing else. None if there is no circle.
fn circle(mut uses: Uses) -> Option<Uses> {
    loop {
        let before = uses.len();
        // A module that uses no other module, or is used by none, is in no circle.
        let used: BTreeSet<_> = uses.values().flatten().cloned().collect();
        uses.retain(|module, its| !its.is_empty() && used.contains(module));
        let left: BTreeSet<_> = uses.keys().cloned().collect();
        for its in uses.values_mut() {
            its.retain(|module| left.contains(module));
        }
        if uses.len() == before {
            return (before > 0).then_some(uses);
        }
    }
}

#[test]
fn a_circle_is_found_in_the_code_of_programs_and_not_in_tests() {
    let uses = |code: &str| {
        let mut found = BTreeSet::new();
        collect(code.parse().unwrap(), 2, &mut found);
        found.into_iter().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(uses("use crate::{one::{two, Three}, four::*};"), "four one");
    assert_eq!(
        uses("fn f() { crate::one::g(super::super::two::X) }"),
        "one two"
    );
    assert_eq!(
        uses("use super::one; mod m { use super::super::super::two; }"),
        "two"
    );
    assert_eq!(
        uses("#[cfg(test)] mod tests { use crate::one; } use crate::two;"),
        "two"
    );
    assert_eq!(
        uses("/// [`crate::one`]\nfn f() -> &str { \"crate::two\" }"),
        ""
    );

    let graph = |edges: &[(&str, &str)]| {
        let mut uses = Uses::new();
        for (from, to) in edges {
            uses.entry((*from).to_owned())
                .or_default()
                .insert((*to).to_owned());
            uses.entry((*to).to_owned()).or_default();
        }
        circle(uses)
    };
    assert_eq!(graph(&[("a", "b"), ("a", "c"), ("b", "c")]), None);
    let found = graph(&[("x", "a"), ("a", "b"), ("b", "c"), ("c", "a"), ("c", "y")]);
    assert!(found.unwrap().into_keys().eq(["a", "b", "c"]));
}
