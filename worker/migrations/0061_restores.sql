-- Exports that are put back here, by their own id: how many parts came, the hash of the last, what is added to the numbers of
-- its rows, and since when its sites were archived, which all are until its end. A part comes once, and in its turn.
CREATE TABLE restores (
  id TEXT PRIMARY KEY,
  head TEXT NOT NULL,
  part INTEGER NOT NULL DEFAULT 0,
  sha256 TEXT NOT NULL DEFAULT '',
  added TEXT NOT NULL,
  archived TEXT NOT NULL DEFAULT '{}',
  left_out INTEGER NOT NULL DEFAULT 0,
  begun_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TRIGGER restores_in_turn BEFORE UPDATE OF part ON restores WHEN NEW.part <> OLD.part + 1
BEGIN SELECT RAISE(ABORT, 'a part came out of turn'); END;
