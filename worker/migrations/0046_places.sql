-- After how many days from its first comment a thread closes: null as its site says, 0 never. And the seconds that an author
-- waits between two comments there; 0 for none.
ALTER TABLE threads ADD COLUMN close_after INTEGER;
ALTER TABLE threads ADD COLUMN slow_seconds INTEGER NOT NULL DEFAULT 0;

-- Since when a site takes no more comments and is out of the menus.
ALTER TABLE sites ADD COLUMN archived_at INTEGER;

-- On which of its registered origins a site's thread was last asked for, and the page; noted once a day at most.
CREATE TABLE sightings (
  site_id TEXT NOT NULL REFERENCES sites (id),
  registered TEXT NOT NULL,
  origin TEXT NOT NULL,
  key TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (site_id, registered)
) STRICT, WITHOUT ROWID;
