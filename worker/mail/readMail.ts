import PostalMime from 'postal-mime'
import type { Env } from '../env.ts'

/** A mail as it was written into a file. */
export interface WrittenMail {
  subject: string
  from: string
  to: string
  text: string
  html: string
}

/** A mail of the data folder by its id; null where there is none, or mails are not written into files. */
export async function readMail({ MAIL_FOLDER }: Env, id: string): Promise<WrittenMail | null> {
  if (!MAIL_FOLDER || !/^[\w.-]{1,150}$/.test(id)) return null
  const answer = await MAIL_FOLDER.fetch(`http://mail/${id}.eml`)
  if (!answer.ok) {
    await answer.body?.cancel()
    return null
  }
  const { subject = '', from, to = [], text = '', html = '' } = await PostalMime.parse(await answer.text())
  return { subject, from: from?.address ?? '', to: to[0]?.address ?? '', text, html }
}
