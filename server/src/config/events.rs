//! `[events]`: where messages about changes come from.

use dashboard::EventSettings;
use ecr::events::{QueueSettings, region_of};

use super::{ConfigError, file, value};

pub(super) fn check(events: file::Events) -> Result<EventSettings, ConfigError> {
    let Some(url) = events.queue_url else {
        return match events.region {
            None => Ok(EventSettings::default()),
            Some(_) => Err(value("events.region", "needs events.queue_url")),
        };
    };
    let uri: http::Uri = (url.parse()).map_err(|error| value("events.queue_url", error))?;
    let is_url = matches!(uri.scheme_str(), Some("http" | "https"))
        && uri.authority().is_some_and(|it| !it.as_str().contains('@'))
        && uri.path().len() > 1;
    if !is_url {
        return Err(value(
            "events.queue_url",
            "takes the URL of an SQS queue, as in https://sqs.eu-central-1.amazonaws.com/111122223333/gantry",
        ));
    }
    let region = events
        .region
        .or_else(|| region_of(&url).map(str::to_owned))
        .ok_or_else(|| {
            value(
                "events.region",
                "is missing: events.queue_url does not contain a region",
            )
        })?;
    Ok(EventSettings {
        queue: Some(QueueSettings { url, region }),
    })
}
