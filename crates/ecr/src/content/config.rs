//! Image configs, as defined by the OCI image specification.

use model::{
    Timestamp,
    image::{ConfigView, HistoryStep},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    budget::Budget,
    object::{Document, Names, Object},
    platform::platform,
};

/// The maximum size of the runtime settings, in bytes: command, user, directory.
const SETTINGS: usize = 64 * 1024;

/// The maximum size of the environment, of the labels and of the history, in bytes. Each has its
/// own budget, so that none of them takes the space of another.
const LIST: usize = 96 * 1024;

const CONFIG: Names = &[
    "created",
    "author",
    "config",
    "history",
    "os",
    "architecture",
    "variant",
    "os.version",
    "os.features",
];

const RUN: Names = &[
    "Entrypoint",
    "Cmd",
    "User",
    "WorkingDir",
    "StopSignal",
    "Env",
    "ExposedPorts",
    "Volumes",
    "Healthcheck",
    "Labels",
];

const HEALTH: Names = &["Test"];

const STEP: Names = &["created", "created_by", "comment", "empty_layer"];

/// The start of 2013, when container builds began. Older times are placeholders: builders write
/// year 1, 1970 or 1980.
const FIRST_BUILD: i64 = 1_356_998_400;

/// Reads a config. None if it is not a JSON object.
pub(crate) fn read_config(bytes: &[u8]) -> Option<ConfigView> {
    let document = Document::new(bytes);
    let mut view = read(&document.object(CONFIG)?);
    let (unread, more) = document.into_unread();
    // If a variable could not be read, its value is unknown.
    view.environment_cut |= !unread.is_empty();
    view.unread = unread;
    view.cut = view.cut.saturating_add(more);
    Some(view)
}

fn read(raw: &Object<'_>) -> ConfigView {
    let run = raw.object("config", RUN);
    let (mut own, mut labels) = (Budget::new(SETTINGS), Budget::new(LIST));
    let (mut environment, mut history) = (Budget::new(LIST), Budget::new(LIST));
    let (variables, environment_bare) = variables(&run, &mut environment);
    let mut view = ConfigView {
        platform: platform(raw),
        created: created(raw),
        author: raw.text("author").map(|text| own.text(&text)),
        user: run.word("User").map(|text| own.text(&text)),
        working_directory: run.word("WorkingDir").map(|text| own.text(&text)),
        stop_signal: run.text("StopSignal").map(|text| own.text(&text)),
        entrypoint: texts(&run, "Entrypoint", &mut own),
        command: texts(&run, "Cmd", &mut own),
        ports: keys(&run, "ExposedPorts", &mut own),
        volumes: keys(&run, "Volumes", &mut own),
        health_check: texts(&run.object("Healthcheck", HEALTH), "Test", &mut own),
        environment: variables,
        environment_bare,
        environment_cut: environment.is_spent(),
        labels: {
            let pairs = run.pairs("Labels", &mut labels);
            labels.pairs(pairs)
        },
        history: {
            let steps = raw.objects("history", STEP, &mut history);
            history.list(steps, history_step)
        },
        cut: 0,
        unread: Vec::new(),
    };
    for budget in [own, labels, environment, history] {
        view.cut = view.cut.saturating_add(budget.cut());
    }
    view
}

/// When something was created, in the format of the specification (RFC 3339), to the second. None
/// for placeholder times: builders write a time before containers existed if they do not state one.
fn created(object: &Object<'_>) -> Option<Timestamp> {
    let time = |text: &str| OffsetDateTime::parse(text, &Rfc3339).ok();
    let at = object.parsed("created", time)?.unix_timestamp();
    (at >= FIRST_BUILD).then_some(Timestamp(at))
}

fn texts(run: &Object<'_>, name: &'static str, budget: &mut Budget) -> Vec<String> {
    let list = run.texts(name, budget);
    budget.list(list, |budget, text| budget.text(&text))
}

fn keys(run: &Object<'_>, name: &'static str, budget: &mut Budget) -> Vec<String> {
    let keys = run.keys(name, budget);
    budget.list(keys, |budget, key| budget.text(&key))
}

/// Splits variables of the form `KEY=value`. Also returns the places of those without `=`, which have no value.
fn variables(run: &Object<'_>, budget: &mut Budget) -> (Vec<(String, String)>, Vec<u32>) {
    let (variables, mut bare) = (run.texts("Env", budget), Vec::new());
    let places: Vec<(u32, String)> = (0..).zip(variables).collect();
    let variables = budget.list(places, |budget, (place, variable)| {
        let (key, value) = variable.split_once('=').unwrap_or_else(|| {
            bare.push(place);
            (&variable, "")
        });
        (budget.text(key), budget.text(value))
    });
    (variables, bare)
}

