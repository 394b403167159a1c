//! An invalid member never hides another one, and the work grows only linearly with the size of the
//! input.

#![expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{read_config, read_manifest, work};
use crate::content::Manifest;

/// The position of a value in a document: keys and indexes.
type Path = Vec<String>;

/// Reads and shows a document. Returns the result without the names of unreadable members, and
/// these names.
type Read = fn(&Value) -> (String, Vec<String>);

fn digest(byte: &str) -> String {
    format!("sha256:{}", byte.repeat(32))
}

/// A config that contains each text, time and number only once.
fn config() -> Value {
    json!({
        "created": "2026-11-22T01:30:00Z",
        "author": "the author",
        "os": "an os",
        "architecture": "an architecture",
        "variant": "a variant",
        "os.version": "10.0.17763",
        "os.features": ["feature one", "feature two"],
        "config": {
            "Entrypoint": ["entry one", "entry two"],
            "Cmd": ["cmd one", "cmd two"],
            "User": "a user",
            "WorkingDir": "/a/directory",
            "StopSignal": "SIGSOMETHING",
            "Env": ["VARIABLE_ONE=value one", "VARIABLE_TWO=value two"],
            "ExposedPorts": {"8001/tcp": {}, "8002/tcp": {}},
            "Volumes": {"/volume/one": {}, "/volume/two": {}},
            "Labels": {"label one": "labelled one", "label two": "labelled two"},
        },
        "history": [
            {"created": "2026-11-22T01:30:01Z", "created_by": "RUN one", "comment": "remark one", "empty_layer": true},
            {"created": "2026-11-22T01:30:02Z", "created_by": "RUN two", "comment": "remark two", "empty_layer": false},
        ],
    })
}

/// An image manifest, an index and an artifact in one document, with the same property.
fn manifest() -> Value {
    let layer = |number: u32| {
        json!({"mediaType": format!("application/layer-{number}"), "digest": digest(&format!("1{number}")),
            "size": 7_700 + number, "urls": [format!("https://one.example/{number}"), format!("https://two.example/{number}")]})
    };
    let child = |number: u32| {
        json!({"digest": digest(&format!("2{number}")), "size": 8_800 + number,
            "annotations": {"vnd.docker.reference.type": format!("role {number}")},
            "platform": {"os": format!("os {number}"), "architecture": format!("arch {number}"),
                "variant": format!("v{number}!"), "os.version": format!("10.0.{number}!"), "os.features": [format!("win{number}k")]}})
    };
    json!({
        "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": digest("31"), "size": 9_901},
        "layers": [layer(1), layer(2)],
        "manifests": [child(1), child(2)],
        "subject": {"digest": digest("41")},
        "annotations": {"annotation one": "annotated one", "annotation two": "annotated two"},
    })
}

fn as_config(document: &Value) -> (String, Vec<String>) {
    let mut view = read_config(document.to_string().as_bytes()).unwrap();
    let unread = std::mem::take(&mut view.unread);
    (serde_json::to_string(&view).unwrap(), unread)
}

fn as_manifest(document: &Value) -> (String, Vec<String>) {
    let read = read_manifest(&Manifest {
        media_type: String::new(),
        text: document.to_string().into(),
    });
    let mut parts = read.unwrap();
    let unread = std::mem::take(&mut parts.view.unread);
    parts.view.raw.clear();
    (serde_json::to_string(&parts).unwrap(), unread)
}

/// Every member and entry.
fn paths(value: &Value, at: &Path, found: &mut Vec<Path>) {
    let entries: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(key, it)| (key.clone(), it)).collect(),
        Value::Array(entries) => (0..).map(|n: u32| n.to_string()).zip(entries).collect(),
        _ => Vec::new(),
    };
    for (name, value) in entries {
        let path = [&at[..], &[name]].concat();
        found.push(path.clone());
        paths(value, &path, found);
    }
}

fn paths_of(document: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    paths(document, &Vec::new(), &mut found);
    found
}

fn at<'a>(document: &'a mut Value, path: &[String]) -> &'a mut Value {
    path.iter().fold(document, |value, name| match value {
        Value::Array(entries) => &mut entries[name.parse::<usize>().unwrap()],
        value => &mut value[name],
    })
}

/// The texts that show that a member was read, and the path of each member.
fn marks(document: &Value) -> Vec<(Path, String)> {
    let mut marks = Vec::new();
    for path in paths_of(document) {
        let last = path.last().unwrap();
        let mark = match at(&mut document.clone(), &path) {
            Value::String(text) if last == "created" => {
                // Seconds since 1970, as the page has them. The times differ in the last digit.
                (1_795_311_000 + u32::from(text.as_bytes()[18] - b'0')).to_string()
            }
            Value::String(text) => match text.split_once('=') {
                Some((_, value)) => value.to_owned(),
                None => text.clone(),
            },
            Value::Number(number) => number.to_string(),
            // Ports and volumes are keys with a meaning, whatever their value is.
            Value::Object(it) if it.is_empty() => {
                marks.push((path[..path.len() - 1].to_vec(), last.clone()));
                continue;
            }
            _ => continue,
        };
        // The page does not show that the config is an image config.
        if path != ["config", "mediaType"] {
            marks.push((path, mark));
        }
    }
    marks
}

fn kind(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}

