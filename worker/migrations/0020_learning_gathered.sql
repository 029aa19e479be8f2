-- Decisions are learnt together: while a job is on its way (until then, in milliseconds since the epoch) no other is
-- sent. It makes the whole model, so none is kept half made.
ALTER TABLE learners ADD COLUMN asked_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE learners DROP COLUMN work;
