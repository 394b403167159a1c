-- Where tags pointed. Times are milliseconds since 1970, UTC: readings can follow each other within a second.

-- A repository whose tags were read, from its creation until its deletion.
CREATE TABLE tag_repository (
    id BIGINT NOT NULL PRIMARY KEY,
    arn TEXT NOT NULL,
    -- Nanoseconds since 1970. 0 if Amazon ECR does not say.
    created BIGINT NOT NULL,
    -- When the first stored reading ended.
    first_read BIGINT NOT NULL,
    -- When the latest stored reading began and ended.
    began BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    -- The SHA-256 of its tags and digests.
    tags TEXT NOT NULL,
    -- The number of the newest change. Changes are numbered from 1 in each repository.
    changes BIGINT NOT NULL,
    -- Changes up to this time were deleted. NULL if none was.
    forgotten BIGINT,
    UNIQUE (arn, created)
);

CREATE INDEX tag_repository_by_end ON tag_repository (ended);

-- What the latest stored reading returned.
CREATE TABLE tag_latest (
    repository BIGINT NOT NULL REFERENCES tag_repository (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (repository, tag)
);

-- A tag that points at another image than in the reading before.
CREATE TABLE tag_change (
    repository BIGINT NOT NULL REFERENCES tag_repository (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    tag TEXT NOT NULL,
    -- The change happened after the first of these times and before the second.
    happened_after BIGINT NOT NULL,
    happened_before BIGINT NOT NULL,
    -- NULL if the tag did not exist.
    old_digest TEXT,
    new_digest TEXT,
    PRIMARY KEY (repository, number)
);

CREATE INDEX tag_change_by_tag ON tag_change (repository, tag, number);

-- A time without readings, longer than usual: Gantry did not run, or could not read the repository.
CREATE TABLE tag_gap (
    repository BIGINT NOT NULL REFERENCES tag_repository (id) ON DELETE CASCADE,
    began BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    PRIMARY KEY (repository, began)
);
