/** Hosts below which anybody may have one of their own. */
const shared = `
  blogspot.com fc2.com github.io gitlab.io glitch.me hatenablog.com hatenablog.jp netlify.app neocities.org
  onrender.com pages.dev substack.com tumblr.com vercel.app web.app wixsite.com wordpress.com workers.dev
`
  .trim()
  .split(/\s+/)

/**
 * Whether two hosts are of the same owner, as far as their names say it: the same host but for `www.`, or hosts below
 * the same domain that somebody registered. That domain is the last two labels, or three below `co.uk` and its like
 * and below hosts that give others a name of their own. No public list is asked, so now and then it errs.
 *
 * @param one in lower case, as `URL` has it
 */
export const isSameOwner = (one: string, other: string): boolean => registered(one) === registered(other)

function registered(host: string): string {
  const labels = host.replace(/^www\.|\.$/g, '').split('.')
  // Numbers have no owner but themselves.
  if (/^[\d.]+$|[[\]]/.test(host)) return host
  const [second = '', top = ''] = labels.slice(-2)
  const isShared =
    shared.includes(`${second}.${top}`) ||
    (top.length === 2 && /^(?:ac|co|com|edu|go|gob|gov|gouv|ltd|me|mil|ne|net|nom|or|org|plc)$/.test(second))
  return labels.slice(isShared ? -3 : -2).join('.')
}
