/** What stands for an imported author where others have the hash of a token: no token has such a hash. */
export const importedKey = (author: string) => `import:${author}`

/**
 * That an author, by the name of their table in a query, came with an import. Whoever imports says what they are called, so the
 * same key on another site may be somebody else's.
 */
export const isImported = (author: string) =>
  `(${author}.token_hash >= '${importedKey('')}' AND ${author}.token_hash < 'import;')`
