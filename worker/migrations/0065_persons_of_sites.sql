-- Finds whom somebody wrote as by an e-mail address, on some sites alone however many authors others have. Only comments that
-- have an address are in it.
DROP INDEX comments_email;
CREATE INDEX comments_email ON comments (lower(email), site_id, author_id) WHERE email IS NOT NULL;