fn history_step(budget: &mut Budget, step: Object<'_>) -> HistoryStep {
    HistoryStep {
        created: created(&step),
        created_by: budget.text(&step.text("created_by").unwrap_or_default()),
        comment: step.text("comment").map(|comment| budget.text(&comment)),
        empty_layer: step.flag("empty_layer").unwrap_or_default(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use std::collections::BTreeMap;

    use super::{super::budget::MAX_ENTRIES, *};

    #[test]
    fn a_config_is_read_as_the_specification_defines_it() {
        let config = read_config(
            br#"{"os":"linux","architecture":"amd64","created":"2026-11-22T01:30:00.5Z",
                "config":{"Entrypoint":["/app"],"Env":["A=b=c","LONE","EMPTY="],
                "Healthcheck":{"Test":["CMD-SHELL","curl -f localhost"],"Interval":30000000000},"Labels":{"x":"y"},"ExposedPorts":{"80/tcp":{}}},
                "history":[{"created_by":"COPY . ."},{"created_by":"ENV A=b","empty_layer":true}]}"#,
        )
        .unwrap();
        assert_eq!(config.platform.unwrap().to_string(), "linux/amd64");
        assert_eq!(
            config.environment,
            [
                ("A".into(), "b=c".into()),
                ("LONE".into(), String::new()),
                ("EMPTY".into(), String::new())
            ]
        );
        assert_eq!(config.environment_bare, [1], "an empty value is a value");
        assert_eq!(config.health_check, ["CMD-SHELL", "curl -f localhost"]);
        assert_eq!(config.created, Some(Timestamp(1_795_311_000)));
        assert_eq!(config.ports, ["80/tcp"]);
        assert!(config.history[1].empty_layer);
    }

    #[test]
    fn the_fixed_times_of_reproducible_builds_are_ignored() {
        for fixed in [
            "0001-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "1980-01-01T00:00:01Z",
            "1985-10-26T08:15:00Z",
        ] {
            let text = format!(r#"{{"created":"{fixed}","history":[{{"created":"{fixed}"}}]}}"#);
            let config = read_config(text.as_bytes()).unwrap();
            assert_eq!((config.created, config.history[0].created), (None, None));
            assert_eq!(config.unread, Vec::<String>::new(), "{fixed} is readable");
        }
        let first = read_config(br#"{"created":"2013-03-13T00:00:00Z"}"#).unwrap();
        assert!(first.created.is_some());
    }

    #[test]
    fn too_many_entries_are_cut_and_counted() {
        let labels: BTreeMap<String, String> = (0..5_000)
            .map(|n| (format!("l{n}"), String::new()))
            .collect();
        let text = serde_json::json!({"config": {"Labels": labels, "Env": ["A=".to_owned() + &"x".repeat(100_000)]}});
        let config = read_config(text.to_string().as_bytes()).unwrap();
        let shown = config.labels.len();
        assert!((900..=MAX_ENTRIES).contains(&shown), "{shown}");
        // The budget ends at a label. It is shown with its key cut, and counts both as shown and as
        // cut.
        let all = shown + config.cut as usize;
        assert!((5_001..=5_002).contains(&all), "{all}");
        assert!(config.environment[0].1.len() < 5_000);
    }

    #[test]
    fn a_large_list_is_cut_and_leaves_room_for_the_others() {
        let heavy = "\"".repeat(4_000);
        let labels: BTreeMap<String, &str> = (0..200).map(|n| (n.to_string(), &*heavy)).collect();
        let step = serde_json::json!({"created_by": heavy, "comment": heavy});
        let text = serde_json::json!({"author": heavy, "history": vec![step; 200], "config": {
            "Labels": labels, "Env": vec![&heavy; 200], "Cmd": vec![&heavy; 200],
        }});
        let config = read_config(text.to_string().as_bytes()).unwrap();
        for shown in [
            config.labels.len(),
            config.environment.len(),
            config.history.len(),
            config.command.len(),
        ] {
            assert!((1..100).contains(&shown), "{shown}");
        }
        assert!(config.cut > 700, "{}", config.cut);
        assert!(config.environment_cut);
        let size = serde_json::to_string(&config).unwrap().len();
        assert!(size < 450 * 1024, "{size} bytes");
    }

    #[test]
    fn nulls_and_strange_types_do_not_panic() {
        assert!(read_config(br#"{"config":null,"history":null}"#).is_some());
        for none in [&b"[]"[..], b"7", b"null", b"not json", b"{} {}"] {
            assert!(read_config(none).is_none());
        }
    }
}
