import type { ComponentChildren } from 'preact'
import type { StaffWords } from '../words/staffWords.ts'
import { Document } from './document.tsx'

/** The names of the sentences on pages that messages lead to. */
export type Said = Exclude<keyof StaffWords['message'], 'expired'>

interface Frame {
  words: StaffWords
  /** Where this instance is, seen from the page. */
  root: string
  title: string
  children: ComponentChildren
}

/** The frame of a page that a message to staff leads to. It needs no script, and no search engine keeps it. */
export const MessageFrame = ({ words, root, title, children }: Frame) => (
  <Document
    lang={words.tag}
    title={title}
    robots="noindex,nofollow"
    root={root}
    head={<meta name="referrer" content="no-referrer" />}
    sheet="message"
  >
    {children}
  </Document>
)

/** People's words, on one line of ours. */
export const Theirs = ({ children }: { children: string }) => <bdi>{children}</bdi>
