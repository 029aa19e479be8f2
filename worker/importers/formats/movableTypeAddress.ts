/** Services that export Movable Type's form, told by what their files link to: each has a rule for addresses. */
const services = {
  hatena: /\b(hatena(blog|diary)?\.(ne\.jp|com|jp)|hateblo\.jp|st-hatena\.com)\b/g,
  livedoor: /\b(livedoor\.(jp|com)|livedoor\.blogimg\.jp|blogimg\.jp)\b/g,
  fc2: /\bfc2\.com\b/g,
  seesaa: /\b(seesaa\.net|sblo\.jp|up\.seesaa\.jp)\b/g,
  goo: /\bgoo\.ne\.jp\b/g,
}
export type BlogService = keyof typeof services

/** Which service wrote a file: the one whose hosts its first 64 kB name most; null where they name none. */
export function blogServiceOf(head: string): BlogService | null {
  const named = Object.entries(services).map(([name, hosts]) => ({
    name: name as BlogService,
    count: head.match(hosts)?.length ?? 0,
  }))
  const most = named.toSorted((one, other) => other.count - one.count)[0]
  return most && most.count > 0 ? most.name : null
}

/** What an entry says of where it was. */
export interface EntryPlace {
  /** Keys of the entry in capitals, with their values. */
  keys: ReadonlyMap<string, string>
  /** Its time as a clock showed it, `2007-09-04T10:49:28`. */
  local: string
}

const html = (name: string) => (/\.html?$/.test(name) ? name : `${name}.html`)

/** Names that tell by their form alone what they are. */
const forms: [RegExp, (name: string) => string][] = [
  // Hatena Blog's, which are times, and those of Hatena Diary.
  [/^(\d{4}\/\d{2}\/\d{2}\/\w+|\d{8}\/\w+)$/, (name) => `/entry/${name}`],
  [/^blog-entry-\d+(\.html)?$/, (name) => `/${html(name)}`],
  [/^[0-9a-f]{32}$/, (name) => `/e/${name}`],
]

const rules: Record<BlogService, (name: string) => string> = {
  hatena: (name) => `/entry/${name}`,
  livedoor: (name) => `/archives/${html(name)}`,
  fc2: (name) => `/blog-entry-${html(name)}`,
  seesaa: (name) => `/article/${html(name)}`,
  goo: (name) => `/e/${name}`,
}

/**
 * Where an entry was: its address where the file has one, else by its service's rule. Where no rule is known it is what the
 * file calls the entry, below `origin` where one was given; without a name, its time and title. Those are no paths: they
 * stand so in a survey, and want a mapping.
 */
export function entryAddress(
  { keys, local }: EntryPlace,
  service: BlogService | null,
  origin: string,
): string {
  const whole = ['UNIQUE URL', 'PERMALINK', 'URL', 'LINK'].map((key) => keys.get(key)).find(Boolean)
  if (whole && /^(https?:\/)?\//.test(whole)) return whole.startsWith('/') ? origin + whole : whole
  // Of livedoor, where a page has an address of its own.
  const path = keys.get('PATH')
  if (path) return `${origin}/${path.replace(/^\/+/, '')}`
  const name = keys.get('BASENAME')?.replace(/^\/+/, '')
  if (name) {
    const rule = forms.find(([form]) => form.test(name))?.[1] ?? (service && rules[service])
    if (rule) return origin + rule(name)
    return origin ? `${origin}/${name}` : name
  }
  // Hatena's own name for an entry that was given none.
  if (service === 'hatena' && local) {
    const [date = '', time = ''] = local.split('T')
    return `${origin}/entry/${date.replaceAll('-', '/')}/${time.replaceAll(':', '')}`
  }
  return `${local.replace('T', ' ')} ${keys.get('TITLE') ?? ''}`.trim()
}
