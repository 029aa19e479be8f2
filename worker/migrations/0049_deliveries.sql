-- What the outbox knows of a delivery: the act that it tells of, ids and codes (`details`), and whom it is for, by id and
-- as shown, where that is one recipient. A row that gathers keeps the earlier time when something comes in its place.
-- `taken` while a worker delivers it; `wished_at` is when it is due once more, since something came meanwhile.
ALTER TABLE outbox ADD COLUMN act TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
ALTER TABLE outbox ADD COLUMN recipient_id TEXT;
ALTER TABLE outbox ADD COLUMN recipient TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN gathers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN taken INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN wished_at INTEGER;
CREATE INDEX outbox_site_waiting ON outbox (site_id, id) WHERE dead_at IS NULL;
CREATE INDEX outbox_site_dead ON outbox (site_id, id) WHERE dead_at IS NOT NULL;
CREATE INDEX outbox_recipient ON outbox (recipient_id) WHERE recipient_id IS NOT NULL;

-- What was delivered, for a month. Nobody's words, and of an address only what is shown of it.
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  site_id TEXT NOT NULL,
  destination TEXT NOT NULL,
  act TEXT NOT NULL,
  details TEXT NOT NULL,
  recipient_id TEXT,
  recipient TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  answer TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  delivered_at INTEGER NOT NULL
) STRICT;
CREATE INDEX deliveries_site ON deliveries (site_id, id);
CREATE INDEX deliveries_age ON deliveries (delivered_at);
CREATE INDEX deliveries_recipient ON deliveries (recipient_id) WHERE recipient_id IS NOT NULL;
