-- A page is called what staff calls it (`given_title`), else what its oldest shown comment with a title says.
ALTER TABLE threads ADD COLUMN given_title TEXT;
CREATE INDEX comments_titled ON comments (thread_id, created_at, seq)
  WHERE shown_revision IS NOT NULL AND page_title <> '';

-- Titles held characters that turn the direction of what follows, or that nobody sees.
UPDATE comments SET page_title = trim(
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
  replace(replace(replace(replace(replace(page_title,
  char(8234), ''), char(8235), ''), char(8236), ''), char(8237), ''), char(8238), ''), char(8294), ''),
  char(8295), ''), char(8296), ''), char(8297), ''), char(8206), ''), char(8207), ''), char(1564), ''),
  char(8203), ''), char(8288), ''), char(65279), ''), char(173), ''), char(12644), ''), char(65440), ''), char(10240), ''))
WHERE page_title GLOB '*[' || char(173, 1564, 8203, 8206, 8207, 10240, 12644, 65279, 65440) || char(8234) || '-' ||
  char(8238) || char(8288) || char(8294) || '-' || char(8297) || ']*';

-- Where the comment that named a page was refused since, the next one names it.
UPDATE threads SET (url, title) = (
  SELECT page_url, page_title FROM (SELECT page_url, page_title FROM comments INDEXED BY comments_titled
    WHERE thread_id = threads.id AND shown_revision IS NOT NULL AND page_title <> '' ORDER BY created_at, seq LIMIT 1)
  UNION ALL
  SELECT * FROM (SELECT page_url, page_title FROM comments INDEXED BY comments_shown
    WHERE thread_id = threads.id AND shown_revision IS NOT NULL ORDER BY shown_version LIMIT 1)
  UNION ALL SELECT '', '' LIMIT 1), version = version + 1
WHERE url <> '' OR title <> '';
