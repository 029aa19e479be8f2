-- How far screening has come on a site: until when the comments waited that it has looked at, and when it last did.
ALTER TABLE tallies ADD COLUMN screened_to INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tallies ADD COLUMN screened_at INTEGER NOT NULL DEFAULT 0;

-- Lost jobs of screening that the sweep sent again: up to which comment, and when those that still wait come again.
CREATE TABLE screening_rounds (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sent_to INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  wait INTEGER NOT NULL
) STRICT;
