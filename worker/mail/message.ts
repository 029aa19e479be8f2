import * as base64 from 'nodemailer/lib/base64'
import MailComposer from 'nodemailer/lib/mail-composer'
import { encodeWord } from 'nodemailer/lib/mime-funcs'
import * as quoted from 'nodemailer/lib/qp'
import type { Sender } from '../contract/mailWay.ts'
import type { Mail } from './mail.ts'

/** A mail with its sender: what a transport sends. */
export interface Message {
  mail: Mail
  /** The recipient as it is written to servers: what was never allowed without quotes has them. */
  to: string
  /** With the name that is shown. */
  from: Sender
  /** `<id@host>` */
  messageId: string
  /** The headers besides those of sender, recipient, subject and form. */
  headers: Record<string, string>
}

/** The first and the latest of many: a header holds no more. */
const bounded = (ids: string[]) => (ids.length > 10 ? [...ids.slice(0, 1), ...ids.slice(-9)] : ids)

/** Dots at an end or side by side need quotes: some Japanese providers gave such addresses. */
function withQuotes(address: string): string {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  return /^\.|\.\.|\.$/.test(local) ? `"${local}"${address.slice(at)}` : address
}

/** The Message-ID of a mail: its id at the host of its sender. */
const messageId = (id: string, { address }: Sender) =>
  `<${id}@${address.slice(address.lastIndexOf('@') + 1)}>`

/**
 * A mail as it is sent by this sender.
 *
 * @throws Error where its id is none
 */
export function messageOf(mail: Mail, sender: Sender): Message {
  const { id, unsubscribe } = mail
  const references = bounded(mail.references ?? [])
  if (![id, ...references].every((one) => /^[\w.-]{1,150}$/.test(one)))
    throw new Error('A mail has no such id.')
  const earlier = references.map((one) => messageId(one, sender))
  return {
    mail: { ...mail, subject: onOneLine(mail.subject) },
    to: withQuotes(mail.to),
    from: { name: shownName(mail.fromName) || sender.name, address: sender.address },
    messageId: messageId(id, sender),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': mail.locale,
      ...(earlier.length > 0 && { 'In-Reply-To': earlier.at(-1) as string, References: earlier.join(' ') }),
      ...(unsubscribe && {
        'List-Unsubscribe': `<${new URL(unsubscribe).href}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const breaks = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g

/** A text without line breaks and control characters: for headers. */
const onOneLine = (text: string): string => text.replace(breaks, ' ').trim()

/** A name as a header has it: short enough for a line, and nothing in it is read as encoded. */
const shownName = (name: string) => [...onOneLine(name)].slice(0, 100).join('').replaceAll('=?', '= ?')

/** Words of a header: encoded where they are not ASCII, too long for a line, or would be read as encoded. */
const headerWords = (text: string) => ({
  value:
    /^(?:[\x21-\x7e]{1,60}(?: |$))*$/.test(text) && !text.includes('=?') ? text : encodeWord(text, 'B', 52),
  ...{ prepared: true, foldLines: true },
})

/** How a part is written, by its `Content-Transfer-Encoding`. */
const encoders: Record<string, (text: string) => string> = {
  '7bit': (text) => text,
  'quoted-printable': (text) => quoted.wrap(quoted.encode(text)),
  base64: (text) => base64.wrap(base64.encode(text)),
}

/**
 * The text of a message, all of it ASCII: multipart/alternative, in UTF-8. nodemailer makes the headers and chooses how each
 * part is encoded; its own way of writing the parts goes through streams, which takes ten times as long.
 */
export function build({ mail, to, from, messageId, headers }: Message): string {
  const { subject, text, html } = mail
  const root = new MailComposer({
    ...{ from, to: { name: '', address: to }, messageId, text, html },
    headers: { ...headers, Subject: headerWords(subject) },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  }).compile()
  const parts = root.childNodes.map((part, at) => {
    const words = (at === 0 ? text : html).replace(/\r\n?|\n/g, '\r\n')
    const encode = encoders[part.getTransferEncoding() || '7bit'] as (text: string) => string
    return `${part.buildHeaders()}\r\n\r\n${encode(words)}\r\n`
  })
  const head = root.buildHeaders()
  return `${[`${head}\r\n\r\n`, ...parts].join(`--${root.boundary}\r\n`)}--${root.boundary}--\r\n`
}
