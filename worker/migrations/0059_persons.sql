-- Finds all whom somebody wrote as, by an e-mail address. Only comments that have one are in it.
CREATE INDEX comments_email ON comments (lower(email), author_id) WHERE email IS NOT NULL;
