-- Accounts elsewhere by which members of staff sign in: who vouches for them, and what it calls them for good. `label` is what
-- people know the account by, and opens nothing.
CREATE TABLE connected_accounts (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  provider TEXT NOT NULL,
  label TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX connected_accounts_staff ON connected_accounts (staff_id);

-- When a session ends however often it is used; null where each use puts its end off.
ALTER TABLE sessions ADD COLUMN ends_by INTEGER;
