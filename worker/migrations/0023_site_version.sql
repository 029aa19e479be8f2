-- Changes of a site that its readers see. The version of a thread that they know is this and the thread's own together:
-- so a change of the site writes one row, and not one a thread.
ALTER TABLE sites ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
