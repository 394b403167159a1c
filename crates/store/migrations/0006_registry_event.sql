-- What messages reported of registries. Times are milliseconds since 1970, UTC.
CREATE TABLE registry_event (
    -- Counted from 1, in the order in which they were stored.
    number BIGINT NOT NULL PRIMARY KEY,
    -- The ID of the EventBridge event, or of the request that CloudTrail recorded. One request can change many tags:
    -- each of its parts has a row.
    id TEXT NOT NULL,
    part BIGINT NOT NULL,
    -- The end of the repository's ARN, from the region on.
    place TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- When it happened, as the message says, and when Gantry received the message.
    happened BIGINT NOT NULL,
    received BIGINT NOT NULL,
    -- NULL if the message names none.
    tag TEXT,
    digest TEXT,
    principal TEXT,
    UNIQUE (id, part)
);

CREATE INDEX registry_event_by_tag ON registry_event (place, tag, happened);

CREATE INDEX registry_event_by_digest ON registry_event (place, digest);

CREATE INDEX registry_event_by_time ON registry_event (happened);
