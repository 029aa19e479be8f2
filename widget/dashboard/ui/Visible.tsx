import { type ComponentChildren, cloneElement, isValidElement, type VNode } from 'preact'
import type { ContentNode } from '../../../worker/contract/content.ts'
import { Content } from '../../common/content.tsx'
import { formatMessage, isRightToLeft, words } from '../core/words.ts'

/**
 * Characters that change or hide text without being seen: bidirectional controls, zero-width and
 * blank letters, tags, control characters. Joiners count only where no emoji, no mark and no
 * script that needs them stands before.
 */
const hidden = new RegExp(
  String.raw`([\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f` +
    String.raw`\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\u{e0000}-\u{e007f}]` +
    String.raw`|(?<![\p{Extended_Pictographic}\p{EMod}\p{M}\p{Script=Arabic}\p{Script=Devanagari}` +
    String.raw`\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}])[\u200c\u200d])\1*`,
  'gu',
)

/** Text in which nothing is hidden: each such character is replaced by its name. */
export function Visible({ text }: { text: string }) {
  return <>{reveal(text)}</>
}

/** A comment as readers see it, but for what hides from them. */
export function VisibleContent({ nodes }: { nodes: ContentNode[] }) {
  return <>{revealIn(Content({ nodes }))}</>
}

function revealIn(child: ComponentChildren): ComponentChildren {
  if (typeof child === 'string') return reveal(child)
  if (Array.isArray(child)) return child.map(revealIn)
  if (!isValidElement(child)) return child
  const vnode = child as VNode<{ children?: ComponentChildren }>
  return vnode.props.children === undefined ? vnode : cloneElement(vnode, {}, revealIn(vnode.props.children))
}

function reveal(text: string): ComponentChildren {
  const ours = isRightToLeft.value ? isolates(text) : new Set()
  const found = [...text.matchAll(hidden)].filter(({ index }) => !ours.has(index))
  if (!found.length) return text
  const parts: ComponentChildren[] = []
  let at = 0
  for (const match of found) {
    parts.push(text.slice(at, match.index), <Badge run={match[0]} />)
    at = match.index + match[0].length
  }
  return [...parts, text.slice(at)]
}

/** Where isolates begin and end that keep what they hold to itself: messages put them round their values. */
function isolates(text: string): Set<number> {
  const open: number[] = []
  const pairs = new Set<number>()
  for (const { 0: mark, index } of text.matchAll(/[\u2066-\u2069]/g)) {
    if (mark !== '\u2069') open.push(mark === '\u2068' ? index : -1)
    else {
      const start = open.pop() ?? -1
      if (start >= 0) pairs.add(start).add(index)
    }
  }
  return pairs
}

function Badge({ run }: { run: string }) {
  const characters = [...run]
  const code = `U+${(characters[0]?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  return (
    <span class="hidden-character" dir="ltr" title={formatMessage(words().hidden, { code })}>
      {code}
      {characters.length > 1 && ` ×${characters.length}`}
    </span>
  )
}
