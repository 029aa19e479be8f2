import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

const urlset = (addresses: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>
  <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  ${addresses.map((url) => `<url>\n<loc>\n ${url} </loc><image:image><image:loc>${url}.png</image:loc></image:image></url>`).join('\n')}
  </urlset>`

/** What files the site has besides its pages, by path. */
const files: Record<string, (origin: string) => string | Buffer> = {
  'map.xml': (origin) =>
    `<sitemapindex><sitemap><loc>${origin}/site/a.xml</loc></sitemap>
     <sitemap><loc><![CDATA[${origin}/site/b.xml.gz]]></loc></sitemap>
     <sitemap><loc>https://elsewhere.example/c.xml</loc></sitemap></sitemapindex>`,
  'a.xml': (origin) =>
    urlset([`${origin}/site/post?a=1&amp;b=2`, 'https://elsewhere.example/post', `${origin}/site/日本`]),
  'b.xml.gz': (origin) => gzipSync(urlset(Array.from({ length: 4500 }, (_, at) => `${origin}/site/p/${at}`))),
  'broken.xml': (origin) => `<urlset><url><loc>${origin}/site/1</loc></url><url`,
  'broken.gz': () => gzipSync('<urlset/>').subarray(0, 15),
  'page.xml': () => '<!doctype html><html><body><url><loc>no</loc></url></body></html>',
  'laughs.xml': () =>
    `<!DOCTYPE urlset [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1000)}">]><urlset><url><loc>&b;</loc></url></urlset>`,
  'deep.xml': () => `<urlset>${'<a>'.repeat(100_000)}`,
  'bomb.gz': () => gzipSync(`<urlset>${' '.repeat(40 * 1024 * 1024)}</urlset>`),
}

/** What pages answer that are not simply there: a status, and where they lead. */
const answers: Record<string, (origin: string, rest: string[]) => [status: number, location?: string]> = {
  missing: () => [404],
  gone: () => [410],
  hidden: () => [403],
  loop: (origin) => [302, `${origin}/site/loop`],
  away: () => [301, 'https://elsewhere.example/post'],
  inside: () => [302, 'http://169.254.169.254/latest/meta-data'],
  script: () => [302, 'javascript:alert(1)'],
  hops: (_, [left = '', mark]) =>
    Number(left) > 1 ? [308, `/site/hops/${Number(left) - 1}/${mark}`] : [301, `../../post?${mark}#top`],
}

/** A page of a site on loopback, by what its path says. */
export function sitePage(path: string, response: ServerResponse): void {
  const origin = `http://${response.req.headers.host}`
  const [way = '', ...rest] = path.split('/')
  const [status, location] = answers[way]?.(origin, rest) ?? [200]
  response.writeHead(status, location ? { location } : {})
  response.write(files[way]?.(origin) ?? '<h1>A page</h1>')
  if (way !== 'endless') response.end()
}

/** Where a host says that its sitemap is; the name `localhost` says nothing. */
export function robots(response: ServerResponse): void {
  const { host = '' } = response.req.headers
  if (host.startsWith('localhost')) response.writeHead(404).end()
  else response.end(`User-agent: *\nDisallow:\nSitemap: http://${host}/site/map.xml # all of it\n`)
}
