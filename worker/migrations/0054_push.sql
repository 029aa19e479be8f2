-- By what this instance says to push services who it is (RFC 8292): one pair, made when a device first asks for it.
CREATE TABLE push_keys (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  public_key TEXT NOT NULL,
  private_key TEXT NOT NULL
) STRICT;

-- Browsers of staff that are told by web push.
CREATE TABLE push_subscriptions (
  id TEXT PRIMARY KEY,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  endpoint TEXT NOT NULL UNIQUE,
  p256dh TEXT NOT NULL,
  auth TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX push_subscriptions_staff ON push_subscriptions (staff_id);

-- When a device was told of a site last, and what waited there then (JSON of marks).
CREATE TABLE push_told (
  site_id TEXT NOT NULL,
  subscription_id TEXT NOT NULL REFERENCES push_subscriptions (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  known TEXT NOT NULL,
  PRIMARY KEY (site_id, subscription_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX push_told_subscription ON push_told (subscription_id);

-- How many devices somebody is told on, so that one look finds whether anybody is to be told at all.
ALTER TABLE staff_mail ADD COLUMN devices INTEGER NOT NULL DEFAULT 0;
DROP INDEX staff_mail_confirmed;
CREATE INDEX staff_mail_reached ON staff_mail (staff_id) WHERE address IS NOT NULL OR devices > 0;
CREATE TRIGGER push_subscriptions_added AFTER INSERT ON push_subscriptions BEGIN
  INSERT INTO staff_mail (staff_id, devices) VALUES (NEW.staff_id, 1)
  ON CONFLICT (staff_id) DO UPDATE SET devices = devices + 1;
END;
CREATE TRIGGER push_subscriptions_removed AFTER DELETE ON push_subscriptions BEGIN
  UPDATE staff_mail SET devices = devices - 1 WHERE staff_id = OLD.staff_id;
END;
