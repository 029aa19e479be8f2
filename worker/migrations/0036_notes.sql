-- What staff writes for staff about a comment or an author. `mentions` is a list of ids of the staff it names. A comment
-- and an author count their notes, so that lists need not look for them.
CREATE TABLE notes (
  id TEXT PRIMARY KEY,
  site_id TEXT NOT NULL REFERENCES sites (id),
  comment_seq INTEGER REFERENCES comments (seq) ON DELETE CASCADE,
  author_id INTEGER REFERENCES authors (id) ON DELETE CASCADE,
  body TEXT NOT NULL,
  mentions TEXT NOT NULL DEFAULT '[]',
  staff_id TEXT NOT NULL,
  staff_name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  CHECK ((comment_seq IS NULL) <> (author_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX notes_comment ON notes (comment_seq, created_at) WHERE comment_seq IS NOT NULL;
CREATE INDEX notes_author ON notes (author_id, created_at) WHERE author_id IS NOT NULL;
CREATE TABLE mentions (
  staff_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  note_id TEXT NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
  PRIMARY KEY (staff_id, created_at, note_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_note ON mentions (note_id);
ALTER TABLE comments ADD COLUMN notes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE authors ADD COLUMN notes INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER notes_added AFTER INSERT ON notes
BEGIN
  UPDATE comments SET notes = notes + 1 WHERE seq = NEW.comment_seq;
  UPDATE authors SET notes = notes + 1 WHERE id = NEW.author_id;
END;
CREATE TRIGGER notes_removed AFTER DELETE ON notes
BEGIN
  UPDATE comments SET notes = notes - 1 WHERE seq = OLD.comment_seq;
  UPDATE authors SET notes = notes - 1 WHERE id = OLD.author_id;
END;
-- A comment whose words go takes the notes about it along.
CREATE TRIGGER notes_erased AFTER UPDATE OF erased ON comments WHEN NEW.erased = 1 AND NEW.notes > 0
BEGIN DELETE FROM notes WHERE comment_seq = NEW.seq; END;
