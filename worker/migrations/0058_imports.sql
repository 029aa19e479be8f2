-- Comments of another system, brought in slices. `added` counts those that were stored, `known` those that were there
-- already, `removed` those that its taking back removed; `lessons` the decisions of it that screening learns from.
CREATE TABLE imports (
  -- Grows with time; see `store/imports.ts`.
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  site_id TEXT NOT NULL REFERENCES sites (id),
  format TEXT NOT NULL,
  file TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  began_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('working', 'stopped', 'done', 'undoing', 'undone')),
  total INTEGER NOT NULL,
  added INTEGER NOT NULL DEFAULT 0,
  known INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL DEFAULT 0,
  lessons INTEGER NOT NULL DEFAULT 0,
  left_out TEXT NOT NULL DEFAULT '{}',
  errors INTEGER NOT NULL DEFAULT 0,
  worked_at INTEGER NOT NULL
) STRICT;
CREATE INDEX imports_site ON imports (site_id, number);
CREATE INDEX imports_taught ON imports (site_id, lessons)
  WHERE lessons > 0 AND state IN ('working', 'stopped', 'done');
CREATE INDEX imports_undoing ON imports (worked_at) WHERE state = 'undoing';

-- The import that brought a comment, or made a thread or an author. `decided_before` is 1 where a person had decided the
-- comment in the system that it comes from: unless somebody decides it here, screening learns from that.
ALTER TABLE comments ADD COLUMN import_number INTEGER;
ALTER TABLE comments ADD COLUMN decided_before INTEGER NOT NULL DEFAULT 0;
CREATE INDEX comments_imported ON comments (import_number, seq) WHERE import_number IS NOT NULL;
ALTER TABLE threads ADD COLUMN import_number INTEGER;
CREATE INDEX threads_imported ON threads (import_number) WHERE import_number IS NOT NULL;
ALTER TABLE authors ADD COLUMN import_number INTEGER;
