-- Keys by which members of staff sign in without a link: what a browser's authenticator made for them, on one host. `id` is
-- the credential's own id, and the public key is COSE; both are base64url.
CREATE TABLE passkeys (
  id TEXT PRIMARY KEY,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  name TEXT NOT NULL,
  host TEXT NOT NULL,
  public_key TEXT NOT NULL,
  counter INTEGER NOT NULL,
  transports TEXT NOT NULL,
  synced INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX passkeys_staff ON passkeys (staff_id);

-- What was used once and can be used no more, until it would have ended anyway.
CREATE TABLE used_challenges (
  id TEXT PRIMARY KEY,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
