-- A learner's next fit goes by what slices there are, not by how many a program took that had just started.
ALTER TABLE fits DROP COLUMN slices;
