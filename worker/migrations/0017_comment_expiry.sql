-- Comments that are not published are removed after a time that their site sets. Every site is looked at once a day:
-- `expiry_at` says when next, `expiry_places` how far a look came that is not over, by status. What is there by now stays
-- a week longer, so that its owners may read of it.
ALTER TABLE tallies ADD COLUMN expiry_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tallies ADD COLUMN expiry_places TEXT NOT NULL DEFAULT '{}';
UPDATE tallies SET expiry_at = unixepoch() * 1000 + 7 * 86400000;
CREATE INDEX tallies_expiry ON tallies (expiry_at);
CREATE INDEX comments_refused ON comments (site_id, status, created_at, seq) WHERE status IN ('rejected', 'deleted');
