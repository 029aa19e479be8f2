import { renderToString } from 'preact-render-to-string'
import type { ContentNode } from '../../worker/contract/content.ts'
import { Content } from './content.tsx'

/** The safe tree of a comment as HTML, built of the elements that readers' browsers build. */
export function contentHtml(nodes: ContentNode[]): string {
  return renderToString(<Content nodes={nodes} />)
}
