-- The same statements run on SQLite and on PostgreSQL, so there are two types: TEXT, and BIGINT for
-- counts and for times (seconds since 1970, UTC).

-- Who has signed in, as the sign-in last told of them.
CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    -- JSON: the groups.
    member_of TEXT NOT NULL,
    seen BIGINT NOT NULL
);

CREATE TABLE session (
    -- The SHA-256 of what the cookie holds.
    id TEXT NOT NULL PRIMARY KEY,
    -- None while somebody is on the way to the sign-in.
    person TEXT REFERENCES person (id),
    -- JSON: what a sign-in that is under way has to remember.
    content TEXT NOT NULL,
    used BIGINT NOT NULL,
    ends BIGINT NOT NULL
);

CREATE INDEX session_by_person ON session (person);
CREATE INDEX session_by_end ON session (ends);

CREATE TABLE link (
    -- The first part of the token: it finds the link, and opens nothing.
    id TEXT NOT NULL PRIMARY KEY,
    -- The SHA-256 of the second part, which does.
    secret TEXT NOT NULL,
    registry TEXT NOT NULL,
    repository TEXT NOT NULL,
    -- At most one of the two: with neither, the link shows the repository.
    tag TEXT,
    digest TEXT,
    -- 'frozen', 'live' or 'both'.
    moment TEXT NOT NULL,
    -- 1 where they are shown.
    shows_environment BIGINT NOT NULL,
    shows_accounts BIGINT NOT NULL,
    note TEXT NOT NULL,
    maker TEXT NOT NULL REFERENCES person (id),
    team TEXT NOT NULL,
    principal TEXT NOT NULL,
    made BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    revoked BIGINT,
    revoked_by TEXT,
    views BIGINT NOT NULL,
    viewed BIGINT,
    -- Cut to a network: whose address it was is not kept.
    viewed_from TEXT,
    -- JSON: what the page showed when the link was made, without what was hidden. Last, because it is
    -- large and lists pass over it.
    frozen TEXT
);

CREATE INDEX link_by_repository ON link (registry, repository);
CREATE INDEX link_by_maker ON link (maker);

CREATE TABLE audit (
    -- Counted from 1, without gaps.
    number BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    outcome TEXT NOT NULL,
    person TEXT,
    person_name TEXT,
    team TEXT,
    principal TEXT,
    address TEXT,
    action TEXT,
    registry TEXT,
    repository TEXT,
    -- JSON: a list of pairs, name and value, of what else matters.
    arguments TEXT NOT NULL,
    statement TEXT,
    request TEXT NOT NULL,
    -- The texts above in small letters: databases do not agree on what these are.
    searched TEXT NOT NULL,
    -- The SHA-256 over the hash of the row before and all of the above.
    hash TEXT NOT NULL
);

CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_person ON audit (person, number);
CREATE INDEX audit_by_repository ON audit (registry, repository, number);

-- Where the rows begin that are kept: the number and hash of the last row that was cut off.
CREATE TABLE audit_checkpoint (
    number BIGINT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,
    made BIGINT NOT NULL
);
