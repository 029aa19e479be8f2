-- Health tells since when the oldest comment waits. What an import brought waits since it came, so the list says which did.
DROP INDEX comments_held;
CREATE INDEX comments_held ON comments (created_at, seq, import_number) WHERE status = 'pending';
