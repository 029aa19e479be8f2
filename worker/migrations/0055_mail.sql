-- Addresses that mail is not sent to any more, by their HMAC: it bounced, or whoever reads there complained.
CREATE TABLE mail_blocks (
  address_hash TEXT PRIMARY KEY,
  why TEXT NOT NULL CHECK (why IN ('bounced', 'complained', 'refused')),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_blocks_age ON mail_blocks (at);

-- Where staff last found this instance: links in mails lead there, where no public URL is set.
CREATE TABLE instance_address (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  address TEXT NOT NULL
) STRICT;
