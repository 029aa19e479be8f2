-- Screening that learns. `score` is the learner's log-odds of spam, `doubt` how unsure it is (0 to 1);
-- where it said nothing that may be shown, they sort last.
-- `facts` is what screening knew, without the text; `signature` the MinHash of the text.
-- `audited` is an automatic verdict that a person decides again without being told it.
ALTER TABLE comments ADD COLUMN score REAL NOT NULL DEFAULT 1e9;
ALTER TABLE comments ADD COLUMN doubt REAL NOT NULL DEFAULT -1;
ALTER TABLE comments ADD COLUMN band TEXT;
ALTER TABLE comments ADD COLUMN audited TEXT;
ALTER TABLE comments ADD COLUMN facts TEXT;
ALTER TABLE comments ADD COLUMN signature TEXT;
CREATE INDEX comments_held_hardest ON comments (site_id, doubt, seq) WHERE status = 'pending';
CREATE INDEX comments_held_fine ON comments (site_id, score, seq) WHERE status = 'pending';
CREATE INDEX comments_audited ON comments (site_id, seq) WHERE audited IS NOT NULL;

-- `vouched` counts the comments that people approved, and trust goes by it: what screening published
-- vouches for nobody.
ALTER TABLE authors ADD COLUMN first_approved_at INTEGER;
ALTER TABLE authors ADD COLUMN vouched INTEGER NOT NULL DEFAULT 0;
UPDATE authors SET vouched = (
  SELECT count(*) FROM comments c JOIN decisions d ON d.id = c.decision_id
  WHERE c.author_id = authors.id AND c.status = 'approved' AND d.actor_kind IN ('moderator', 'operator'));

-- In a checked thread every comment waits for a person.
ALTER TABLE threads ADD COLUMN checked INTEGER NOT NULL DEFAULT 0;

-- Parts of signatures, by which near duplicates are found; hosts that comments link to.
CREATE TABLE likeness (
  site_id TEXT NOT NULL,
  part INTEGER NOT NULL,
  comment_seq INTEGER NOT NULL,
  PRIMARY KEY (site_id, part, comment_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX likeness_comment ON likeness (comment_seq);
CREATE TABLE linked_hosts (
  site_id TEXT NOT NULL,
  host TEXT NOT NULL,
  comment_seq INTEGER NOT NULL,
  PRIMARY KEY (site_id, host, comment_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX linked_hosts_comment ON linked_hosts (comment_seq);

CREATE TABLE word_lists (
  site_id TEXT NOT NULL REFERENCES sites (id),
  list TEXT NOT NULL CHECK (list IN ('hold', 'spam', 'domains')),
  entries TEXT NOT NULL,
  PRIMARY KEY (site_id, list)
) STRICT, WITHOUT ROWID;

-- `config` holds secrets and never leaves the worker but to the screener itself.
CREATE TABLE screeners (
  site_id TEXT NOT NULL REFERENCES sites (id),
  kind TEXT NOT NULL CHECK (kind IN ('akismet', 'openai', 'workers_ai', 'webhook')),
  config TEXT NOT NULL,
  last TEXT,
  PRIMARY KEY (site_id, kind)
) STRICT, WITHOUT ROWID;

-- Comments whose standing decision the learner has yet to take in: the outbox of its jobs.
CREATE TABLE untaught (
  comment_seq INTEGER PRIMARY KEY,
  site_id TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT;
CREATE INDEX untaught_site ON untaught (site_id, comment_seq);

-- What people decided, as the learner reads it: packed features in place of the text. Lessons of one
-- author, of one address and day, or of texts nearly alike count together as one; `source` and
-- `cluster` are the first lesson's comment of each. `place` is how many lessons of a group came
-- before: those of a flood are kept, and not read.
CREATE TABLE lessons (
  site_id TEXT NOT NULL REFERENCES sites (id),
  comment_seq INTEGER NOT NULL,
  label TEXT NOT NULL CHECK (label IN ('fine', 'spam')),
  features TEXT NOT NULL,
  author_id INTEGER NOT NULL,
  source INTEGER,
  cluster INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (site_id, comment_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX lessons_label ON lessons (site_id, label, comment_seq) WHERE place < 20;
CREATE INDEX lessons_author_id ON lessons (site_id, label, author_id);
CREATE INDEX lessons_source ON lessons (site_id, label, source) WHERE source IS NOT NULL;
CREATE INDEX lessons_cluster ON lessons (site_id, label, cluster);

-- One learner a site: the model that scores comments, what that model says of its own lessons
-- (`scores`), the work on the next one, and what the audit of automatic verdicts found.
-- `lessons_version` counts changes to the lessons, `model_version` is the one the model knows, and
-- `step` counts writes, so that of two jobs at the same work one gives way.
CREATE TABLE learners (
  site_id TEXT PRIMARY KEY REFERENCES sites (id),
  lessons_version INTEGER NOT NULL DEFAULT 0,
  model_version INTEGER NOT NULL DEFAULT 0,
  step INTEGER NOT NULL DEFAULT 0,
  model TEXT,
  scores TEXT,
  work TEXT,
  worked_at INTEGER NOT NULL DEFAULT 0,
  rescored INTEGER NOT NULL DEFAULT 0,
  automation TEXT NOT NULL DEFAULT '{}'
) STRICT, WITHOUT ROWID;
