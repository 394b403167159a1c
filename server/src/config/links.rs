//! `[links]`: what may be shared by links.

use std::num::NonZeroU32;

use dashboard::LinkSettings;
use model::link::{LinkShows, lifetime};

use super::{ConfigError, duration, file, value};

pub(super) fn check(links: file::Links) -> Result<LinkSettings, ConfigError> {
    let longest = match links.longest {
        Some(text) => {
            let longest = duration("links.longest", &text)?;
            let seconds = i64::try_from(longest.as_secs()).unwrap_or(i64::MAX);
            if !(lifetime::SHORTEST..=lifetime::LONGEST).contains(&seconds) {
                return Err(value("links.longest", "takes a time from 1h to 90d"));
            }
            seconds
        }
        None => lifetime::LONGEST,
    };
    let mut may_show = LinkShows::default();
    for what in &links.may_show {
        match what.as_str() {
            "environment" => may_show.environment = true,
            "accounts" => may_show.accounts = true,
            _ => {
                let takes = "takes a list of \"environment\" and \"accounts\", or an empty one";
                return Err(value("links.may_show", takes));
            }
        }
    }
    Ok(LinkSettings {
        enabled: links.enabled,
        longest,
        may_show,
        per_person: links
            .per_person
            .map_or(LinkSettings::default().per_person, NonZeroU32::get),
    })
}
