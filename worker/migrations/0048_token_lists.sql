-- API tokens are listed a page at a time, the latest first.
DROP INDEX tokens_site;
CREATE INDEX tokens_latest ON tokens (created_at, id);
CREATE INDEX tokens_latest_site ON tokens (site_id, created_at, id);
