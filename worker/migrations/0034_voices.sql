-- By which staff write as themselves on the pages of one site: a one-time code at first, then the token that it was given
-- for. It ends with the session that it was made in.
CREATE TABLE voices (
  secret_hash TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  site_id TEXT NOT NULL,
  taken INTEGER NOT NULL DEFAULT 0,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX voices_expiry ON voices (expires_at);
