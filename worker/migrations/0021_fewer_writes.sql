-- What a comment's post and screening write counts each entry of an index.

-- Near duplicates are found by the four quarters of a signature, and go with it.
DROP TABLE likeness;
CREATE INDEX comments_alike_1 ON comments (site_id, substr(signature, 1, 16)) WHERE signature IS NOT NULL;
CREATE INDEX comments_alike_2 ON comments (site_id, substr(signature, 17, 16)) WHERE signature IS NOT NULL;
CREATE INDEX comments_alike_3 ON comments (site_id, substr(signature, 33, 16)) WHERE signature IS NOT NULL;
CREATE INDEX comments_alike_4 ON comments (site_id, substr(signature, 49, 16)) WHERE signature IS NOT NULL;

-- The hash of a network begins with the day of its secret, so that addresses can be found by their age.
DROP INDEX comments_address_age;
UPDATE comments SET address = (created_at / 86400000) || '-' || address WHERE address IS NOT NULL;
UPDATE likes SET network = (at / 86400000) || '-' || network WHERE network IS NOT NULL;
UPDATE flags SET network = (at / 86400000) || '-' || network WHERE network IS NOT NULL;
UPDATE bans SET network = ((network_until - 1) / 86400000) || '-' || network WHERE network IS NOT NULL;

-- Lists by the learner's word have what screening has looked at.
DROP INDEX comments_held_hardest;
CREATE INDEX comments_held_hardest ON comments (site_id, doubt, seq) WHERE status = 'pending' AND verdict IS NOT NULL;
DROP INDEX comments_held_fine;
CREATE INDEX comments_held_fine ON comments (site_id, score, seq) WHERE status = 'pending' AND verdict IS NOT NULL;
