/**
 * An author of the demo whose token everybody has: the playground shows by it what authors see of comments of their
 * own. What the guest wrote is too old to be edited.
 */
export const guest = {
  token: 'demo-guest-of-all',
  /** The comments by their ids, in the files of `comments/`. */
  comments: ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'],
}
