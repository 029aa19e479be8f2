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

interface Arrow {
  /** Files the rule is about. */
  of: RegExp
  /** What they must not import. */
  never: RegExp
  except?: RegExp
}

/** DESIGN.md §2. */
export const arrows: Record<string, Arrow> = {
  'common knows neither program': { of: /^widget\/common\//, never: /^widget\/(thread|dashboard)\// },
  'the thread does not know the dashboard': { of: /^widget\/thread\//, never: /^widget\/dashboard\// },
  'the dashboard does not know the thread': { of: /^widget\/dashboard\//, never: /^widget\/thread\// },
  'browsers know nothing of the worker but the contract': {
    of: /^widget\//,
    never: /^worker\//,
    // The preview is made by what makes the comment.
    except: /^worker\/(contract|content)\.ts$/,
  },
  'the worker renders by what browsers draw with, and knows no more of them': {
    of: /^worker\/(?!host\/)/,
    never: /^widget\//,
    except: /^widget\/(thread\/server\.tsx|common\/(i18n|locales\/index)\.ts)$/,
  },
  'moderation does not store': { of: /^worker\/moderation\//, never: /^worker\/(store|notify|screening)/ },
  'the store does not judge': { of: /^worker\/store\//, never: /^worker\/moderation\// },
  'moderation asks nobody outside': { of: /^worker\/moderation\//, never: /^worker\/screeners\// },
  'screeners know neither the store nor who asks': {
    of: /^worker\/screeners\//,
    never: /^worker\//,
    except: /^worker\/(screeners|moderation)\/|^worker\/(contract|env|input|origin|refusal|secret)\.ts$/,
  },
  'nothing imports routes but the route table': {
    of: /^(worker\/(?!index\.ts|routes\/)|widget\/)/,
    never: /^worker\/routes\//,
  },
  'nothing imports the route table': { of: /^(worker|widget)\//, never: /^worker\/index\.ts$/ },
  'the contract imports nothing': { of: /^worker\/contract\.ts$/, never: /./ },
  'no part of the worker needs the host': {
    of: /^worker\/(?!host\/)/,
    never: /^worker\/host\/|^node:|^(miniflare|wrangler|vite)$/,
  },
  'the host does not enter the worker': {
    of: /^worker\/host\//,
    never: /^worker\/(?!host\/)/,
    except: /^worker\/(store|migrations|moderation)\/|^worker\/(contract|content|secret)\.ts$/,
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
    except: /^worker\/(store\/|migrations\/|host\/database\.ts$)/,
  },
  'browsers fetch in one place': {
    of: /^widget\/(thread|dashboard|common)\//,
    never:
      /(?<![\w.])fetch\s*\(|\b(window|globalThis|self)\.fetch\b|XMLHttpRequest|sendBeacon|EventSource|WebSocket/,
    except: /^widget\/common\/api\.ts$/,
  },
  'the worker asks outside in one place': {
    of: /^worker\/(?!host\/)/,
    never: /(?<![\w.])fetch\s*\(/,
    except: /^worker\/screeners\/exchange\.ts$/,
  },
  'moderation has no clock, chance or I/O': {
    of: /^worker\/moderation\//,
    never:
      /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bcrypto\b|(?<![\w.])fetch\s*\(|\bprocess\b|\bconsole\b|\bperformance\b|\bawait\b/,
  },
  'what is shown is built, never parsed': {
    of: /^widget\/(?!(slimPreact|vite\.config)\.ts$).*\.(tsx?|html)$/,
    never:
      /\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|createContextualFragment|setHTMLUnsafe|srcdoc)\b|document\.write|(?<![\w.])eval\s*\(|new Function\b|\bDOMParser\b/,
  },
  'no secret has a default': {
    of: /^worker\/(?!host\/)|^wrangler\.toml$/,
    never: /\b(OPERATOR_KEY|TOKEN_SECRET)\b\s*(\?\?|\|\||=)\s*['"`]/,
  },
}

/** Lines that hold code; comments and empty lines do not count. */
export const size = ({ text }: Source) =>
  code(text)
    .split('\n')
    .filter((line) => line.trim()).length

export const longest = 200

/** Files that are longer for a reason, with the most they may have. */
export const longer: Record<string, number> = {
  // The whole wire in one place; it holds types and words, nothing that runs.
  'worker/contract.ts': 400,
}

/** What may lie at the top, besides what git ignores. */
export const topLevel = new Set([
  '.ci',
  '.gitignore',
  '.npmrc',
  'LICENSE',
  'README.md',
  'biome.json',
  'docs',
  'package-lock.json',
  'package.json',
  'test',
  'tsconfig.json',
  'widget',
  'worker',
  'wrangler.toml',
])

/** Every breach of an arrow, a ban or the length, as `file: rule`. */
export function breaches(sources: Source[]): string[] {
  return sources.flatMap((source) => {
    const found: string[] = []
    for (const [rule, { of, never, except }] of Object.entries(arrows)) {
      if (!of.test(source.path) || !/\.(tsx?|mjs)$/.test(source.path)) continue
      for (const name of imports(source))
        if (never.test(name) && !except?.test(name)) found.push(`${source.path}: ${rule} (${name})`)
    }
    for (const [rule, { of, never, except }] of Object.entries(bans)) {
      const hit = of.test(source.path) && !except?.test(source.path) && code(source.text).match(never)
      if (hit) found.push(`${source.path}: ${rule} (${hit[0].slice(0, 60)})`)
    }
    const most = longer[source.path] ?? longest
    if (/^(worker|widget)\/.*\.(tsx?|mjs)$/.test(source.path) && size(source) > most)
      found.push(`${source.path}: ${size(source)} lines of code, more than ${most}`)
    return found
  })
}
