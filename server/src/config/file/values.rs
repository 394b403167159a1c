//! The kinds of values in `gantry.toml`: each is read, checked and described in one place.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use ipnet::IpNet;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer};

use super::super::{ConfigError, value};

/// What marks a key in the schema that has no default and is needed: by the file or by the environment.
pub(crate) const REQUIRED: &str = "x-required";

/// A value that must be there, from the file or from the environment.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(in super::super) struct Required(Option<String>);

impl Required {
    /// The text, unless it is missing or empty.
    ///
    /// # Errors
    /// [`ConfigError::Value`] with this key.
    pub(in super::super) fn get(self, key: &str) -> Result<String, ConfigError> {
        (self.0.filter(|text| !text.is_empty())).ok_or_else(|| value(key, "is missing"))
    }
}

impl JsonSchema for Required {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Required".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", REQUIRED: true })
    }
}

/// A time of at least a second.
pub(in super::super) type Time = TimeWithin<1, { u64::MAX }>;

/// A time as people write it: `30s`, `5m`, `1h`, `7d`. The bounds are in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(in super::super) struct TimeWithin<const SHORTEST: u64, const LONGEST: u64>(u64);

impl<const SHORTEST: u64, const LONGEST: u64> TimeWithin<SHORTEST, LONGEST> {
    pub(in super::super) fn duration(self) -> Duration {
        Duration::from_secs(self.0)
    }

    /// What it takes, for an error and for the reference.
    fn bounds() -> String {
        match LONGEST {
            u64::MAX => format!("a time of {} or more", written(SHORTEST)),
            longest => format!("a time from {} to {}", written(SHORTEST), written(longest)),
        }
    }
}

/// The units of a time, each with its seconds; the longest first.
const UNITS: [(char, u64); 4] = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

/// A time in the longest unit that divides it.
fn written(seconds: u64) -> String {
    let unit = UNITS.iter().find(|(_, unit)| seconds.is_multiple_of(*unit));
    unit.map_or_else(String::new, |(letter, unit)| {
        format!("{}{letter}", seconds / unit)
    })
}

/// The seconds of a time. The schema's pattern says the same.
fn seconds(text: &str) -> Option<u64> {
    let (letter, unit) = UNITS.iter().find(|(letter, _)| text.ends_with(*letter))?;
    let number = text.strip_suffix(*letter)?;
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    let number: u64 = number.parse().ok().filter(|_| is_number)?;
    number.checked_mul(*unit)
}

impl<const SHORTEST: u64, const LONGEST: u64> TryFrom<String> for TimeWithin<SHORTEST, LONGEST> {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match seconds(&text) {
            None | Some(0) => Err("takes a number and a unit, as in 30s, 5m, 1h or 7d".to_owned()),
            Some(seconds) if (SHORTEST..=LONGEST).contains(&seconds) => Ok(Self(seconds)),
            Some(_) => Err(format!("takes {}", Self::bounds())),
        }
    }
}

impl<const SHORTEST: u64, const LONGEST: u64> From<Duration> for TimeWithin<SHORTEST, LONGEST> {
    fn from(duration: Duration) -> Self {
        Self(duration.as_secs())
    }
}

impl<const SHORTEST: u64, const LONGEST: u64> Serialize for TimeWithin<SHORTEST, LONGEST> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&written(self.0))
    }
}

impl<const SHORTEST: u64, const LONGEST: u64> JsonSchema for TimeWithin<SHORTEST, LONGEST> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Time".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "title": Self::bounds(),
            "pattern": "^0*[1-9][0-9]*[smhd]$",
        })
    }
}

/// An address and a port.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(title = "an address and a port")]
pub(in super::super) struct Listen(pub(in super::super) SocketAddr);

impl TryFrom<String> for Listen {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let message = "takes an address and a port, as in 127.0.0.1:8080";
        text.parse().map(Self).map_err(|_| message)
    }
}

impl From<Listen> for String {
    fn from(listen: Listen) -> Self {
        listen.0.to_string()
    }
}

/// A network, or a single address.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(title = "an address or a network")]
pub(in super::super) struct Network(pub(in super::super) IpNet);

impl TryFrom<String> for Network {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let address = || text.parse::<IpAddr>().map(IpNet::from);
        let network = text.parse().or_else(|_| address()).map(Self);
        network.map_err(|_| "takes addresses and networks, as in 10.0.0.0/16")
    }
}

impl From<Network> for String {
    fn from(network: Network) -> Self {
        network.0.to_string()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_in_the_longest_unit_that_divides_it() {
        for text in ["75s", "5m", "12h", "7d"] {
            assert_eq!(written(seconds(text).unwrap()), text);
        }
        assert_eq!(written(seconds("120s").unwrap()), "2m");
    }

    #[test]
    fn a_time_is_a_whole_number_and_one_unit() {
        for wrong in [
            "", "5", "m", "+5m", "5 m", "5M", "5m ", "1h30m", "-1s", "5ü",
        ] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
