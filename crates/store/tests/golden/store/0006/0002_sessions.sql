-- What people are shown of their sessions. Sessions that began before this migration have none of it.
ALTER TABLE session ADD COLUMN begun BIGINT;
-- Cut to a network, as for links: the address is not kept.
ALTER TABLE session ADD COLUMN network TEXT;
ALTER TABLE session ADD COLUMN browser TEXT;

-- Versions before this one kept ID tokens and the secrets of unfinished sign-ins here, in clear.
UPDATE session SET content = '{}';