/// Replaces one member, and checks that every other member is shown, and that every member that
/// cannot be shown is reported.
fn replace(whole: &Value, path: &Path, odd: &Value, read: Read) {
    let mut document = whole.clone();
    let before = std::mem::replace(at(&mut document, path), odd.clone());
    let (shown, unread) = read(&document);
    let names: Vec<_> = path.iter().map(String::as_str).collect();
    let spoilt = match names[..] {
        // An index identifies its images by digest: without the digest there is nothing to show.
        // And a config of another type is not an image config.
        ["manifests", _, "digest"] | ["config", "mediaType"] => &path[..path.len() - 1],
        _ => &path[..],
    };
    for (place, mark) in marks(whole) {
        assert!(
            place.starts_with(spoilt) || shown.contains(&mark),
            "{path:?} as {odd} hides {place:?}, {mark:?}: {shown}"
        );
    }
    let text_for_a_list = before.is_array() && odd.is_string();
    let means_nothing = before.as_object().is_some_and(Map::is_empty);
    if kind(&before) != kind(odd) && !odd.is_null() && !text_for_a_list && !means_nothing {
        assert!(!unread.is_empty(), "{path:?} as {odd} is not reported");
    }
}

#[test]
fn an_invalid_member_never_hides_another() {
    let odd = json!([
        null, true, false, 7, -1, 1e300, "", "text", [], [null], [7], [[]], ["text", 7],
        {}, {"a": null}, {"os": 7}, {"digest": null}, {"created_by": []}
    ]);
    for (document, read) in [(config(), as_config as Read), (manifest(), as_manifest)] {
        for path in paths_of(&document) {
            for odd in odd.as_array().unwrap() {
                replace(&document, &path, odd, read);
            }
        }
        let (_, unread) = read(&document);
        assert_eq!(unread, Vec::<String>::new(), "all members are valid");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn a_member_with_any_value_never_hides_another(number in any::<prop::sample::Index>(), odd in any_json()) {
        for (document, read) in [(config(), as_config as Read), (manifest(), as_manifest)] {
            let paths = paths_of(&document);
            replace(&document, number.get(&paths), &odd, read);
        }
    }
}

#[test]
fn unreadable_members_are_reported_with_their_path() {
    let text = r#"{"os": 7, "config": {"Entrypoint": "sh -c x", "Cmd": {"a": 1}, "Labels": {"a\u202eb": 7, "none": null}},
        "history": [{"created_by": "RUN x", "empty_layer": null}, 7, {"created": "yesterday"}]}"#;
    let view = read_config(text.as_bytes()).unwrap();
    assert_eq!(view.entrypoint, ["sh -c x"]);
    assert_eq!(
        view.labels,
        [
            ("a\\u{202e}b".into(), "7".into()),
            ("none".into(), String::new())
        ]
    );
    assert_eq!(
        (view.history.len(), &*view.history[0].created_by),
        (3, "RUN x")
    );
    let mut unread = view.unread.clone();
    unread.sort_unstable();
    assert_eq!(
        unread,
        [
            "config.Cmd",
            "config.Labels[\"a\\u{202e}b\"]",
            "history[1]",
            "history[2].created",
            "os"
        ]
    );
    assert!(view.environment_cut, "an invalid entry may be a variable");
}

#[test]
fn repeated_names_and_broken_characters_hide_nothing() {
    let mut text =
        br#"{"os": "windows", "os": "linux", "\ud800": 1, "author": "a\ud800b", "architecture": ""#
            .to_vec();
    text.extend(b"amd\xff64\"}");
    let view = read_config(&text).unwrap();
    let platform = view.platform.unwrap().to_string();
    assert_eq!(platform, "linux/amd\u{fffd}64", "the last one counts");
    assert!(view.author.unwrap().starts_with('a'));
    assert_eq!(view.unread, Vec::<String>::new());
}

#[test]
fn many_invalid_members_are_counted_and_the_first_are_reported() {
    let labels: Map<_, _> = (0..900).map(|n| (format!("l{n}"), json!(n))).collect();
    let view = read_config(json!({"config": {"Labels": labels}}).to_string().as_bytes()).unwrap();
    assert_eq!((view.unread.len(), view.cut), (20, 880));
    assert_eq!(view.labels.len(), 900);
}

/// A config and a manifest with this many layers, steps, labels and annotations.
fn large(count: usize) -> (String, Manifest) {
    let numbers = 0..count;
    let pairs: Map<_, _> = numbers
        .clone()
        .map(|n| (format!("key {n}"), json!("value")))
        .collect();
    let steps: Vec<_> = numbers
        .clone()
        .map(|n| json!({"created_by": format!("RUN {n}")}))
        .collect();
    let variables: Vec<_> = numbers.clone().map(|n| format!("V{n}=x")).collect();
    let entries: Vec<_> = numbers
        .map(|n| json!({"mediaType": "a/b", "digest": digest(&format!("{:02x}", n % 256)), "size": n, "annotations": pairs_of(n)}))
        .collect();
    let config = json!({"history": steps, "config": {"Labels": pairs, "Env": variables}});
    let manifest = json!({"layers": entries, "manifests": entries, "annotations": pairs});
    let manifest = Manifest {
        media_type: String::new(),
        text: manifest.to_string().into(),
    };
    (config.to_string(), manifest)
}

fn pairs_of(count: usize) -> Map<String, Value> {
    (0..count % 5)
        .map(|n| (n.to_string(), json!("x")))
        .collect()
}

/// How often each pushed byte is read at most: once to check it, once for each object or list
/// around it, and once to show its characters.
const LOOKS: usize = 9;

#[test]
fn the_work_for_an_image_grows_linearly_with_its_size() {
    for count in [10, 100, 1_000, 10_000, 20_000] {
        let (config, manifest) = large(count);
        let bytes = config.len() + manifest.text.len();
        let steps = work::steps(|| (read_config(config.as_bytes()), read_manifest(&manifest)));
        assert!(
            (bytes..LOOKS * bytes).contains(&steps),
            "{count} of each: {steps} steps for {bytes} bytes"
        );
    }
}
