-- A person who is erased: the author that they are on a site. Their comments are worked off in slices, and `place_at` and
-- `place_seq` are the last comment that was looked at. Those of one person that are erased together have one `id`.
CREATE TABLE erasures (
  author_id INTEGER PRIMARY KEY REFERENCES authors (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  began_at INTEGER NOT NULL,
  total INTEGER NOT NULL,
  erased INTEGER NOT NULL DEFAULT 0,
  place_at INTEGER NOT NULL DEFAULT 0,
  place_seq INTEGER NOT NULL DEFAULT 0,
  worked_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX erasures_whole ON erasures (id);
CREATE INDEX erasures_open ON erasures (worked_at) WHERE ended_at IS NULL;

-- Whom staff trusts whatever they wrote before, or whose comments it always wants to see first.
ALTER TABLE authors ADD COLUMN pinned_trust TEXT CHECK (pinned_trust IN ('trusted', 'held'));

-- What staff did to authors themselves.
DROP INDEX events_author;
CREATE INDEX events_author ON events (details ->> 'value', id)
  WHERE act IN ('author.badge', 'author.trust', 'author.erase', 'ban.add', 'ban.remove');

-- When somebody saw that a note names them.
ALTER TABLE mentions ADD COLUMN seen_at INTEGER;
CREATE INDEX mentions_unseen ON mentions (staff_id, created_at, note_id) WHERE seen_at IS NULL;

-- A reason that somebody typed for an act on many may quote a comment, and goes with its words.
CREATE INDEX bulk_acts_stopped ON bulk_acts (made_at) WHERE state = 'stopped';
UPDATE bulk_acts SET reason = NULL
WHERE reason NOT IN ('off_topic', 'abuse', 'personal_data', 'advertising', 'repeat', 'banned')
  AND reason NOT GLOB 'own_[0-9a-f]*'
  AND EXISTS (SELECT 1 FROM bulk_slices s CROSS JOIN json_each(s.decisions) x
    LEFT JOIN decisions d ON d.id = x.value LEFT JOIN comments c ON c.seq = d.comment_seq
    WHERE s.bulk_id = bulk_acts.id AND (c.seq IS NULL OR c.erased = 1));
