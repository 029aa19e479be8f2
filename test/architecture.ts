import { dirname, join, normalize } from 'node:path'

/** A source file by its path from the root. */
export interface Source {
  path: string
  text: string
}

/** Source without its comments, so that rules read code and not prose. Strings stay. */
export function code(text: string): string {
  const token =
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|(?<=^|[^:\\/])\/\/[^\n]*/gm
  return text.replace(token, (whole, string) => (string === undefined ? whole.replace(/[^\n]/g, '') : whole))
}

/** Every module a file names: imported, exported from, or loaded later; relative ones as paths from the root. */
export function imports({ path, text }: Source): string[] {
  const statement =
    /(?:^|[\n;])\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|[\n;])\s*import\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]/g
  const names = [...code(text).matchAll(statement)].map(
    ([, from, bare, later]) => from ?? bare ?? later ?? '',
  )
  return names.map((name) => (name.startsWith('.') ? normalize(join(dirname(path), name)) : name))
}

/** What the rooms of the worker may know besides themselves, from the ground up; nothing else. */
export const rooms: Record<string, string[]> = {
  contract: [],
  'crypto.ts': [],
  words: ['contract', 'widget/common', 'widget/dashboard/locales'],
  'env.ts': ['contract', 'http/refusal.ts', 'store/database.ts'],
  store: ['contract'],
  importers: ['contract'],
  exporters: [
    'commands/world.ts',
    'queries/csv.ts',
    'importers/html',
    'store',
    'http/refusal.ts',
    'contract',
    'crypto.ts',
    'widget/common',
  ],
  events: ['commands/world.ts', 'jobs/enqueue.ts', 'http', 'contract', 'env.ts'],
  moderation: ['contract'],
  search: ['moderation/text/scripts.ts', 'contract'],
  http: ['contract', 'env.ts', 'crypto.ts', 'widget/common'],
  outside: ['contract', 'http', 'crypto.ts'],
  screeners: ['outside', 'moderation/facts.ts', 'http', 'contract', 'env.ts', 'crypto.ts'],
  mail: ['store', 'outside', 'contract', 'env.ts', 'crypto.ts'],
  access: ['commands/world.ts', 'store', 'screeners', 'outside', 'http', 'contract', 'env.ts', 'crypto.ts'],
  notify: [
    'words',
    'letters',
    'http/article.ts',
    'widget/common',
    'commands/world.ts',
    'store',
    'moderation/learner/label.ts',
    'screeners',
    'mail',
    'access',
    'queries',
    'outside',
    'contract',
    'env.ts',
    'crypto.ts',
  ],
  commands: [
    'mail',
    'queries',
    'access',
    'screeners',
    'letters',
    'notify',
    'outside',
    'events/publish.ts',
    'store',
    'moderation',
    'http',
    'contract',
    'env.ts',
    'crypto.ts',
    'widget/common',
  ],
  queries: [
    'mail/addressHash.ts',
    'mail/tellsReaders.ts',
    'mail/readMail.ts',
    'commands/world.ts',
    'access',
    'jobs/learner.ts',
    'jobs/keptFacts.ts',
    'jobs/sweep.ts',
    'mail/settings.ts',
    'search',
    'store',
    'moderation',
    'http/refusal.ts',
    'contract',
    'env.ts',
  ],
  feeds: ['store', 'contract', 'widget/common'],
  jobs: [
    'mail/instanceAddress.ts',
    'mail/mail.ts',
    'commands',
    'notify',
    'events/publish.ts',
    'queries',
    'search',
    'store',
    'moderation',
    'screeners',
    'outside',
    'http',
    'contract',
    'env.ts',
    'crypto.ts',
    'widget/common',
  ],
  pages: ['contract', 'words', 'widget/common', 'widget/thread/server'],
  letters: ['pages/rawText.tsx', 'contract', 'widget/common'],
  routes: [
    'mail',
    'pages',
    'letters',
    'words',
    'feeds',
    'exporters',
    'jobs',
    'commands',
    'notify/destinations.ts',
    'events/publish.ts',
    'queries',
    'access',
    'screeners',
    'mail/mailer.ts',
    'store',
    'moderation',
    'http',
    'contract',
    'env.ts',
    'crypto.ts',
    'widget/common',
    'widget/thread/server/rendering.ts',
  ],
  'commentRoutes.ts': ['routes', 'contract'],
  'peopleRoutes.ts': ['routes', 'contract'],
  'decidingRoutes.ts': ['routes', 'contract'],
  'tellingRoutes.ts': ['routes', 'contract'],
  'movingRoutes.ts': ['routes', 'contract'],
  'routes.ts': [
    'commentRoutes.ts',
    'peopleRoutes.ts',
    'decidingRoutes.ts',
    'tellingRoutes.ts',
    'movingRoutes.ts',
    'routes',
    'contract',
    'screeners',
  ],
  'index.ts': [
    'routes',
    'routes.ts',
    'jobs',
    'events',
    'commands/world.ts',
    'access',
    'store',
    'http',
    'contract',
    'env.ts',
  ],
}

