/**
 * Pages of the form that hosted services give theirs: written by us, with what matters to what is pasted in. Blogger
 * expands the tags of a template on its servers, Hatena Blog puts what is pasted below each article.
 */

/** Stands in for Blogger: expands the few tags of a template that the recipe has. */
export function blogger(template: string, { path, title }: { path: string; title: string | null }): string {
  const escaped = (title ?? '').replaceAll('&', '&amp;').replaceAll("'", '&#39;').replaceAll('<', '&lt;')
  const expanded = template
    .replace(/<b:if cond='data:view.isSingleItem'>([\s\S]*?)<\/b:if>/g, title === null ? '' : '$1')
    .replace(/ expr:title='data:post.title'/g, () => ` title='${escaped}'`)
  if (/<b:|expr:|data:/.test(expanded)) throw new Error(`A tag is left: ${expanded}`)
  return `<!DOCTYPE html>
<html dir='ltr' lang='en'>
<head>
<meta content='text/html; charset=UTF-8' http-equiv='Content-Type'/>
<meta content='width=device-width,initial-scale=1' name='viewport'/>
<link href='${path}' rel='canonical'/>
<title>A blog${title === null ? '' : `: ${escaped}`}</title>
<style>.post-body { clear: both; overflow: hidden } .post-body * { max-width: 100% }</style>
</head>
<body class='${title === null ? 'homepage-view' : 'item-view'}'>
<div class='main section' id='main'><div class='widget Blog' data-version='2' id='Blog1'>
<article class='post-outer-container'><div class='post'>
<h3 class='post-title entry-title'>${escaped}</h3>
<div class='post-body entry-content'><p><a href='/two/'>Two</a> <a href='/one/'>One</a></p></div>
${expanded}
</div></article></div></div>
<script type='text/javascript'>window.comments = document.title; window.blog = { posts: [] }</script>
</body>
</html>`
}

/** Stands in for Hatena Blog: an article of its own, or a list of two, each with what is pasted below articles. */
export function hatena(pasted: string, { path, titles }: { path: string; titles: string[] }): string {
  const kind = titles.length > 1 ? 'index' : 'entry'
  const entry = (title: string) => `<article class="entry hentry js-entry-article" data-uuid="1">
<div class="entry-inner"><header class="entry-header"><h1 class="entry-title">${title}</h1></header>
<div class="entry-content hatenablog-entry"><p><a href="/two/">Two</a> <a href="/one/">One</a></p></div>
<footer class="entry-footer"><div class="customized-footer">${pasted}</div><div class="comment-box js-comment-box"></div></footer>
</div></article>`
  return `<!DOCTYPE html>
<html lang="ja" data-page="${kind}">
<head prefix="og: http://ogp.me/ns#">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>${titles.length > 1 ? 'ブログ' : `${titles[0]} - ブログ`}</title>
<link rel="canonical" href="${path}">
${titles.length > 1 ? '' : `<meta property="og:title" content="${titles[0]} - ブログ">`}
<style>.entry-footer * { box-sizing: content-box } .customized-footer { overflow: hidden }</style>
</head>
<body class="page-${kind} globalheader-ng-enabled">
<div id="container"><div id="main">${titles.map(entry).join('\n')}</div></div>
</body>
</html>`
}
