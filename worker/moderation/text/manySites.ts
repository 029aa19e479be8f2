/** Labels under which registries of countries give names to others: `co.uk`, `ne.jp`, `com.br`. */
const secondLevel = new Set(
  'ac ad co com edu ed gen go gob gouv gov gr gv info lg ltd me mil my name ne net nic nom or org plc pro sch web'.split(
    ' ',
  ),
)

/** Where everybody has a name of their own below one domain. */
const hosts = new Set(
  `altervista.org amazonaws.com ameblo.jp appspot.com azurewebsites.net blog.jp blogspot.com cloudfront.net
  exblog.jp fc2.com firebaseapp.com free.fr github.io gitlab.io hateblo.jp hatenablog.com hatenablog.jp
  hatenadiary.jp herokuapp.com jimdofree.com livedoor.blog medium.com myshopify.com neocities.org netlify.app
  onrender.com pages.dev pixnet.net r2.dev seesaa.net substack.com tistory.com tumblr.com vercel.app web.app
  webflow.io weebly.com wixsite.com wordpress.com workers.dev`.split(/\s+/),
)

/**
 * Whether a domain is one below which very many have sites that have nothing to do with each other. It knows the
 * usual ones, not all: what it says makes somebody asked again, and forbids nothing.
 */
export function hasManySites(domain: string): boolean {
  const labels = domain.split('.')
  const [first = '', last = ''] = labels
  return (
    labels.length === 1 ||
    (labels.length === 2 && last.length === 2 && secondLevel.has(first)) ||
    hosts.has(domain)
  )
}

/** Whether a host is one where everybody has pages of their own. */
export const isWhereManyAre = (host: string): boolean => hosts.has(host)

/** Whether a host is one of those where everybody has a name, or has its name below one of them. */
export const isHostOfMany = (host: string): boolean =>
  hosts.has(host) || hosts.has(host.slice(host.indexOf('.') + 1))
