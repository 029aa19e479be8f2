-- Lists of the queue that somebody saved, by their addresses. A shared one is seen by the staff of its site, or, without
-- a site, by those whose are all sites.
CREATE TABLE saved_views (
  id TEXT PRIMARY KEY,
  staff_id TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  shared INTEGER NOT NULL,
  site_id TEXT,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX saved_views_staff ON saved_views (staff_id);
CREATE INDEX saved_views_shared ON saved_views (site_id) WHERE shared = 1;
