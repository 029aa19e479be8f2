-- What expires, by when it does: the cron looks for it each minute.
CREATE INDEX sessions_expiry ON sessions (expires_at);
CREATE INDEX sign_in_links_expiry ON sign_in_links (expires_at);
