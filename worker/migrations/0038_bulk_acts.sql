-- A decision of all comments that match a filter is worked off in slices. It touches none that came after `up_to`;
-- `place` is where the next slice begins.
CREATE TABLE bulk_acts (
  id TEXT PRIMARY KEY,
  -- A list of ids; null for all sites.
  site_ids TEXT,
  filter TEXT NOT NULL,
  action TEXT NOT NULL,
  reason TEXT,
  ban_id TEXT,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  up_to INTEGER NOT NULL,
  -- How many matched when it began; null where there were too many to count.
  matching INTEGER,
  state TEXT NOT NULL CHECK (state IN ('working', 'stopped', 'done', 'undoing', 'undone')),
  place TEXT,
  slices INTEGER NOT NULL DEFAULT 0,
  decided INTEGER NOT NULL DEFAULT 0,
  passed_over INTEGER NOT NULL DEFAULT 0,
  -- Slices that stand yet while it is undone, and decisions that were taken back.
  standing INTEGER NOT NULL DEFAULT 0,
  restored INTEGER NOT NULL DEFAULT 0,
  undone_by TEXT,
  worked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX bulk_acts_open ON bulk_acts (worked_at) WHERE state IN ('working', 'undoing');
CREATE INDEX bulk_acts_latest ON bulk_acts (made_at);

-- Which decisions each slice took, as a list of ids: one row for a hundred.
CREATE TABLE bulk_slices (
  bulk_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  decisions TEXT NOT NULL,
  PRIMARY KEY (bulk_id, number)
) STRICT, WITHOUT ROWID;
