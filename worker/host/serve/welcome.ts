import { relative, resolve } from 'node:path'
import { defaultData } from '../paths.ts'

export interface Welcome {
  /** Where it listens. */
  url: string
  /** Where readers find it. */
  publicUrl: string
  data: string
  /** Signs in to the dashboard, once; null where others than its owner may read what is printed. */
  link: string | null
  demo: boolean
  /** How mail is sent. */
  mail: string
}

/** What a start says to whoever started it. */
export function welcome({ url, publicUrl, data, link, demo, mail }: Welcome): string {
  const folder = relative(process.cwd(), data) || data
  const admin = `npm run --silent admin -- sign-in${data === resolve(defaultData) ? '' : ` --data ${folder}`}`
  const pages = `
  Demo article, Japanese   ${publicUrl}/demo/ja
  Demo article, English    ${publicUrl}/demo/en
  A lively thread          ${publicUrl}/demo/lively`
  const dashboard = link
    ? `${link}
                           (this link signs in once; ${admin} makes another)`
    : `${publicUrl}/dashboard
                           (${admin} makes a link that signs in once)`
  return `
Hankyo serves ${url}${publicUrl === url ? '' : `, for readers at ${publicUrl}`}
${demo ? pages : ''}
  Dashboard                ${dashboard}
  Mail                     ${mail}

Its state is kept in ${folder}. Press Ctrl-C to stop.
`
}
