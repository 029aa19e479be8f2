/** What a service outside is told of a comment. It says nothing of the reader that the comment itself does not. */
export interface Question {
  /** `url` is where the site's pages live, `locale` BCP 47. */
  site: { id: string; locale: string; url: string }
  /** `postedAt` in ISO 8601, UTC. */
  comment: { id: string; body: string; postedAt: string }
  author: { name: string; email: string | null; url: string | null }
  page: { url: string | null; title: string | null }
}
