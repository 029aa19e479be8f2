import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'

export interface Asking {
  method?: string | undefined
  headers?: OutgoingHttpHeaders
  body?: string | undefined
}

/**
 * Asks what listens on this machine. Node's `fetch` would cost each start a tenth of a second, and its memory.
 *
 * @param path may be a whole URL, as proxies are told
 */
export function ask({ hostname, port }: URL, path: string, { method = 'GET', headers = {}, body }: Asking) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
    const onward = request({ hostname, port, method, path, headers })
    onward.on('error', reject)
    onward.on('response', (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (more) => {
        text += more
      })
      answer.on('error', reject)
      answer.on('end', () => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, text }))
    })
    onward.end(body)
  })
}
