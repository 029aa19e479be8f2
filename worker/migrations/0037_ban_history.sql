-- A ban that was lifted or extended stays for a time: so the log tells whom it kept out, and an undo brings it back as
-- it stood. `replaces` is the ban that another one extends.
CREATE TABLE bans_kept (
  id TEXT PRIMARY KEY,
  site_id TEXT NOT NULL REFERENCES sites (id),
  kind TEXT NOT NULL CHECK (kind IN ('author', 'address', 'domain')),
  value TEXT NOT NULL,
  until INTEGER,
  reason TEXT,
  created_at INTEGER NOT NULL,
  network TEXT,
  network_until INTEGER,
  loose INTEGER NOT NULL DEFAULT 0,
  replaces TEXT,
  ended_at INTEGER
) STRICT;
INSERT INTO bans_kept (id, site_id, kind, value, until, reason, created_at, network, network_until, loose)
SELECT id, site_id, kind, value, until, reason, created_at, network, network_until, loose FROM bans;
DROP TABLE bans;
ALTER TABLE bans_kept RENAME TO bans;
CREATE UNIQUE INDEX bans_standing ON bans (site_id, kind, value) WHERE ended_at IS NULL;
CREATE INDEX bans_value ON bans (value) WHERE ended_at IS NULL;
CREATE INDEX bans_network ON bans (site_id, network) WHERE network IS NOT NULL;
CREATE INDEX bans_loose ON bans (site_id) WHERE loose = 1;
CREATE INDEX bans_latest ON bans (created_at, id) WHERE ended_at IS NULL;
CREATE INDEX bans_latest_site ON bans (site_id, created_at, id) WHERE ended_at IS NULL;
CREATE INDEX bans_ended ON bans (ended_at) WHERE ended_at IS NOT NULL;

-- Where withdrawn comments came from is known until the day ends.
CREATE INDEX comments_withdrawn_address ON comments (address) WHERE erased = 1 AND address IS NOT NULL;
