import type { StaffWords } from '../words/staffWords.ts'
import { htmlOf } from './document.tsx'
import { MessageFrame } from './messagePage.tsx'

interface NotePage {
  words: StaffWords
  /** Where this instance is, seen from the page. */
  root: string
  title: string
  /** What is said besides. */
  text?: string
  /** What can be done by a form that sends nothing but its address. */
  button?: string
  /** Where it leads on: a path of this instance, and what is there. */
  link?: { path: string; text: string }
}

/** A page that a message to staff leads to, which says or asks one thing. */
export const notePage = ({ words, root, title, text, button, link }: NotePage): string =>
  htmlOf(
    <MessageFrame words={words} root={root} title={title}>
      <h1>{title}</h1>
      {text && <p>{text}</p>}
      {button && (
        <form method="post" class="decide">
          <button type="submit" class="first">
            {button}
          </button>
        </form>
      )}
      {link && (
        <p>
          <a href={root + link.path}>{link.text}</a>
        </p>
      )}
    </MessageFrame>,
  )
