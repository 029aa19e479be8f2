import { contentOf, linksOf, safeHref, textOf } from '../../widget/common/markdown.ts'
import type { ImportedComment } from '../contract/imports.ts'
import { isVisible } from '../contract/input.ts'
import { Refusal } from '../http/refusal.ts'
import { hostsOf } from '../moderation/rules/links.ts'
import { signatureOf, writeSignature } from '../moderation/text/minHash.ts'
import { fold } from '../moderation/text/normalize.ts'
import { hashOfText } from './text.ts'

/** Hosts of one comment that are remembered. */
const mostHosts = 10

/** The text of a comment, and by what it is found again. One that was deleted may have none. @throws Refusal `missing` */
export async function importedText(comment: ImportedComment, field: string) {
  const { body, author, status } = comment
  const content = contentOf(body)
  const isEmpty = !isVisible(textOf(content))
  if (isEmpty && status !== 'deleted') throw new Refusal('missing', { field: `${field}.body` })
  if (isEmpty) return { body: '', content: '[]', bodyHash: '', signature: null, hosts: [], erased: true }
  const website = author.url === null ? null : safeHref(author.url)
  const links = [...linksOf(content), ...(website === null ? [] : [website])]
  const signature = signatureOf(fold(body))
  return {
    ...{ body, content: JSON.stringify(content), erased: false },
    bodyHash: await hashOfText(body),
    signature: signature && writeSignature(signature),
    hosts: [...new Set(links.flatMap(hostsOf))].slice(0, mostHosts),
  }
}
