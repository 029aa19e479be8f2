-- Each comment stood in lists of all comments as well as in those of its status. The queue puts these together now: a
-- comment that waits is in one list of all sites, one of its site and one of its thread.
DROP INDEX comments_all;
DROP INDEX comments_site;
CREATE INDEX comments_settled ON comments (created_at, seq) WHERE status IN ('approved', 'rejected', 'deleted');
DROP INDEX comments_held_thread;
DROP INDEX comments_spam_thread;
DROP INDEX comments_thread;
CREATE INDEX comments_thread ON comments (thread_id, status, created_at, seq);

-- Lists by the learner's word have what it has scored; the others come after them as they wait.
DROP INDEX comments_held_hardest;
CREATE INDEX comments_held_hardest ON comments (site_id, doubt, seq) WHERE status = 'pending' AND doubt > -1;
DROP INDEX comments_held_fine;
CREATE INDEX comments_held_fine ON comments (site_id, score, seq) WHERE status = 'pending' AND score < 1e9;
