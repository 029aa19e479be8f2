-- Times are milliseconds since the epoch, UTC. Addresses are only ever HMACs under a secret of the day.

CREATE TABLE sites (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  origins TEXT NOT NULL,
  locale TEXT NOT NULL,
  policy TEXT NOT NULL CHECK (policy IN ('premoderate', 'trusted', 'postmoderate')),
  settings TEXT NOT NULL DEFAULT '{}',
  created_at INTEGER NOT NULL
) STRICT;

-- What the dashboard's tabs count, and the version its ETag is made from.
CREATE TABLE tallies (
  site_id TEXT PRIMARY KEY REFERENCES sites (id),
  held INTEGER NOT NULL DEFAULT 0,
  flagged INTEGER NOT NULL DEFAULT 0,
  spam INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE threads (
  id INTEGER PRIMARY KEY,
  site_id TEXT NOT NULL REFERENCES sites (id),
  key TEXT NOT NULL,
  url TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL DEFAULT '',
  count INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  closed_at INTEGER,
  created_at INTEGER NOT NULL,
  UNIQUE (site_id, key)
) STRICT;

CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  site_id TEXT NOT NULL REFERENCES sites (id),
  token_hash TEXT NOT NULL,
  approved INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  spam INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  UNIQUE (token_hash, site_id)
) STRICT;

-- author_public_id and parent_id repeat what never changes elsewhere, so that readers cost fewer rows.
-- page_url and page_title are what its author's page was called; a thread is called as its first shown comment says.
-- body, content, verdict and findings are of the latest revision. While an edit of a shown comment
-- waits, shown_content keeps what readers see.
CREATE TABLE comments (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  site_id TEXT NOT NULL REFERENCES sites (id),
  thread_id INTEGER NOT NULL REFERENCES threads (id),
  author_id INTEGER NOT NULL REFERENCES authors (id),
  author_public_id TEXT NOT NULL,
  parent_id TEXT,
  page_url TEXT NOT NULL DEFAULT '',
  page_title TEXT NOT NULL DEFAULT '',
  parent_seq INTEGER REFERENCES comments (seq),
  root_seq INTEGER REFERENCES comments (seq),
  name TEXT NOT NULL,
  email TEXT,
  url TEXT,
  status TEXT NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'approved', 'rejected', 'spam', 'deleted')),
  revision INTEGER NOT NULL DEFAULT 1,
  shown_revision INTEGER,
  body TEXT NOT NULL,
  content TEXT NOT NULL,
  shown_content TEXT,
  body_hash TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  edited_at INTEGER,
  elapsed_ms INTEGER NOT NULL,
  trapped INTEGER NOT NULL DEFAULT 0,
  address TEXT,
  same_address INTEGER,
  verdict TEXT CHECK (verdict IN ('approve', 'hold', 'reject', 'spam')),
  findings TEXT NOT NULL DEFAULT '[]',
  dead_letter INTEGER NOT NULL DEFAULT 0,
  decision_id TEXT,
  likes INTEGER NOT NULL DEFAULT 0,
  flags INTEGER NOT NULL DEFAULT 0,
  reply_count INTEGER NOT NULL DEFAULT 0,
  branch_count INTEGER NOT NULL DEFAULT 0,
  erased INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Reader's thread: roots that are shown or have shown replies, then the shown replies of a root.
CREATE INDEX comments_roots ON comments (thread_id, seq)
  WHERE root_seq IS NULL AND (shown_revision IS NOT NULL OR branch_count > 0);
CREATE INDEX comments_top ON comments (thread_id, likes, seq)
  WHERE root_seq IS NULL AND (shown_revision IS NOT NULL OR branch_count > 0);
CREATE INDEX comments_branch ON comments (root_seq, seq)
  WHERE root_seq IS NOT NULL AND shown_revision IS NOT NULL;

-- Moderation queue: one index a tab, and one a tab and site.
CREATE INDEX comments_held ON comments (seq) WHERE status = 'pending';
CREATE INDEX comments_held_site ON comments (site_id, seq) WHERE status = 'pending';
CREATE INDEX comments_spam ON comments (seq) WHERE status = 'spam';
CREATE INDEX comments_spam_site ON comments (site_id, seq) WHERE status = 'spam';
CREATE INDEX comments_flagged ON comments (seq) WHERE flags > 0 AND status = 'approved';
CREATE INDEX comments_flagged_site ON comments (site_id, seq) WHERE flags > 0 AND status = 'approved';
CREATE INDEX comments_site ON comments (site_id, seq);
CREATE INDEX comments_author ON comments (author_id, seq);
CREATE INDEX comments_thread ON comments (thread_id, seq);

-- Screening: what has no verdict yet, what its queue gave up on, repeats, the day's addresses.
CREATE INDEX comments_unscreened ON comments (seq) WHERE status = 'pending' AND verdict IS NULL;
CREATE INDEX comments_dead ON comments (seq) WHERE status = 'pending' AND dead_letter = 1;
CREATE INDEX comments_repeat ON comments (site_id, body_hash);
CREATE INDEX comments_address ON comments (address, seq) WHERE address IS NOT NULL;
CREATE INDEX comments_address_age ON comments (created_at) WHERE address IS NOT NULL;

-- What a comment said before it was edited.
CREATE TABLE revisions (
  comment_seq INTEGER NOT NULL REFERENCES comments (seq),
  revision INTEGER NOT NULL,
  body TEXT NOT NULL,
  content TEXT NOT NULL,
  verdict TEXT,
  findings TEXT NOT NULL,
  replaced_at INTEGER NOT NULL,
  PRIMARY KEY (comment_seq, revision)
) STRICT, WITHOUT ROWID;

-- Each decision keeps what it replaced, so that an undo can put it back.
CREATE TABLE decisions (
  id TEXT PRIMARY KEY,
  comment_seq INTEGER NOT NULL REFERENCES comments (seq),
  revision INTEGER NOT NULL,
  action TEXT NOT NULL
    CHECK (action IN ('approve', 'reject', 'spam', 'delete', 'restore', 'edit', 'withdraw')),
  reason TEXT,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('moderator', 'screening', 'author', 'operator')),
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  status_before TEXT NOT NULL,
  status_after TEXT NOT NULL,
  shown_before INTEGER,
  decision_before TEXT,
  decided_at INTEGER NOT NULL,
  undone_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX decisions_comment ON decisions (comment_seq, decided_at);

CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  act TEXT NOT NULL,
  site_id TEXT,
  comment_id TEXT,
  details TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX audit_log_site ON audit_log (site_id, id);
CREATE INDEX audit_log_comment ON audit_log (comment_id, id) WHERE comment_id IS NOT NULL;
CREATE TRIGGER audit_log_keeps_rows BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_log_keeps_words BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE bans (
  id TEXT PRIMARY KEY,
  site_id TEXT NOT NULL REFERENCES sites (id),
  kind TEXT NOT NULL CHECK (kind IN ('author', 'address', 'domain')),
  value TEXT NOT NULL,
  until INTEGER,
  reason TEXT,
  created_at INTEGER NOT NULL,
  UNIQUE (site_id, kind, value)
) STRICT;

CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('moderator', 'owner')),
  created_at INTEGER NOT NULL
) STRICT;

-- Sign-in links, sessions and API tokens are kept as SHA-256 only.
CREATE TABLE sign_in_links (
  token_hash TEXT PRIMARY KEY,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_staff ON sessions (staff_id);

CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT;

CREATE TABLE daily_secrets (
  day TEXT PRIMARY KEY,
  secret TEXT NOT NULL
) STRICT, WITHOUT ROWID;
