import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, test } from 'vitest'
import { made } from '../../worker/host/paths.ts'
import { recipeOf } from './blocks.ts'
import { filesOf, type Project, projects } from './projects.ts'
import { addSite, readBoth, stage } from './stage.ts'
import { serveFolder } from './static.ts'

const run = promisify(execFile)

const here = stage()

/** Builds a project with its recipe in it. @returns the folder of the built pages */
async function built(project: Project): Promise<string> {
  const folder = join(made, 'recipes', project.name)
  const recipe = recipeOf(project.name, { origin: here.product.url, site: project.name })
  for (const old of await readdir(folder).catch(() => []))
    if (!/^(node_modules|package-lock\.json)$/.test(old)) await rm(join(folder, old), { recursive: true })
  const manifest = { name: 'recipe', private: true }
  const files = { 'package.json': JSON.stringify(manifest), ...filesOf(project, recipe) }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    ASTRO_TELEMETRY_DISABLED: '1',
  }
  if (project.packages) {
    const flags = ['--no-audit', '--no-fund', '--no-save', '--prefer-offline', '--include=dev']
    await run('npm', ['install', ...flags, ...project.packages], { cwd: folder, env })
  }
  const [name = '', ...args] = project.build
  const own = join(folder, 'node_modules/.bin', name)
  await run(existsSync(own) ? own : name, args, { cwd: folder, env })
  return join(folder, project.out)
}

/** Whether a program is on the PATH. */
function installed(name: string): boolean {
  try {
    execFileSync('which', [name], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('A site made with its recipe alone', () => {
  for (const project of projects)
    test.skipIf(!project.packages && !installed(project.build[0] ?? ''))(
      `has a thread under each article, also of the next one: ${project.name}`,
      async () => {
        const { server, url } = await serveFolder(await built(project))
        await addSite(here.product, project.name, url)
        const page = await here.browser.newPage()
        try {
          await readBoth(page, url)
        } finally {
          await page.close()
          server.close()
        }
      },
    )
})
