-- What nobody read counts in the thresholds: automatic verdicts that nobody checked, how many by class and score.
ALTER TABLE tallies ADD COLUMN unread_verdicts TEXT NOT NULL DEFAULT '{}';
-- 1 where a decision was taken together with many others, so that perhaps nobody read the comment.
ALTER TABLE decisions ADD COLUMN swept INTEGER NOT NULL DEFAULT 0;
-- Automatic spam verdicts of a page that went to a person, up to ten. Of a page that has as many comments, enough is known.
ALTER TABLE threads ADD COLUMN spam_asked INTEGER NOT NULL DEFAULT 0;
UPDATE threads SET spam_asked = 10 WHERE count >= 10;
-- All models are made anew: these do not say how much people decided of each class.
UPDATE learners SET lessons_version = lessons_version + 1 WHERE model IS NOT NULL;

-- Decisions that contradict what the others taught: a person is asked again, once, without being told. `answered_at` is
-- when they answered, and `changed` 1 where they decided otherwise.
CREATE TABLE second_looks (
  comment_seq INTEGER PRIMARY KEY REFERENCES comments (seq),
  site_id TEXT NOT NULL REFERENCES sites (id),
  asked_at INTEGER NOT NULL,
  answered_at INTEGER,
  changed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX second_looks_open ON second_looks (site_id, asked_at) WHERE answered_at IS NULL;
CREATE INDEX second_looks_answered ON second_looks (site_id, answered_at) WHERE answered_at IS NOT NULL;
