import * as v from 'valibot'
import { line } from '../../contract/input.ts'
import { accessKey, serviceAddress } from '../../outside/exchange.ts'
import type { Chat } from './chat.ts'
import { say } from './say.ts'

const config = v.strictObject({
  /** The home server. */
  url: serviceAddress,
  token: accessKey,
  room: v.pipe(line(255), v.regex(/^!\S+$/, 'invalid')),
})

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/**
 * Matrix: https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid. A home server takes a
 * message with the same name once. It says that it mentions nobody.
 */
export const matrix: Chat<v.InferOutput<typeof config>> = {
  config,
  target: ({ room }) => room,

  send(reach, { url, token, room }, { title, paragraphs, link, id }) {
    const text = [title, ...paragraphs].join('\n\n')
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/${encodeURIComponent(id)}`
    const anchor = link ? `<p><a href="${escaped(link.url)}">${escaped(link.label)}</a></p>` : ''
    const body = {
      ...{ msgtype: 'm.text', 'm.mentions': {}, format: 'org.matrix.custom.html' },
      body: link ? `${text}\n\n${link.label}: ${link.url}` : text,
      formatted_body: `<pre><code>${escaped(text)}</code></pre>${anchor}`,
    }
    const headers = { authorization: `Bearer ${token}` }
    return say(reach, url.replace(/\/+$/, '') + path, { method: 'PUT', headers, body })
  },
}
