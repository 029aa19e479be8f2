-- 1 where a browser wrote with several e-mail addresses, noted once one of them is forgotten: then comments without an
-- address may be of either person, and what is left no longer says so.
ALTER TABLE authors ADD COLUMN several_addresses INTEGER NOT NULL DEFAULT 0;
