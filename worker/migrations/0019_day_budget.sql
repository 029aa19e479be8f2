-- What came to a site on its latest day with a comment (UTC, days since the epoch), in a row that each post writes anyway.
ALTER TABLE tallies ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tallies ADD COLUMN posted INTEGER NOT NULL DEFAULT 0;

-- What the newcomers of a network did on a day that leaves no comment which could be counted instead: `writings` are
-- edits and withdrawals, `reactions` likes, likes taken back and flags.
CREATE TABLE network_acts (
  day INTEGER NOT NULL,
  network TEXT NOT NULL,
  writings INTEGER NOT NULL DEFAULT 0,
  reactions INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (day, network)
) STRICT, WITHOUT ROWID;
