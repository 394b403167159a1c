//! The schema and the reference say what the parser does.

use std::fs;

use boon::{Compiler, Schemas};
use serde_json::Value;
use toml::Table;

use super::*;
use crate::config::{
    file::{File, REQUIRED},
    reference::{EXAMPLE, SCHEMA, page, schema_of},
};

/// Whether the schema accepts a text of TOML.
pub(super) fn is_accepted(text: &str) -> bool {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let address = "https://gantry.example.com/config.schema.json";
    compiler.add_resource(address, SCHEMA.clone()).unwrap();
    let schema = compiler.compile(address, &mut schemas).unwrap();
    let document = serde_json::to_value(toml::from_str::<Table>(text).unwrap()).unwrap();
    schemas.validate(&document, schema).is_ok()
}

/// The examples of TOML in the documentation, each with the name of its file.
fn documented() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let docs = fs::read_dir(root.join("docs")).unwrap();
    let pages = docs.map(|entry| entry.unwrap().path());
    let pages = pages.filter(|path| path.extension().is_some_and(|kind| kind == "md"));
    let mut examples = Vec::new();
    for path in pages.chain([root.join("README.md")]) {
        let page = fs::read_to_string(&path).unwrap();
        let blocks = page.split("```toml\n").skip(1);
        let blocks = blocks.map(|block| block.split("```").next().unwrap().to_owned());
        examples.extend(blocks.map(|block| (path.display().to_string(), block)));
    }
    examples
}

#[test]
fn every_example_is_accepted_by_the_parser_and_by_the_schema() {
    let mut examples = documented();
    assert!(examples.len() > 10, "the documentation has examples");
    let demo = format!("{}\n{}", crate::demo::CONFIGURATION, crate::demo::PARTNER);
    examples.push(("the demo".to_owned(), demo));
    for (place, example) in examples {
        // Some examples are the keys of a provider alone.
        let whole = match example.starts_with("issuer") {
            true => format!("[sign_in.oidc]\n{example}"),
            false => example,
        };
        let parsed = toml::from_str::<File>(&whole);
        assert!(parsed.is_ok(), "{place}: {whole}\n{:?}", parsed.err());
        assert!(is_accepted(&whole), "{place}: {whole}");
    }
}

#[test]
fn the_complete_example_can_be_run() {
    parse(EXAMPLE).unwrap();
}

/// Each key whose value is not a table: the path of its table, its name, its schema.
fn keys() -> Vec<(Vec<String>, String, &'static Value)> {
    fn walk(
        path: &[String],
        schema: &'static Value,
        into: &mut Vec<(Vec<String>, String, &'static Value)>,
    ) {
        let below = |names: &[&str]| {
            let names = names.iter().map(|name| (*name).to_owned());
            path.iter().cloned().chain(names).collect::<Vec<_>>()
        };
        for (key, schema) in schema["properties"].as_object().unwrap() {
            if schema["properties"].is_object() {
                walk(&below(&[key]), schema, into);
            } else if schema["items"]["properties"].is_object() {
                walk(&below(&[key, "0"]), &schema["items"], into);
            } else {
                into.push((path.to_vec(), key.clone(), schema));
            }
        }
    }
    let mut keys = Vec::new();
    walk(&[], &SCHEMA, &mut keys);
    keys
}

#[test]
fn every_key_is_described() {
    let keys = keys();
    assert!(keys.len() > 50, "{}", keys.len());
    let page = page();
    for (path, key, schema) in keys {
        let names = path.iter().chain([&key]).map(String::as_str);
        assert_eq!(schema_of(names), Some(schema));
        assert!(schema["description"].is_string(), "{path:?} {key}");
        let variable = format!("{VARIABLE_PREFIX}{}__{key}", path.join("__")).to_uppercase();
        assert!(page.contains(&format!("| `{variable}`")), "{variable}");
    }
}

#[test]
fn every_default_can_be_written_by_hand_and_by_its_variable() {
    for (path, key, schema) in keys() {
        let Some(default) = schema.get("default") else {
            continue;
        };
        let variable = format!("{VARIABLE_PREFIX}{}__{key}", path.join("__")).to_uppercase();
        let variables = [(variable.clone(), default.to_string())];
        let table = environment::overlay(Table::new(), variables.into_iter()).unwrap();
        let text = toml::to_string(&table).unwrap();
        assert!(toml::from_str::<File>(&text).is_ok(), "{variable}: {text}");
        assert!(is_accepted(&text), "{variable}: {text}");
    }
}

const ALB: &str = "[server]\npublic_url = \"https://gantry.example.com\"\n[sign_in.alb]\n\
    signer = \"arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/g/1\"\n\
    client = \"gantry\"\nissuer = \"https://idp.example.com\"\n";

#[test]
fn a_key_that_is_required_is_missed_and_any_other_is_not() {
    let mut missed = 0;
    for (path, key, schema) in keys() {
        for example in [EXAMPLE, ALB] {
            let mut root = toml::Value::Table(toml::from_str(example).unwrap());
            let table = path
                .iter()
                .try_fold(&mut root, |place, name| match name.parse() {
                    Ok(index) => place.get_mut::<usize>(index),
                    Err(_) => place.get_mut(name.as_str()),
                });
            let removed = table.and_then(|table| table.as_table_mut()?.remove(&key));
            // A sign-in needs it; without one, it may be missing.
            if removed.is_none() || key == "public_url" {
                continue;
            }
            let is_required = schema[REQUIRED] == true;
            missed += usize::from(is_required);
            let complaint =
                parse(&toml::to_string(&root).unwrap()).map_err(|error| error.to_string());
            let is_missed =
                |complaint: &String| complaint.ends_with("is missing") && complaint.contains(&key);
            assert_eq!(
                complaint.as_ref().err().is_some_and(is_missed),
                is_required,
                "{path:?} {key}"
            );
            assert_eq!(complaint.is_ok(), !is_required, "{path:?} {key}");
        }
    }
    assert_eq!(missed, 8, "required keys of the examples");
}

#[test]
fn the_schema_refuses_what_the_parser_refuses() {
    for wrong in [
        "[serverr]",
        "[server]\nlissten = \"127.0.0.1:80\"",
        "[[team]]\nname = \"a\"\ngroup = [\"a\"]",
        "[sign_in.oidc]\nissuerr = \"https://idp.example.com\"",
        "[limits]\nsign_ins = 0",
        "[server]\nmax_connections = 0",
        "[server]\nkeep_alive = \"0s\"",
        "[server]\nkeep_alive = 75",
        "[access]\npolicy_max_age = \"5 m\"",
        "[links]\nmay_show = [\"passwords\"]",
        "[[team]]\nname = \"a\"\nidentity = \"some\"",
        "[sign_in.oidc]\ngroups_claim = []",
        "[[registry]]\nalias = \"a\"\nregion = \"eu-west-1\"\nregistry_id = \"12\"",
        "[[registry]]\nalias = \"a\"\nregion = \"eu-west-1\"\nendpoint_url = \"ftp://a\"",
        "[[team]]\nname = \"a\"\norganization = \"retail\"",
    ] {
        assert!(!is_accepted(wrong), "{wrong}");
        assert!(parse(wrong).is_err(), "{wrong}");
    }
}
