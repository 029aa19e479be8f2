import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../worker/host/paths.ts'

/** What a recipe tells people to paste. */
export interface Recipe {
  /** Whole files, by their path in the project. */
  files: Record<string, string>
  /** Lines to be put into a file that is there already, in the order of the recipe. */
  lines: string[]
}

/**
 * The recipe of a section of the page of recipes, with the addresses of a real instance in it. A block of code is
 * a whole file where the paragraph before it begins with "The file `path`".
 *
 * @param section the anchor of its heading
 * @throws Error where there is no such section
 */
export function recipeOf(section: string, { origin, site }: { origin: string; site: string }): Recipe {
  const page = readFileSync(join(root, 'widget/docs/pages/en/recipes.md'), 'utf8')
  const [, text] = page.match(new RegExp(`\\{#${section}\\}\\n([\\s\\S]*?)(?=\\n##|$)`)) ?? []
  if (!text) throw new Error(`The page has no recipe ${section}.`)
  const real = text
    .replaceAll('https://YOUR-HOST', origin)
    .replace(/(site=["'])blog(["'])|\/t\/blog/g, (found, before, after) =>
      before ? `${before}${site}${after}` : found.replace('blog', site),
    )
  const recipe: Recipe = { files: {}, lines: [] }
  for (const [, before = '', block = ''] of real.matchAll(/([^\n]*)\n\n```\w+\n([\s\S]*?)\n```/g)) {
    const [, path] = before.match(/^The file `([^`]+)`/) ?? []
    if (path) recipe.files[path] = `${block}\n`
    else recipe.lines.push(block)
  }
  return recipe
}
