-- The reader's thread, complete. `shown_version` is the thread's version that first showed a comment,
-- so that "what is new since" is one range of an index. `appeal` is what the author said when asking
-- for another look; null when they never did. `flags` of a comment counts those that are open, and is 0
-- until they are as many as the site's threshold.
ALTER TABLE comments ADD COLUMN shown_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN pinned_at INTEGER;
ALTER TABLE comments ADD COLUMN appeal TEXT;
CREATE INDEX comments_shown ON comments (thread_id, shown_version) WHERE shown_revision IS NOT NULL;
CREATE INDEX comments_shown_site ON comments (site_id, seq) WHERE shown_revision IS NOT NULL;
CREATE INDEX comments_pinned ON comments (thread_id, pinned_at) WHERE pinned_at IS NOT NULL;

-- What staff is called beside its name.
ALTER TABLE authors ADD COLUMN badge TEXT;
CREATE INDEX authors_badged ON authors (site_id, public_id) WHERE badge IS NOT NULL;

-- Readers are known by the hash of their author token.
CREATE TABLE likes (
  comment_seq INTEGER NOT NULL REFERENCES comments (seq),
  reader TEXT NOT NULL,
  address TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (comment_seq, reader)
) STRICT, WITHOUT ROWID;
CREATE INDEX likes_address ON likes (comment_seq, address) WHERE address IS NOT NULL;
CREATE INDEX likes_address_age ON likes (at) WHERE address IS NOT NULL;

-- A flag is open until a person's decision answers it.
CREATE TABLE flags (
  comment_seq INTEGER NOT NULL REFERENCES comments (seq),
  reader TEXT NOT NULL,
  address TEXT,
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  at INTEGER NOT NULL,
  answered_by TEXT,
  PRIMARY KEY (comment_seq, reader)
) STRICT, WITHOUT ROWID;
CREATE INDEX flags_open ON flags (comment_seq) WHERE answered_by IS NULL;
CREATE INDEX flags_address_age ON flags (at) WHERE address IS NOT NULL;

-- The secret that Turnstile gave to a site, and where it is asked.
CREATE TABLE turnstile (
  site_id TEXT PRIMARY KEY REFERENCES sites (id),
  secret TEXT NOT NULL,
  endpoint TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Decisions learn the act `appeal` and remember the flags they answer.
CREATE TABLE decisions_next (
  id TEXT PRIMARY KEY,
  comment_seq INTEGER NOT NULL REFERENCES comments (seq),
  revision INTEGER NOT NULL,
  action TEXT NOT NULL
    CHECK (action IN ('approve', 'reject', 'spam', 'delete', 'restore', 'edit', 'withdraw', 'appeal')),
  reason TEXT,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('moderator', 'screening', 'author', 'operator')),
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  status_before TEXT NOT NULL,
  status_after TEXT NOT NULL,
  shown_before INTEGER,
  flags_before INTEGER NOT NULL DEFAULT 0,
  decision_before TEXT,
  decided_at INTEGER NOT NULL,
  undone_at INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO decisions_next (id, comment_seq, revision, action, reason, actor_kind, actor_id, actor_name,
  status_before, status_after, shown_before, decision_before, decided_at, undone_at)
SELECT id, comment_seq, revision, action, reason, actor_kind, actor_id, actor_name,
  status_before, status_after, shown_before, decision_before, decided_at, undone_at FROM decisions;
DROP TABLE decisions;
ALTER TABLE decisions_next RENAME TO decisions;
CREATE INDEX decisions_comment ON decisions (comment_seq, decided_at);
