/** What is loaded later, by its name: the modules that the build makes a script of each. */
export const parts = {
  writing: './later/writing/writing.ts',
  ownComments: './later/own/ownComments.ts',
  reactions: './later/reactions/reactions.ts',
  returning: './later/returning/returning.ts',
  acts: './later/acts/acts.ts',
  formatting: './later/formatting/formatting.ts',
  preview: './later/preview/preview.ts',
  pastedMarkdown: './later/writing/pastedMarkdown.ts',
  proof: './later/proof/proof.ts',
  turnstile: './later/proof/turnstile.ts',
  pbkdf2: './later/proof/pbkdf2.ts',
  watch: './later/watch.ts',
  served: './later/served.ts',
  staff: './later/staff/staff.tsx',
  counts: './later/counts.ts',
  embedder: './later/embedder.ts',
}
