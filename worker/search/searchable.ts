import type { AppealState } from '../contract/appeals.ts'
import type { ContentNode } from '../contract/content.ts'
import type { Finding } from '../contract/findings.ts'
import { foldedText } from '../contract/foldedText.ts'
import type { Status } from '../contract/status.ts'
import { scriptOf } from '../moderation/text/scripts.ts'

/** A comment as the search sees it. */
export interface Searchable {
  siteId: string
  /** The author's public id. */
  authorId: string
  threadId: number
  threadKey: string
  threadTitle: string
  status: Status
  body: string
  content: ContentNode[]
  name: string
  email: string | null
  createdAt: number
  editedAt: number | null
  flags: number
  appeal: string | null
  appealState: AppealState | null
  /** What staff may see of them. */
  findings: Finding[]
  /** Of the decision that stands. */
  reason: string | null
}

/** The texts of a comment that are searched in, folded. */
export interface FoldedTexts {
  body: string
  name: string
  page: string
  email: string
}

export const foldedTexts = ({ body, name, threadTitle, email }: Searchable): FoldedTexts => ({
  body: foldedText(body),
  name: foldedText(name),
  page: foldedText(threadTitle),
  email: foldedText(email ?? ''),
})

/** What a comment is, as words of the form `status=spam`: what operators and lists ask for. */
export function tagsOf(comment: Searchable): Set<string> {
  const {
    siteId,
    status,
    authorId,
    threadId,
    threadKey,
    body,
    content,
    editedAt,
    flags,
    appeal,
    appealState,
    findings,
    reason,
  } = comment
  const hosts = hostsIn(content)
  return new Set([
    ...['all', `site=${siteId}`, `status=${status}`, `author=${authorId}`, `thread=${threadId}`],
    `page=${foldedText(threadKey)}`,
    `lang=${scriptOf(body).toLowerCase()}`,
    ...(flags > 0 ? ['is=reported'] : []),
    ...(flags > 0 && status === 'approved' ? ['tab=flagged'] : []),
    ...(editedAt === null ? [] : ['is=edited']),
    ...(appeal === null ? [] : ['is=appealed']),
    ...(appealState === 'open' ? ['tab=appeals'] : []),
    ...(hosts.length > 0 ? ['has=link'] : []),
    ...hosts.flatMap(domainsOf).map((domain) => `link=${domain}`),
    ...findings.map(({ code }) => `reason=${code}`),
    ...(reason === null || !/^[a-z_]{1,40}$/.test(reason) ? [] : [`reason=${reason}`]),
  ])
}

/** The hosts that links of a tree lead to. */
function hostsIn(nodes: ContentNode[]): string[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string' || !('children' in node)) return []
    const below = hostsIn(node.children)
    if (node.type !== 'link' || !URL.canParse(node.href)) return below
    const { hostname } = new URL(node.href)
    return hostname ? [hostname, ...below] : below
  })
}

/** A host and the domains that it is in: `a.b.example` is in `b.example`. */
function domainsOf(host: string): string[] {
  const labels = host.split('.')
  return labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'))
}
