//! Image configs, as the OCI image specification lays them out.

use model::{
    Timestamp,
    image::{ConfigView, HistoryStep},
};
use serde::{Deserialize, de::IgnoredAny};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    budget::Budget,
    first::{First, FirstPairs},
    json,
    manifest::RawPlatform,
};

/// The most bytes of the settings: what runs, as whom, where.
const SETTINGS: usize = 64 * 1024;

/// The most bytes of the environment, of the labels and of the history: each has its own, so that
/// none of them leaves no room for another.
const LIST: usize = 96 * 1024;

#[derive(Deserialize)]
struct Raw {
    created: Option<String>,
    author: Option<String>,
    config: Option<RawSettings>,
    history: Option<First<RawStep>>,
    os: Option<String>,
    architecture: Option<String>,
    variant: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase")]
struct RawSettings {
    entrypoint: Option<First<String>>,
    cmd: Option<First<String>>,
    user: Option<String>,
    working_dir: Option<String>,
    stop_signal: Option<String>,
    env: Option<First<String>>,
    exposed_ports: Option<FirstPairs<IgnoredAny>>,
    volumes: Option<FirstPairs<IgnoredAny>>,
    labels: Option<FirstPairs<String>>,
}

#[derive(Deserialize)]
struct RawStep {
    created: Option<String>,
    created_by: Option<String>,
    comment: Option<String>,
    #[serde(default)]
    empty_layer: bool,
}

/// Reads a config; none when it is not one.
pub(crate) fn read_config(bytes: &[u8]) -> Option<ConfigView> {
    let (raw, pruned) = json::read::<Raw>(bytes)?;
    let settings = raw.config.unwrap_or_default();
    let (mut own, mut labels) = (Budget::new(SETTINGS), Budget::new(LIST));
    let (mut environment, mut history) = (Budget::new(LIST), Budget::new(LIST));
    let platform = RawPlatform {
        os: raw.os.unwrap_or_default(),
        architecture: raw.architecture.unwrap_or_default(),
        variant: raw.variant,
    };
    let is_set = |text: &String| !text.is_empty();
    let mut view = ConfigView {
        platform: platform.read(),
        created: raw.created.as_deref().and_then(self::time),
        author: raw.author.map(|text| own.text(&text)),
        user: settings.user.filter(is_set).map(|text| own.text(&text)),
        working_directory: settings
            .working_dir
            .filter(is_set)
            .map(|text| own.text(&text)),
        stop_signal: settings.stop_signal.map(|text| own.text(&text)),
        entrypoint: texts(settings.entrypoint, &mut own),
        command: texts(settings.cmd, &mut own),
        ports: keys(settings.exposed_ports, &mut own),
        volumes: keys(settings.volumes, &mut own),
        environment: self::environment(settings.env, &mut environment),
        environment_cut: environment.is_spent(),
        labels: {
            let pairs = FirstPairs::of(settings.labels, &mut labels);
            labels.pairs(pairs)
        },
        history: {
            let steps = First::of(raw.history, &mut history);
            history.list(steps, history_step)
        },
        cut: pruned,
    };
    for budget in [own, labels, environment, history] {
        view.cut = view.cut.saturating_add(budget.cut());
    }
    Some(view)
}

/// A time as the specification writes it (RFC 3339), to the second.
fn time(text: &str) -> Option<Timestamp> {
    let time = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    Some(Timestamp(time.unix_timestamp()))
}

fn texts(list: Option<First<String>>, budget: &mut Budget) -> Vec<String> {
    let list = First::of(list, budget);
    budget.list(list, |budget, text| budget.text(&text))
}

fn keys(object: Option<FirstPairs<IgnoredAny>>, budget: &mut Budget) -> Vec<String> {
    let pairs = FirstPairs::of(object, budget);
    budget.list(pairs, |budget, (key, _)| budget.text(&key))
}

/// Variables as `KEY=value`; one without `=` has an empty value.
fn environment(variables: Option<First<String>>, budget: &mut Budget) -> Vec<(String, String)> {
    let variables = First::of(variables, budget);
    budget.list(variables, |budget, variable| {
        let (key, value) = variable.split_once('=').unwrap_or((&variable, ""));
        (budget.text(key), budget.text(value))
    })
}

fn history_step(budget: &mut Budget, step: RawStep) -> HistoryStep {
    HistoryStep {
        created: step.created.as_deref().and_then(self::time),
        created_by: budget.text(&step.created_by.unwrap_or_default()),
        comment: step.comment.map(|comment| budget.text(&comment)),
        empty_layer: step.empty_layer,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use std::collections::BTreeMap;

    use super::{super::budget::MAX_ENTRIES, *};

    #[test]
    fn a_config_is_read_in_the_words_of_the_specification() {
        let config = read_config(
            br#"{"os":"linux","architecture":"amd64","created":"2026-11-22T01:30:00.5Z",
                "config":{"Entrypoint":["/app"],"Env":["A=b=c","LONE"],"Labels":{"x":"y"},"ExposedPorts":{"80/tcp":{}}},
                "history":[{"created_by":"COPY . ."},{"created_by":"ENV A=b","empty_layer":true}]}"#,
        )
        .unwrap();
        assert_eq!(config.platform.unwrap().to_string(), "linux/amd64");
        assert_eq!(
            config.environment,
            [("A".into(), "b=c".into()), ("LONE".into(), String::new())]
        );
        assert_eq!(config.created, Some(Timestamp(1_795_311_000)));
        assert_eq!(config.ports, ["80/tcp"]);
        assert!(config.history[1].empty_layer);
    }

    #[test]
    fn what_is_too_much_is_cut_and_counted() {
        let labels: BTreeMap<String, String> = (0..5_000)
            .map(|n| (format!("l{n}"), String::new()))
            .collect();
        let text = serde_json::json!({"config": {"Labels": labels, "Env": ["A=".to_owned() + &"x".repeat(100_000)]}});
        let config = read_config(text.to_string().as_bytes()).unwrap();
        let shown = config.labels.len();
        assert!((900..=MAX_ENTRIES).contains(&shown), "{shown}");
        // The label at which the budget ends is shown with its key cut, and counts for both.
        let all = shown + config.cut as usize;
        assert!((5_001..=5_002).contains(&all), "{all}");
        assert!(config.environment[0].1.len() < 5_000);
    }

    #[test]
    fn what_is_too_heavy_is_cut_and_leaves_room_for_the_rest() {
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
        assert!(read_config(br#"{"config":{"Env":7}}"#).is_none());
    }
}
