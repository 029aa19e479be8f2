/** Where one page went, or all below a prefix. */
export interface PageRule {
  /** An address or a path as the file has it; `*` at its end stands for whatever follows. */
  from: string
  /** The address or path here; `*` at its end is what stood for it. Empty where the page is left out. */
  to: string
}
