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

const children = v.array(v.lazy((): v.GenericSchema<ContentNode> => contentNode))

/** A node of the safe tree, as an answer. */
export const contentNode: v.GenericSchema<ContentNode> = v.union([
  v.string(),
  v.object({ type: v.picklist(['paragraph', 'emphasis', 'strong', 'quote', 'item']), children }),
  v.object({ type: v.literal('link'), href: v.string(), children }),
  v.object({ type: v.literal('list'), ordered: v.boolean(), start: v.optional(v.number()), children }),
  v.object({ type: v.picklist(['code', 'codeBlock']), text: v.string() }),
  v.object({ type: v.literal('break') }),
])
