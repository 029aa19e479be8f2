-- Who is removed keeps a row, since notes and lists name people by it, and their name is free again. A language, a time
-- zone and the last time seen are null until they are known: nobody has used an invitation whose person was never seen.
CREATE TABLE staff_now (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('moderator', 'owner')),
  every_site INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  locale TEXT,
  time_zone TEXT,
  seen_at INTEGER,
  removed_at INTEGER
) STRICT;
INSERT INTO staff_now (id, name, role, every_site, created_at, seen_at)
SELECT id, name, role, every_site, created_at,
  coalesce((SELECT max(created_at) FROM sessions WHERE staff_id = staff.id), created_at) FROM staff;

CREATE TABLE staff_sites_now (
  staff_id TEXT NOT NULL REFERENCES staff_now (id),
  site_id TEXT NOT NULL REFERENCES sites (id),
  PRIMARY KEY (staff_id, site_id)
) STRICT, WITHOUT ROWID;
INSERT INTO staff_sites_now SELECT staff_id, site_id FROM staff_sites;
DROP TABLE staff_sites;

CREATE TABLE sign_in_links_now (
  token_hash TEXT PRIMARY KEY,
  staff_id TEXT NOT NULL REFERENCES staff_now (id),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO sign_in_links_now SELECT token_hash, staff_id, expires_at FROM sign_in_links;
DROP TABLE sign_in_links;

-- A session is known to people by its id, and by what browser, on what system and in what time zone it was begun.
CREATE TABLE sessions_now (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  staff_id TEXT NOT NULL REFERENCES staff_now (id),
  browser TEXT,
  system TEXT,
  time_zone TEXT,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO sessions_now (id, token_hash, staff_id, created_at, seen_at, expires_at)
SELECT lower(printf('%s-%s-4%s-8%s-%s', hex(randomblob(4)), hex(randomblob(2)), substr(hex(randomblob(2)), 2),
    substr(hex(randomblob(2)), 2), hex(randomblob(6)))),
  token_hash, staff_id, created_at, created_at, expires_at FROM sessions;
DROP TABLE sessions;

DROP TABLE staff;
ALTER TABLE staff_now RENAME TO staff;
ALTER TABLE staff_sites_now RENAME TO staff_sites;
ALTER TABLE sign_in_links_now RENAME TO sign_in_links;
ALTER TABLE sessions_now RENAME TO sessions;

CREATE UNIQUE INDEX staff_names ON staff (name) WHERE removed_at IS NULL;
CREATE INDEX staff_everywhere ON staff (name) WHERE every_site = 1 AND removed_at IS NULL;
CREATE INDEX staff_sites_site ON staff_sites (site_id);
CREATE INDEX sign_in_links_staff ON sign_in_links (staff_id);
CREATE INDEX sign_in_links_expiry ON sign_in_links (expires_at);
CREATE INDEX sessions_staff ON sessions (staff_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- Who made a token; null for the operator, and for tokens of earlier releases.
ALTER TABLE tokens ADD COLUMN made_by TEXT REFERENCES staff (id);
CREATE INDEX tokens_maker ON tokens (made_by) WHERE made_by IS NOT NULL;
