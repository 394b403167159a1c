//! Image configs, as the OCI image specification lays them out.

use std::collections::BTreeMap;

use model::{
    Timestamp,
    image::{ConfigView, HistoryStep},
};
use serde::Deserialize;
use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{MAX_ENTRIES, json, manifest::RawPlatform, shown};

#[derive(Deserialize)]
struct Raw {
    created: Option<String>,
    author: Option<String>,
    config: Option<RawSettings>,
    history: Option<Vec<RawStep>>,
    #[serde(flatten)]
    platform: RawPlatform,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase")]
struct RawSettings {
    entrypoint: Option<Vec<String>>,
    cmd: Option<Vec<String>>,
    user: Option<String>,
    working_dir: Option<String>,
    stop_signal: Option<String>,
    env: Option<Vec<String>>,
    exposed_ports: Option<BTreeMap<String, Value>>,
    volumes: Option<BTreeMap<String, Value>>,
    labels: Option<BTreeMap<String, String>>,
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
    let (raw, mut cut) = json::read::<Raw>(bytes)?;
    let settings = raw.config.unwrap_or_default();
    let mut text = |value: String| shown(&value, &mut cut);
    let author = raw.author.map(&mut text);
    let user = settings.user.filter(|user| !user.is_empty()).map(&mut text);
    let working_directory = settings
        .working_dir
        .filter(|dir| !dir.is_empty())
        .map(&mut text);
    let stop_signal = settings.stop_signal.map(&mut text);
    let keys = |map: Option<BTreeMap<String, Value>>| map.unwrap_or_default().into_keys().collect();
    Some(ConfigView {
        platform: raw.platform.read(),
        created: raw.created.as_deref().and_then(self::time),
        author,
        entrypoint: texts(settings.entrypoint.unwrap_or_default(), &mut cut),
        command: texts(settings.cmd.unwrap_or_default(), &mut cut),
        user,
        working_directory,
        stop_signal,
        environment: environment(settings.env.unwrap_or_default(), &mut cut),
        ports: texts(keys(settings.exposed_ports), &mut cut),
        volumes: texts(keys(settings.volumes), &mut cut),
        labels: capped(
            settings.labels.unwrap_or_default().into_iter().collect(),
            &mut cut,
        )
        .map(|((key, value), cut)| (shown(&key, cut), shown(&value, cut))),
        history: capped(raw.history.unwrap_or_default(), &mut cut)
            .map(|(step, cut)| history_step(step, cut)),
        cut,
    })
}

/// A time as the specification writes it (RFC 3339), to the second.
fn time(text: &str) -> Option<Timestamp> {
    let time = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    Some(Timestamp(time.unix_timestamp()))
}

/// The first entries of a list that may be too long, to be mapped one by one; those left out count as
/// cut.
struct Capped<'a, T> {
    entries: Vec<T>,
    cut: &'a mut u32,
}

fn capped<T>(mut entries: Vec<T>, cut: &mut u32) -> Capped<'_, T> {
    let surplus = entries.len().saturating_sub(MAX_ENTRIES);
    *cut = cut.saturating_add(u32::try_from(surplus).unwrap_or(u32::MAX));
    entries.truncate(MAX_ENTRIES);
    Capped { entries, cut }
}

impl<T> Capped<'_, T> {
    fn map<U>(self, each: impl Fn((T, &mut u32)) -> U) -> Vec<U> {
        self.entries
            .into_iter()
            .map(|entry| each((entry, &mut *self.cut)))
            .collect()
    }
}

fn texts(values: Vec<String>, cut: &mut u32) -> Vec<String> {
    capped(values, cut).map(|(value, cut)| shown(&value, cut))
}

/// Variables as `KEY=value`; one without `=` has an empty value.
fn environment(variables: Vec<String>, cut: &mut u32) -> Vec<(String, String)> {
    capped(variables, cut).map(|(variable, cut)| {
        let (key, value) = variable.split_once('=').unwrap_or((&variable, ""));
        (shown(key, cut), shown(value, cut))
    })
}

fn history_step(step: RawStep, cut: &mut u32) -> HistoryStep {
    HistoryStep {
        created: step.created.as_deref().and_then(self::time),
        created_by: shown(&step.created_by.unwrap_or_default(), cut),
        comment: step.comment.map(|comment| shown(&comment, cut)),
        empty_layer: step.empty_layer,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

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
        assert_eq!(config.labels.len(), MAX_ENTRIES);
        assert_eq!(config.cut, 4_001);
        assert!(config.environment[0].1.len() < 5_000);
    }

    #[test]
    fn nulls_and_strange_types_do_not_panic() {
        assert!(read_config(br#"{"config":null,"history":null}"#).is_some());
        assert!(read_config(br#"{"config":{"Env":7}}"#).is_none());
    }
}
