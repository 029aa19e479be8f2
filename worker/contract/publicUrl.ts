/** What the first folder of a public URL cannot be called: behind a proxy that takes it off nobody could tell them apart. */
const own = /^\/(v1|t|docs|dashboard|demo|embed)(\/|$)/

/**
 * The public URL of an instance in its one form, `https://host` or `https://host/folder`, or null where the text is
 * none.
 */
export function publicUrlOf(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { protocol, origin, pathname, search, hash, username, password } = new URL(text)
  if (!/^https?:$/.test(protocol) || search || hash || username || password) return null
  const folder = pathname.replace(/\/+$/, '')
  return /\/\/|[^\w./~-]/.test(folder) || own.test(folder) ? null : origin + folder
}

/** What a public URL takes, for whoever gave something else. */
export const publicUrlTakes =
  'takes https://host or https://host/folder, where the folder is none of v1, t, docs, dashboard, demo, embed'
