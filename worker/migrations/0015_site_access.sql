-- Who may do what on a site, by the site: for each screening, for lists, and for the site's removal.
CREATE INDEX staff_everywhere ON staff (name) WHERE every_site = 1;
CREATE INDEX staff_sites_site ON staff_sites (site_id);
CREATE INDEX tokens_site ON tokens (site_id);
