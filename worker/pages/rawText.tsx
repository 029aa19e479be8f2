/*
 * The elements whose content is no HTML: browsers read it as it stands, so that the renderer's entities would change
 * it. This is the one place that writes text into a page unescaped, each time in a form that cannot end its element.
 */

/** JSON for whoever reads a page: the thread's script, search engines. `<` stands in it as JSON's `\u003c`. */
export function Data({ type, json }: { type: 'application/json' | 'application/ld+json'; json: string }) {
  return <script type={type} dangerouslySetInnerHTML={{ __html: json.replaceAll('<', '\\u003c') }} />
}

/** A style sheet of our own. In CSS `<\/` means `</`. */
export function Style({ css, nonce }: { css: string; nonce: string | undefined }) {
  const text = css.replaceAll('</', '<\\/')
  return <style nonce={nonce} dangerouslySetInnerHTML={{ __html: text }} />
}
