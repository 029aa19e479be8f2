-- What was given up because a reader's address takes no mail stays listed when their subscriptions end with it. It goes with
-- what is known of the reader: when they are erased, or a month after it ended.
CREATE TRIGGER subscribers_forgotten AFTER DELETE ON subscribers
BEGIN
  DELETE FROM outbox WHERE recipient_id IS NOT NULL AND recipient_id = OLD.id;
  DELETE FROM deliveries WHERE recipient_id IS NOT NULL AND recipient_id = OLD.id;
END;
