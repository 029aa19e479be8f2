/** SQLite as one script, with its WebAssembly in it. */
declare module 'sql.js/dist/sql-wasm-inline.js' {
  export { default } from 'sql.js'
}
