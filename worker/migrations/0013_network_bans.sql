-- A ban of an author can take their network of the day along: its hash, kept as long as it can be compared.
ALTER TABLE bans ADD COLUMN network TEXT;
ALTER TABLE bans ADD COLUMN network_until INTEGER;
CREATE INDEX bans_network ON bans (site_id, network) WHERE network IS NOT NULL;
