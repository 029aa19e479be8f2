-- Likes and flags count by the network around an address. What was kept by address is as good as its network for the
-- three days that it is kept.
DROP INDEX likes_address;
DROP INDEX likes_address_age;
ALTER TABLE likes RENAME COLUMN address TO customer;
ALTER TABLE likes ADD COLUMN network TEXT;
UPDATE likes SET network = customer WHERE customer IS NOT NULL;
CREATE INDEX likes_network ON likes (comment_seq, network) WHERE network IS NOT NULL;
CREATE INDEX likes_network_age ON likes (at) WHERE network IS NOT NULL;

-- `weight` is what a flag adds to those of its network, which count together.
DROP INDEX flags_address_age;
ALTER TABLE flags RENAME COLUMN address TO network;
ALTER TABLE flags ADD COLUMN weight INTEGER NOT NULL DEFAULT 1;
UPDATE flags SET weight = 0 WHERE EXISTS (SELECT 1 FROM flags f
  WHERE f.comment_seq = flags.comment_seq AND f.network = flags.network AND (f.at, f.reader) < (flags.at, flags.reader));
CREATE INDEX flags_network_age ON flags (at) WHERE network IS NOT NULL;
