-- Where a member of staff can be written to. An address that was typed is asked first, and told nothing else until its
-- owner has confirmed it. Hours are of the person's own day.
CREATE TABLE staff_mail (
  staff_id TEXT PRIMARY KEY REFERENCES staff (id),
  address TEXT,
  asked TEXT,
  asked_at INTEGER NOT NULL DEFAULT 0,
  asks INTEGER NOT NULL DEFAULT 0,
  quiet_from INTEGER,
  quiet_until INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_mail_confirmed ON staff_mail (staff_id) WHERE address IS NOT NULL;

-- How often somebody wants to be told, and of what: of one site, or (an empty id) of all that have no choice of their own.
CREATE TABLE staff_choices (
  staff_id TEXT NOT NULL REFERENCES staff (id),
  site_id TEXT NOT NULL,
  pace TEXT NOT NULL CHECK (pace IN ('never', 'at_once', 'minutes', 'daily')),
  minutes INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  held INTEGER NOT NULL,
  disputed INTEGER NOT NULL,
  PRIMARY KEY (staff_id, site_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_choices_site ON staff_choices (site_id);

-- When somebody was told of a site last, and what waited there then (JSON of marks): of that they know.
CREATE TABLE staff_told (
  site_id TEXT NOT NULL,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  known TEXT NOT NULL,
  PRIMARY KEY (site_id, staff_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_told_person ON staff_told (staff_id);

-- The address that a sign-in link was sent to: whoever follows it reads what is sent there.
ALTER TABLE sign_in_links ADD COLUMN sent_to TEXT;
