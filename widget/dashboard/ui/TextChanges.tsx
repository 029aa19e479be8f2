import type { ContentNode } from '../../../worker/contract/content.ts'
import { linkHosts } from '../core/linkHosts.ts'
import { formatMessage, words } from '../core/words.ts'
import { textChanges } from './textChanges.ts'
import { Visible } from './Visible.tsx'

/** A text with what it links to. */
export interface Version {
  body: string
  content: ContentNode[]
}

/** What changed from one text to the next: what was added stands before what it replaces, and new links have a chip. */
export function TextChanges({ before, after }: { before: Version; after: Version }) {
  const w = words('comment')
  const known = new Set(linkHosts(before.content))
  const hosts = linkHosts(after.content).filter((host) => !known.has(host))
  return (
    <div class="changes">
      {hosts.length > 0 && (
        <ul class="chips">
          {hosts.map((host) => (
            <li key={host} class="caution">
              <bdi>{formatMessage(w.newLink, { host })}</bdi>
            </li>
          ))}
        </ul>
      )}
      <p dir="auto">
        {textChanges(before.body, after.body).map(({ kind, text }, index) =>
          kind === 'same' ? (
            <Visible key={index} text={text} />
          ) : kind === 'added' ? (
            <ins key={index}>
              <span class="unseen">{w.added} </span>
              <Visible text={text} />
            </ins>
          ) : (
            <del key={index}>
              <span class="unseen">{w.removed} </span>
              <Visible text={text} />
            </del>
          ),
        )}
      </p>
    </div>
  )
}
