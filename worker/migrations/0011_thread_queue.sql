-- The tabs of the moderation queue, of one thread. What is published and not reported is in none of these.
CREATE INDEX comments_held_thread ON comments (thread_id, created_at, seq) WHERE status = 'pending';
CREATE INDEX comments_spam_thread ON comments (thread_id, created_at, seq) WHERE status = 'spam';
CREATE INDEX comments_flagged_thread ON comments (thread_id, created_at, seq)
  WHERE flags > 0 AND status = 'approved';
