-- The database looks for answers to each comment that is removed: without these it reads all comments for it.
CREATE INDEX comments_parent ON comments (parent_seq) WHERE parent_seq IS NOT NULL;
CREATE INDEX comments_root ON comments (root_seq) WHERE root_seq IS NOT NULL;
