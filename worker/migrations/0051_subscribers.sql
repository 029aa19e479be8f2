-- Readers who want to be told by mail. Their id is an HMAC of site and address; the address itself is there as long as
-- something is to be sent to it. `asked_day` is the day of the last letter that asks them to confirm, and `asked` how many
-- they left unanswered. Who complained is never written to again: for that the id stays.
CREATE TABLE subscribers (
  id TEXT PRIMARY KEY,
  site_id TEXT NOT NULL REFERENCES sites (id),
  address TEXT NOT NULL,
  locale TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'confirmed', 'ended')),
  complained INTEGER NOT NULL DEFAULT 0,
  asked_day INTEGER NOT NULL DEFAULT 0,
  asked INTEGER NOT NULL DEFAULT 0,
  changed_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX subscribers_site ON subscribers (site_id, state);
CREATE INDEX subscribers_over ON subscribers (changed_at) WHERE state <> 'confirmed' AND complained = 0;

-- What was asked for on a day, in the name of a site and of one of its readers' networks.
CREATE TABLE subscription_days (
  day INTEGER NOT NULL,
  spender TEXT NOT NULL,
  requests INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (day, spender)
) STRICT, WITHOUT ROWID;
