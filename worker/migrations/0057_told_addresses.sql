-- Who is told what becomes of a comment is forgotten some time after that was decided, whether or not it was told.
DROP INDEX subscriptions_fate_told;
CREATE INDEX subscriptions_fate ON subscriptions (confirmed_at) WHERE kind = 'fate' AND confirmed_at IS NOT NULL;

-- Whom an address belongs to, on whichever site, by its HMAC (see `mail_blocks`): there as long as the address is.
ALTER TABLE subscribers ADD COLUMN address_hash TEXT;
CREATE INDEX subscribers_address ON subscribers (address_hash) WHERE address_hash IS NOT NULL;

-- With the last of it goes the address, and where it is shown masked: what waits to be sent there, and what was.
DROP TRIGGER subscriptions_ended;
CREATE TRIGGER subscriptions_ended AFTER DELETE ON subscriptions
WHEN NOT EXISTS (SELECT 1 FROM subscriptions WHERE subscriber_id = OLD.subscriber_id)
BEGIN
  UPDATE subscribers SET state = 'ended', address = '', address_hash = NULL, changed_at = unixepoch() * 1000
  WHERE id = OLD.subscriber_id;
  DELETE FROM outbox WHERE recipient_id IS NOT NULL AND recipient_id = OLD.subscriber_id;
  DELETE FROM deliveries WHERE recipient_id IS NOT NULL AND recipient_id = OLD.subscriber_id;
END;