/** The room of a file of the worker: its folder, or itself where it lies loose. */
const roomOf = (path: string) => /^worker\/([\w-]+(\.ts)?)/.exec(path)?.[1] ?? ''

const isIn = (path: string, place: string) => {
  const full = place.startsWith('widget/') ? place : `worker/${place}`
  return path === full || path === `${full}.ts` || path.startsWith(`${full}/`)
}

/** Imports by which a file of the worker knows a room that is none of its business. */
export function strayImports(source: Source): string[] {
  const room = roomOf(source.path)
  if (!/^worker\/.*\.tsx?$/.test(source.path) || room === 'host' || room === 'migrations') return []
  const known = rooms[room]
  if (!known) return [`${source.path}: no room called ${room} is drawn in test/architecture.ts`]
  return imports(source)
    .filter((name) => /^(worker|widget)\//.test(name))
    .filter((name) => ![room, ...known].some((place) => isIn(name, place)))
    .map((name) => `${source.path}: ${room} does not know ${name}`)
}

/** Files that import each other in a circle, each circle once, as the way round. */
export function circles(sources: Source[]): string[] {
  const graph = new Map(sources.map((source) => [source.path, imports(source)]))
  const found = new Set<string>()
  const done = new Set<string>()
  const walk = (path: string, way: string[]) => {
    const at = way.indexOf(path)
    if (at >= 0) {
      const circle = way.slice(at)
      const first = circle.indexOf([...circle].sort()[0] as string)
      found.add([...circle.slice(first), ...circle.slice(0, first)].join(' -> '))
    } else if (!done.has(path) && graph.has(path)) {
      for (const next of graph.get(path) ?? []) walk(next, [...way, path])
      done.add(path)
    }
  }
  for (const path of graph.keys()) walk(path, [])
  return [...found]
}

interface Arrow {
  /** Files the rule is about. */
  of: RegExp
  /** What they must not import. */
  never: RegExp
  except?: RegExp
}

/** The arrows between the programs. */
export const arrows: Record<string, Arrow> = {
  'common knows neither program': { of: /^widget\/common\//, never: /^widget\/(thread|dashboard|docs)\// },
  'the thread does not know the dashboard': { of: /^widget\/thread\//, never: /^widget\/dashboard\// },
  'the dashboard does not know the thread': { of: /^widget\/dashboard\//, never: /^widget\/thread\// },
  'the thread’s model knows neither what draws it nor what is loaded later': {
    of: /^widget\/thread\/model\//,
    never: /^widget\/thread\/(?!model\/)/,
  },
  'the thread’s views know the model alone': {
    of: /^widget\/thread\/view\//,
    never: /^widget\/thread\/(?!model\/|view\/)/,
  },
  'one file knows where what is loaded later lies': {
    of: /^widget\/thread\/(?!later[./]|parts\/|server\/)/,
    never: /^widget\/thread\/(later|parts)\//,
  },
  'what is loaded later does not know what loads it': {
    of: /^widget\/thread\/later\//,
    never: /^widget\/thread\/[\w-]+\.tsx?$/,
  },
  ...Object.fromEntries(
    ['writing', 'own', 'reactions', 'acts', 'formatting', 'preview', 'proof'].map((room) => [
      `what is loaded for ${room} is loaded apart`,
      {
        of: new RegExp(`^widget/thread/later/(?!${room}/)`),
        never: new RegExp(`^widget/thread/later/${room}/`),
      },
    ]),
  ),
  'browsers know nothing of the worker but the contract, and what reads files': {
    of: /^widget\//,
    never: /^worker\//,
    except: /^worker\/(contract|importers)[./]/,
  },
  'the page of imports alone reads files': {
    of: /^widget\/(?!dashboard\/imports\/)/,
    never: /^worker\/importers\//,
  },
  ...Object.fromEntries(
    [
      'auditLog',
      'bans',
      'letters',
      'settings',
      'sites',
      'stats',
      'tokens',
      '(queue|context|answer|finding|bulk|threadPage)',
    ].map((page) => [
      `the dashboard’s page ${page} knows another only through core`,
      {
        of: new RegExp(`^widget/dashboard/${page}/`),
        never: new RegExp(`^widget/dashboard/(?!${page}/|core/|ui/|desk\\.ts$)`),
      },
    ]),
  ),
  'commands and queries do not know how they are asked': {
    of: /^worker\/(commands|queries|events|jobs|store|moderation)\//,
    never: /^hono(\/|$)/,
  },
  'no part of the worker needs the host': {
    of: /^worker\/(?!host\/)/,
    never: /^worker\/host\/|^node:|^(miniflare|wrangler|vite)$/,
    // Sockets and streams, which workerd has under these names, too. One file needs them.
    except: /^node:(net|tls|stream)$/,
  },
  'the worker opens sockets in one place': {
    of: /^worker\/(?!host\/|mail\/transports\/(smtp|node\.d)\.ts$)/,
    never: /^(node:(net|tls|stream)|cloudflare:sockets)$/,
  },
  'the host does not enter the worker': {
    of: /^worker\/host\//,
    never: /^worker\/(?!host\/)/,
    except:
      /^worker\/(commands|store|migrations|moderation|contract|importers)[./]|^worker\/(crypto|env|http\/refusal)\.ts$/,
  },
}

interface Ban {
  of: RegExp
  never: RegExp
  except?: RegExp
}

export const bans: Record<string, Ban> = {
  'SQL is in the store': {
    of: /^(worker|widget)\/.*\.tsx?$/,
    never:
      /\b(SELECT\s[\s\S]{0,400}?\bFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|INDEX)|\.prepare\()/,
    // A file of another system may be a database.
    except:
      /^worker\/(store\/|migrations\/|host\/serve\/(database|snapshot|sqliteProcess)\.ts$|importers\/formats\/(isso|sqlite)\.ts$)/,
  },
  'the thread loads in one place': {
    of: /^widget\/thread\/.*(?<!\.d)\.tsx?$/,
    never: /\bimport\s*\(/,
    except: /^widget\/thread\/later\.ts$/,
  },
  'browsers fetch in one place, another that waits, and one for what is no JSON': {
    of: /^widget\/(thread|dashboard|common)\//,
    never:
      /(?<![\w.])fetch\s*\(|\b(window|globalThis|self)\.fetch\b|XMLHttpRequest|sendBeacon|EventSource|WebSocket/,
    except: /^widget\/common\/(api|exchangeNow|exchangeText)\.ts$/,
  },
  'the worker asks outside in one place': {
    of: /^worker\/(?!host\/)/,
    never: /(?<![\w.])fetch\s*\(/,
    except: /^worker\/outside\/exchange\.ts$/,
  },
  'moderation has no clock, chance or I/O': {
    of: /^worker\/moderation\//,
    never:
      /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bcrypto\b|(?<![\w.])fetch\s*\(|\bprocess\b|\bconsole\b|\bperformance\b|\bawait\b/,
  },
  'what is shown is built, never parsed': {
    of: /^(widget\/|worker\/(?!host\/)).*\.(tsx?|html)$/,
    // Scripts' data and style sheets, which a renderer's entities would change; and what is pasted is parsed to be
    // made Markdown of: nothing of that document is shown.
    except: /^worker\/pages\/rawText\.tsx$|^widget\/thread\/later\/writing\/pastedMarkdown\.ts$/,
    never:
      /\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|jsxTemplate|createContextualFragment|setHTMLUnsafe|srcdoc)\b|document\.write|(?<![\w.])eval\s*\(|new Function\b|\bDOMParser\b/,
  },
  'nobody hooks into the renderer': {
    of: /^(widget|worker)\/.*\.tsx?$/,
    never: /\bimport\s*\{[^}]*\boptions\b[^}]*\}\s*from\s*['"]preact['"]/,
  },
  'one place knows which database holds a site': {
    of: /^worker\/(?!host\/)/,
    never: /\benv\s*\??\.\s*DB\b|\{[^}\n]*\bDB\b[^}\n]*\}\s*=/,
    except: /^worker\/store\/database\.ts$/,
  },
  'no secret has a default': {
    of: /^worker\/(?!host\/)|^wrangler\.toml$/,
    never: /\b(OPERATOR_KEY|TOKEN_SECRET)\b\s*(\?\?|\|\||=)\s*['"`]/,
  },
}

/** Lines of a file, comments and empty ones too. */
const size = ({ text }: Source) => text.trimEnd().split('\n').length

export const longest = 200

/** What may lie at the top, besides what git ignores. */
export const topLevel = new Set([
  '.ci',
  '.gitignore',
  '.npmrc',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'biome.json',
  'package-lock.json',
  'package.json',
  'test',
  'tsconfig.json',
  'widget',
  'worker',
  'wrangler.toml',
])

/** Every breach of a room, an arrow, a ban or the length, as `file: rule`. */
export function breaches(sources: Source[]): string[] {
  return sources.flatMap((source) => {
    const found = strayImports(source)
    for (const [rule, { of, never, except }] of Object.entries(arrows)) {
      if (!of.test(source.path) || !/\.(tsx?|mjs)$/.test(source.path)) continue
      for (const name of imports(source))
        if (never.test(name) && !except?.test(name)) found.push(`${source.path}: ${rule} (${name})`)
    }
    for (const [rule, { of, never, except }] of Object.entries(bans)) {
      const hit = of.test(source.path) && !except?.test(source.path) && code(source.text).match(never)
      if (hit) found.push(`${source.path}: ${rule} (${hit[0].slice(0, 60)})`)
    }
    if (/^(worker|widget)\/.*\.(tsx?|mjs)$/.test(source.path) && size(source) > longest)
      found.push(`${source.path}: ${size(source)} lines, more than ${longest}`)
    return found
  })
}
