-- What the tallies of all sites come to, where they are too many to be added up each time: a single row, made with the
-- site that makes them so many. Until then these triggers write nothing.
CREATE TABLE totals (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  held INTEGER NOT NULL,
  flagged INTEGER NOT NULL,
  spam INTEGER NOT NULL,
  total INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
INSERT INTO totals (id, held, flagged, spam, total, version)
SELECT 1, sum(held), sum(flagged), sum(spam), sum(total), sum(version) FROM tallies HAVING count(*) > 50;
CREATE TRIGGER tallies_changed AFTER UPDATE OF held, flagged, spam, total, version ON tallies
WHEN (NEW.held, NEW.flagged, NEW.spam, NEW.total, NEW.version)
  IS NOT (OLD.held, OLD.flagged, OLD.spam, OLD.total, OLD.version)
BEGIN
  UPDATE totals SET held = held + NEW.held - OLD.held, flagged = flagged + NEW.flagged - OLD.flagged,
    spam = spam + NEW.spam - OLD.spam, total = total + NEW.total - OLD.total,
    version = version + NEW.version - OLD.version;
END;
CREATE TRIGGER tallies_removed AFTER DELETE ON tallies
BEGIN
  UPDATE totals SET held = held - OLD.held, flagged = flagged - OLD.flagged, spam = spam - OLD.spam,
    total = total - OLD.total, version = version + 1;
END;
