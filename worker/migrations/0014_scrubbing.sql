-- While it has a row, the database's file may still hold what was taken back, in parts of it that are free: it is to be
-- written anew.
CREATE TABLE scrubbing (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  since INTEGER NOT NULL
) STRICT;
INSERT INTO scrubbing (id, since) VALUES (1, unixepoch() * 1000);

-- What moderators wrote about comments that their authors have taken back since. Reasons that are codes stay.
UPDATE decisions SET reason = NULL
WHERE reason NOT IN ('off_topic', 'abuse', 'personal_data', 'advertising', 'repeat', 'banned')
  AND comment_seq IN (SELECT seq FROM comments WHERE erased = 1);

-- A domain may be a person's, as an address is: the log shows it as long as the ban stands.
DROP TRIGGER events_keep_words;
UPDATE events SET details = json_remove(details, '$.value')
WHERE act IN ('ban.add', 'ban.remove') AND details ->> 'kind' = 'domain';
CREATE TRIGGER events_keep_words BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
