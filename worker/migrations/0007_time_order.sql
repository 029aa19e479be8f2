-- Lists go by time, and by arrival only where times are the same: what is imported late may be old.
DROP INDEX comments_roots;
CREATE INDEX comments_roots ON comments (thread_id, created_at, seq)
  WHERE root_seq IS NULL AND (shown_revision IS NOT NULL OR branch_count > 0);
DROP INDEX comments_top;
CREATE INDEX comments_top ON comments (thread_id, likes, created_at, seq)
  WHERE root_seq IS NULL AND (shown_revision IS NOT NULL OR branch_count > 0);
DROP INDEX comments_branch;
CREATE INDEX comments_branch ON comments (root_seq, created_at, seq)
  WHERE root_seq IS NOT NULL AND shown_revision IS NOT NULL;
DROP INDEX comments_shown_site;
CREATE INDEX comments_shown_site ON comments (site_id, created_at, seq) WHERE shown_revision IS NOT NULL;
DROP INDEX comments_held;
CREATE INDEX comments_held ON comments (created_at, seq) WHERE status = 'pending';
DROP INDEX comments_held_site;
CREATE INDEX comments_held_site ON comments (site_id, created_at, seq) WHERE status = 'pending';
DROP INDEX comments_spam;
CREATE INDEX comments_spam ON comments (created_at, seq) WHERE status = 'spam';
DROP INDEX comments_spam_site;
CREATE INDEX comments_spam_site ON comments (site_id, created_at, seq) WHERE status = 'spam';
DROP INDEX comments_flagged;
CREATE INDEX comments_flagged ON comments (created_at, seq) WHERE flags > 0 AND status = 'approved';
DROP INDEX comments_flagged_site;
CREATE INDEX comments_flagged_site ON comments (site_id, created_at, seq) WHERE flags > 0 AND status = 'approved';
CREATE INDEX comments_all ON comments (created_at, seq);
DROP INDEX comments_site;
CREATE INDEX comments_site ON comments (site_id, created_at, seq);
DROP INDEX comments_author;
CREATE INDEX comments_author ON comments (author_id, created_at, seq);
DROP INDEX comments_thread;
CREATE INDEX comments_thread ON comments (thread_id, created_at, seq);
