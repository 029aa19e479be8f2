-- What was done on a site in a day (UTC), as JSON; under the site '' what was done on all of them.
CREATE TABLE daily_figures (
  site_id TEXT NOT NULL,
  day INTEGER NOT NULL,
  figures TEXT NOT NULL,
  PRIMARY KEY (site_id, day)
) STRICT, WITHOUT ROWID;

-- Up to which event they count: a single row, made by the first count. All events from before are counted, too.
CREATE TABLE roll_ups (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  counted_to INTEGER NOT NULL
) STRICT;
