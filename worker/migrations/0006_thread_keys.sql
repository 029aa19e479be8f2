-- Keys that an earlier release may have written in another form than is asked for now. The sweep writes them anew.
ALTER TABLE threads ADD COLUMN outdated INTEGER NOT NULL DEFAULT 0;
UPDATE threads SET outdated = 1 WHERE key LIKE '/%' AND (instr(key, '//') > 0 OR instr(key, '%') > 0);
CREATE INDEX threads_outdated ON threads (id) WHERE outdated = 1;
