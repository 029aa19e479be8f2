/** What a reader has selected in a comment. */
export interface Quotable {
  /** Id of the comment. */
  id: string
  /** A copy of what is selected. */
  content: HTMLElement
  /** Where the selection ends, in pixels from the corner of the comment's item. */
  left: number
  top: number
}
