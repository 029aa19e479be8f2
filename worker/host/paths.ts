import { join } from 'node:path'

/** Where things lie. All that is made rather than written lives under `.hankyo`, which git ignores. */
export const root = join(import.meta.dirname, '../..')
export const made = join(root, '.hankyo')
/** Built browser files, and locally the demo. */
export const assets = join(made, 'assets')
/** The bundled worker. */
export const bundle = join(made, 'worker')
/** The commands of a server, built. */
export const hostBundle = join(made, 'host')
/** What workerd is started with; another one where the worker may ask the machine's own network. */
export const runtimeOf = (isPrivateToo: boolean) =>
  join(bundle, isPrivateToo ? 'private.workerd' : 'public.workerd')
/** State of the server started without `--data`. */
export const defaultData = join(made, 'data')
export const migrations = join(root, 'worker/migrations')
/** Those of the full-text index's database. */
export const searchMigrations = join(migrations, 'search')
export const wranglerToml = join(root, 'wrangler.toml')
/** Node keeps here what it has compiled of large packages. */
export const compiled = join(made, 'compiled')
