-- Each minute asks which sites' learners owe work: only those are read, each by its oldest decision.
DROP INDEX untaught_site;
CREATE INDEX untaught_site ON untaught (site_id, since, comment_seq);
CREATE INDEX learners_behind ON learners (worked_at) WHERE lessons_version <> model_version;
