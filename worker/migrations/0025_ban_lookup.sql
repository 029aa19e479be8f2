-- Bans are looked up by what they ban. `loose` are ranges whose address says more than the range does, as an earlier
-- release kept them: these are compared one by one.
ALTER TABLE bans ADD COLUMN loose INTEGER NOT NULL DEFAULT 0;
UPDATE bans SET loose = 1 WHERE kind = 'address' AND NOT (
  value LIKE '%.%/32' OR value LIKE '%.0/24' OR value LIKE '%.0.0/16' OR value LIKE '%.0.0.0/8'
  OR value LIKE '%:0:0:0:0/64' OR value LIKE '%:0:0:0:0:0/48' OR value LIKE '%:0:0:0:0:0:0/32');
CREATE INDEX bans_loose ON bans (site_id) WHERE loose = 1;

-- Lists of bans, the latest first.
CREATE INDEX bans_latest ON bans (created_at, id);
CREATE INDEX bans_latest_site ON bans (site_id, created_at, id);
