-- A site may keep some of what is said only for a time: `fields_at` says when it is looked at next. So each of these is
-- listed by site and age. E-mails are by import, too: one that was brought is kept since then.
ALTER TABLE tallies ADD COLUMN fields_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX tallies_fields ON tallies (fields_at);
CREATE INDEX comments_email_age ON comments (site_id, coalesce(import_number, 0), created_at) WHERE email IS NOT NULL;
CREATE INDEX notes_age ON notes (site_id, created_at);
DROP INDEX deliveries_age;
CREATE INDEX deliveries_age ON deliveries (site_id, delivered_at);

ALTER TABLE revisions ADD COLUMN site_id TEXT NOT NULL DEFAULT '';
UPDATE revisions SET site_id = coalesce((SELECT site_id FROM comments WHERE seq = revisions.comment_seq), '');
CREATE INDEX revisions_age ON revisions (site_id, replaced_at);
-- Exports don't have it.
CREATE TRIGGER revisions_restored AFTER INSERT ON revisions WHEN NEW.site_id = ''
BEGIN
  UPDATE revisions SET site_id = coalesce((SELECT site_id FROM comments WHERE seq = NEW.comment_seq), '')
  WHERE comment_seq = NEW.comment_seq AND revision = NEW.revision;
END;

-- The search database has e-mails, too.
DROP TRIGGER comments_taken_back;
CREATE TRIGGER comments_taken_back AFTER UPDATE OF erased, flags, email ON comments
WHEN NEW.erased <> OLD.erased OR (NEW.flags > 0) <> (OLD.flags > 0) OR NEW.email IS NOT OLD.email
BEGIN
  INSERT INTO unindexed (seq, day) VALUES (NEW.seq, NEW.created_at / 86400000);
END;

-- What is kept of a look at a site has another form.
UPDATE tallies SET expiry_places = '{}';
