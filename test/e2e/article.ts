import { once } from 'node:events'
import { createServer } from 'node:http'

export interface Article {
  url: string
  close(): void
}

interface Content {
  /** What stands in the body, the embed included. */
  body: string
  head?: string
  lang?: string
  headers?: Record<string, string>
}

/** The two lines that whoever embeds the thread pastes. */
export const snippet = (host: string, attributes = '') =>
  `<script type="module" src="${host}/embed.js"></script>\n<hankyo-thread site="demo" ${attributes}></hankyo-thread>`

/** A page of somebody else's site: another origin, any path. Reports of its CSP are kept in `reports`. */
export async function article({
  body,
  head = '',
  lang = 'en',
  headers = {},
}: Content): Promise<Article & { reports: string[] }> {
  const reports: string[] = []
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      request.setEncoding('utf8').on('data', (report) => reports.push(report))
      response.writeHead(204).end()
      return
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers })
    response.end(`<!doctype html><html lang="${lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Borrowed ground</title>${head}</head>
<body><main><h1>Borrowed ground</h1><p>Some text.</p>${body}</main></body></html>`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return { url: `http://127.0.0.1:${port}`, reports, close: () => server.close() }
}
