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
