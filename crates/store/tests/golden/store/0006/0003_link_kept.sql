-- What a link keeps of its target, by the link's id. It is large, and SQLite writes a whole row again when anything in
-- it changes: so a row of "link" is small. Versions before this one kept it in link.frozen.
CREATE TABLE link_kept (
    link TEXT NOT NULL PRIMARY KEY REFERENCES link (id) ON DELETE CASCADE,
    -- JSON, as in link.frozen before.
    content TEXT NOT NULL
);

CREATE INDEX link_by_team ON link (team);
