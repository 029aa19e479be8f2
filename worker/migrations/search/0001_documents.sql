-- The full-text index of all comments, made from the main database and made anew from it at any time. It holds runs of
-- letters, and no texts. A document's number is the day of its comment and the comment's number (`store/searchIndex.ts`).
CREATE VIRTUAL TABLE documents USING fts5(
  tokens,
  content = '',
  contentless_delete = 1,
  detail = none,
  tokenize = "ascii tokenchars '!""#$%&()*+,-./:;<=>?@[\]^_`{|}~'"
);

-- How far the index has come: up to which event it followed (null before it is begun), down to which comment it is
-- built (0 at the end), and down to which document a renamed thread is read again. Each write is a turn.
CREATE TABLE progress (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  turn INTEGER NOT NULL DEFAULT 0,
  event INTEGER,
  build_below INTEGER NOT NULL DEFAULT 0,
  built INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  thread INTEGER,
  thread_below INTEGER,
  asked_until INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO progress (id) VALUES (1);

-- Comments that screening had not looked at when they were indexed: they are looked at again.
CREATE TABLE unscreened (
  seq INTEGER PRIMARY KEY
) STRICT;

-- While it has a row, the index may still hold what was taken back: see the table of this name in the main database.
CREATE TABLE scrubbing (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  since INTEGER NOT NULL
) STRICT;
