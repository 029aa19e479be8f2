import * as v from 'valibot'

/**
 * The safe tree a comment's Markdown becomes. A string is text. Links carry an `href` that is
 * http, https or mailto; a list may be `ordered` and start at another number than one.
 */
export type ContentNode =
  | string
  | { type: 'paragraph' | 'emphasis' | 'strong' | 'quote' | 'item'; children: ContentNode[] }
  | { type: 'link'; href: string; children: ContentNode[] }
  | { type: 'list'; ordered: boolean; start?: number; children: ContentNode[] }
  | { type: 'code' | 'codeBlock'; text: string }
  | { type: 'break' }

let node: v.GenericSchema<ContentNode> | undefined

/** A node of the safe tree, as an answer. It holds itself, so it is made when it is first asked for. */
export function contentNodeSchema(): v.GenericSchema<ContentNode> {
  const children = v.array(v.lazy(contentNodeSchema))
  node ??= v.union([
    v.string(),
    v.object({ type: v.picklist(['paragraph', 'emphasis', 'strong', 'quote', 'item']), children }),
    v.object({ type: v.literal('link'), href: v.string(), children }),
    v.object({ type: v.literal('list'), ordered: v.boolean(), start: v.optional(v.number()), children }),
    v.object({ type: v.picklist(['code', 'codeBlock']), text: v.string() }),
    v.object({ type: v.literal('break') }),
  ])
  return node
}

/** A node wherever one stands in an answer. */
export const contentNode = v.lazy(contentNodeSchema)
