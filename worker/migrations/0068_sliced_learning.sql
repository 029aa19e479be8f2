-- What lessons say stands beside them, so that they can be told apart without it; its first word was their script.
ALTER TABLE lesson_packs ADD COLUMN features TEXT NOT NULL DEFAULT '[]';

UPDATE lesson_packs SET
  features = (
    SELECT json_group_array(substr(value ->> 'features', instr(value ->> 'features', ' ') + 1))
    FROM json_each(lesson_packs.lessons)),
  lessons = (
    SELECT json_group_array(json_set(json_remove(lesson, '$.features'),
      '$.script', substr(packed, 1, instr(packed, ' ') - 1),
      '$.size', max(0, length(rtrim(substr(rest, 1, instr(rest || ' ', ' ') - 1), '=')) * 3 / 8 - 4)))
    FROM (
      SELECT value AS lesson, value ->> 'features' AS packed,
        substr(value ->> 'features', instr(value ->> 'features', ' ') + 1) AS rest
      FROM json_each(lesson_packs.lessons)));

-- How many decisions wait before they are learnt at once: as many as learning takes messages.
ALTER TABLE learners ADD COLUMN due INTEGER NOT NULL DEFAULT 1;

-- A model on its way, of the lessons that a learner had at a version.
CREATE TABLE fits (
  site_id TEXT PRIMARY KEY REFERENCES sites (id),
  version INTEGER NOT NULL,
  form INTEGER NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,
  slices INTEGER NOT NULL DEFAULT 0,
  arcs TEXT NOT NULL,
  sums TEXT NOT NULL DEFAULT '',
  scores TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- Its lessons, in the order in which they are learnt.
CREATE TABLE fit_arcs (
  site_id TEXT NOT NULL REFERENCES sites (id),
  arc INTEGER NOT NULL,
  lessons TEXT NOT NULL,
  wholes TEXT NOT NULL DEFAULT '',
  parts TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (site_id, arc)
) STRICT, WITHOUT ROWID;

-- What it goes on with.
CREATE TABLE fit_descents (
  site_id TEXT NOT NULL REFERENCES sites (id),
  depth INTEGER NOT NULL,
  descent TEXT NOT NULL,
  PRIMARY KEY (site_id, depth)
) STRICT, WITHOUT ROWID;
