-- Whose private chat an endpoint is: its links let that person decide without signing in. Null for all that others read, too.
ALTER TABLE endpoints ADD COLUMN staff_id TEXT;
