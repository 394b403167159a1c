-- What ended links keep is found without a look at every link: link.frozen says whether a link keeps something.
CREATE INDEX link_kept_until ON link (expires) WHERE frozen IS NOT NULL;
CREATE INDEX link_kept_when_revoked ON link (revoked) WHERE frozen IS NOT NULL AND revoked IS NOT NULL;

-- It did not where the version before had moved it to link_kept.
UPDATE link SET frozen = '{"version":4294967295}'
WHERE frozen IS NULL AND id IN (SELECT link FROM link_kept);
