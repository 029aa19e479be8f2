-- Where the owners of a site have it told what happens there: webhooks and chats. `config` has the secrets of a chat, `secret`
-- signs what goes to a webhook, and the one before it is valid until a time. `minute`, `sent` and `more` keep a chat from
-- being flooded: what it was sent in a minute, and what is to be told of in one message.
CREATE TABLE endpoints (
  id TEXT PRIMARY KEY,
  site_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  target TEXT NOT NULL,
  config TEXT NOT NULL,
  secret TEXT,
  former_secret TEXT,
  former_until INTEGER,
  types TEXT NOT NULL,
  paused INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  failing_since INTEGER,
  failure TEXT,
  disabled_at INTEGER,
  minute INTEGER NOT NULL DEFAULT 0,
  sent INTEGER NOT NULL DEFAULT 0,
  more INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX endpoints_site ON endpoints (site_id, created_at);
