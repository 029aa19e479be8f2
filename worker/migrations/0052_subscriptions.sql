-- What a reader wants to be told: what becomes of a comment, answers to it, or all that is new in a thread, which may have
-- no comment yet. `reader` is the hash of the token that asked for it, `told` the fate that its mail told last.
CREATE TABLE subscriptions (
  subscriber_id TEXT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('fate', 'replies', 'thread')),
  comment_seq INTEGER NOT NULL DEFAULT 0,
  thread_key TEXT NOT NULL DEFAULT '',
  site_id TEXT NOT NULL,
  reader TEXT,
  created_at INTEGER NOT NULL,
  confirmed_at INTEGER,
  told TEXT,
  PRIMARY KEY (subscriber_id, kind, comment_seq, thread_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscriptions_comment ON subscriptions (comment_seq, kind) WHERE comment_seq > 0;
CREATE INDEX subscriptions_thread ON subscriptions (site_id, thread_key) WHERE kind = 'thread';
CREATE INDEX subscriptions_reader ON subscriptions (reader, site_id) WHERE reader IS NOT NULL;
CREATE INDEX subscriptions_unconfirmed ON subscriptions (created_at) WHERE confirmed_at IS NULL;
CREATE INDEX subscriptions_fate_told ON subscriptions (confirmed_at) WHERE kind = 'fate' AND told IS NOT NULL;

-- With the last of it goes the address.
CREATE TRIGGER subscriptions_ended AFTER DELETE ON subscriptions
WHEN NOT EXISTS (SELECT 1 FROM subscriptions WHERE subscriber_id = OLD.subscriber_id)
BEGIN
  UPDATE subscribers SET state = 'ended', address = '', changed_at = unixepoch() * 1000
  WHERE id = OLD.subscriber_id;
END;

-- Comments that subscribers are to be told of, or were lately: so each is told once. `mail` names the mail that a comment
-- is in, from before that is sent.
CREATE TABLE reader_news (
  comment_seq INTEGER NOT NULL,
  subscriber_id TEXT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('replies', 'thread')),
  thread_id INTEGER NOT NULL,
  mail TEXT,
  told_at INTEGER,
  PRIMARY KEY (comment_seq, subscriber_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reader_news_told ON reader_news (told_at, subscriber_id, thread_id);

-- Nobody is told of a comment that lost its words, its author neither.
CREATE TRIGGER subscriptions_erased AFTER UPDATE OF erased ON comments WHEN NEW.erased = 1 AND OLD.erased = 0
BEGIN
  DELETE FROM subscriptions WHERE comment_seq = NEW.seq AND comment_seq > 0;
END;

-- Nor of one that is gone.
CREATE TRIGGER subscriptions_removed AFTER DELETE ON comments
BEGIN
  DELETE FROM subscriptions WHERE comment_seq = OLD.seq AND comment_seq > 0;
END;
CREATE TRIGGER reader_news_removed AFTER DELETE ON comments WHEN OLD.shown_version IS NOT NULL
BEGIN
  DELETE FROM reader_news WHERE comment_seq = OLD.seq;
END;
