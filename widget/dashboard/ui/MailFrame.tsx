import { folder } from '../core/folder.ts'

interface Props {
  /** Of the worker's answer with a mail's HTML: one with `mailHeaders`. */
  path: string
  /** What is in the frame. */
  title: string
  /** Whether it is as narrow as a phone. */
  phone?: boolean
}

/** A mail as mail programs draw it: apart from the dashboard, without scripts, and its links lead nowhere. */
export function MailFrame({ path, title, phone = false }: Props) {
  return <iframe class={phone ? 'mail phone' : 'mail'} sandbox="" src={folder() + path} title={title} />
}
