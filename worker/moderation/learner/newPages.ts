import type { Model } from './model.ts'

/** What was decided on so many pages says what to expect of any other. */
const manyPages = 20

/** Spam verdicts of a page that a person looks at first. */
const firstOfPage = 10

/**
 * Whether a person looks at the next spam verdict of a page. People talk otherwise on a page of another kind, and a
 * model that knows few pages takes that for spam.
 *
 * @param asked spam verdicts of the page that went to a person before
 */
export const isNewGround = ({ pages }: Pick<Model, 'pages'>, asked: number): boolean =>
  pages < manyPages && asked < firstOfPage
