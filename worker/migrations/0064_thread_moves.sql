-- A page that moved leaves its key behind: with a row without comments, which names the thread that answers under it now.
ALTER TABLE threads ADD COLUMN moved_to INTEGER;
CREATE INDEX threads_moved ON threads (moved_to) WHERE moved_to IS NOT NULL;

-- What moved to another key. Where a thread was there already, the comments go into it, in slices.
CREATE TABLE thread_moves (
  id TEXT PRIMARY KEY,
  site_id TEXT NOT NULL REFERENCES sites (id),
  from_key TEXT NOT NULL,
  to_key TEXT NOT NULL,
  -- The thread that moved.
  thread_id INTEGER NOT NULL,
  -- The one that it goes into; null where there was none.
  into_id INTEGER,
  -- As JSON: the keys that led to the thread before, and what the one that it goes into was set to.
  former TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  -- The last comment there was then: what answers those that came along goes back with them.
  up_to INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('working', 'done', 'undoing', 'undone')),
  slices INTEGER NOT NULL DEFAULT 0,
  moved INTEGER NOT NULL DEFAULT 0,
  -- Slices that stand yet while it is undone, and comments that went back.
  standing INTEGER NOT NULL DEFAULT 0,
  restored INTEGER NOT NULL DEFAULT 0,
  worked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_moves_site ON thread_moves (site_id, made_at);
CREATE INDEX thread_moves_open ON thread_moves (worked_at) WHERE state IN ('working', 'undoing');

-- Which comments came with each slice, as a list of ids.
CREATE TABLE thread_move_slices (
  move_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  site_id TEXT NOT NULL,
  comments TEXT NOT NULL,
  PRIMARY KEY (move_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_move_slices_site ON thread_move_slices (site_id);
