//! `[links]`: what may be shared by links.

use dashboard::LinkSettings;
use model::link::LinkShows;

use super::file::{self, Shown};

impl From<file::Links> for LinkSettings {
    fn from(links: file::Links) -> Self {
        Self {
            enabled: links.enabled,
            longest: links.longest.duration().as_secs().cast_signed(),
            may_show: LinkShows {
                environment: links.may_show.contains(&Shown::Environment),
                accounts: links.may_show.contains(&Shown::Accounts),
            },
            per_person: links.per_person.get(),
        }
    }
}
