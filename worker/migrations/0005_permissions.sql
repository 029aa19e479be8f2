-- A member of staff is what their role says on the sites named here, or on every site.
-- Who was staff before is so on every site.
ALTER TABLE staff ADD COLUMN every_site INTEGER NOT NULL DEFAULT 0;
UPDATE staff SET every_site = 1;

CREATE TABLE staff_sites (
  staff_id TEXT NOT NULL REFERENCES staff (id),
  site_id TEXT NOT NULL REFERENCES sites (id),
  PRIMARY KEY (staff_id, site_id)
) STRICT, WITHOUT ROWID;

-- What a token may do, on which site (all when null) and until when (for good when null).
-- Tokens made before may do everything.
ALTER TABLE tokens ADD COLUMN scope TEXT NOT NULL DEFAULT 'read' CHECK (scope IN ('read', 'moderate', 'own'));
ALTER TABLE tokens ADD COLUMN site_id TEXT REFERENCES sites (id);
ALTER TABLE tokens ADD COLUMN expires_at INTEGER;
UPDATE tokens SET scope = 'own';
