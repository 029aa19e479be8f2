import { Response } from 'miniflare'

/** The folder that mails are written to, in memory: what workerd's writable folder does on one machine. */
export function mailFolder() {
  const files = new Map<string, string>()
  return async (request: { method: string; url: string; text(): Promise<string> }) => {
    const { pathname } = new URL(request.url)
    if (request.method === 'PUT') {
      files.set(pathname, await request.text())
      return new Response(null, { status: 204 })
    }
    const file = files.get(pathname)
    return file === undefined ? new Response(null, { status: 404 }) : new Response(file)
  }
}
