-- Who of the staff wrote a comment; null for readers. What staff writes is neither screened nor learnt.
ALTER TABLE comments ADD COLUMN staff_id TEXT;

-- What the staff of a site says often: its reasons for a refusal and its saved answers, each a list as JSON. A site without
-- a row has the usual reasons and no answers.
CREATE TABLE phrases (
  site_id TEXT PRIMARY KEY REFERENCES sites (id),
  reasons TEXT,
  answers TEXT NOT NULL DEFAULT '[]'
) STRICT, WITHOUT ROWID;
