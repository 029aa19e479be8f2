-- By what somebody is known again who was erased on a site: HMACs, under the instance's secret, of their e-mail addresses and of
-- what an import calls them. So a later import does not bring them back. No row tells who it is of.
CREATE TABLE erased_persons (
  site_id TEXT NOT NULL,
  print TEXT NOT NULL,
  PRIMARY KEY (site_id, print)
) STRICT, WITHOUT ROWID;

-- What an import called somebody may be made of their address, and is forgotten with it, whether or not they are banned.
UPDATE authors SET token_hash = 'erased:' || public_id
WHERE token_hash >= 'import:' AND token_hash < 'import;'
  AND id IN (SELECT author_id FROM erasures WHERE ended_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM comments c WHERE c.author_id = authors.id AND c.erased = 0);
