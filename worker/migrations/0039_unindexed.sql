-- Comments that the search database must look at again though no event names them: removed ones, those whose words were
-- taken back, and those that readers reported. Whatever removes a comment, its words do not stay there.
CREATE TABLE unindexed (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  day INTEGER NOT NULL
) STRICT;
CREATE TRIGGER comments_removed AFTER DELETE ON comments
BEGIN
  INSERT INTO unindexed (seq, day) VALUES (OLD.seq, OLD.created_at / 86400000);
END;
CREATE TRIGGER comments_taken_back AFTER UPDATE OF erased, flags ON comments
WHEN NEW.erased <> OLD.erased OR (NEW.flags > 0) <> (OLD.flags > 0)
BEGIN
  INSERT INTO unindexed (seq, day) VALUES (NEW.seq, NEW.created_at / 86400000);
END;
