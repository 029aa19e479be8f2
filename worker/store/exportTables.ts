/** What numbers of rows count: a file keeps them, and rows name each other by them. */
export const numberings = ['comments', 'threads', 'authors', 'imports'] as const
export type Numbering = (typeof numberings)[number]

/** A table whose rows an export has. */
export interface ExportTable {
  name: string
  /** Its primary key, by which it is read, each column with what is below all of its values. */
  key: Record<string, string | number>
  /** By what a row belongs to a site; `null` where it belongs to none, or to several. */
  of: 'site' | 'comment' | 'author' | null
  /** Columns that hold numbers of rows. */
  numbers?: Record<string, Numbering>
  /** Columns whose texts may be long. */
  long?: string[]
  /** Columns that no export has. */
  omit?: string[]
  /** Only the operator's export has them: the table, or columns of it. */
  private?: true | string[]
}

const bySeq = { comment_seq: 'comments' } as const

/** The tables of an export, each after those that its rows name. */
export const exportTables: ExportTable[] = [
  { name: 'staff', key: { id: '' }, of: null },
  { name: 'sites', key: { id: '' }, of: 'site' },
  { name: 'staff_sites', key: { staff_id: '', site_id: '' }, of: null },
  { name: 'staff_choices', key: { staff_id: '', site_id: '' }, of: null },
  // Its count of devices is of those that asked for pushes there.
  {
    name: 'staff_mail',
    key: { staff_id: '' },
    of: null,
    omit: ['devices', 'asked', 'asked_at', 'asks'],
    private: true,
  },
  { name: 'saved_views', key: { id: '' }, of: null },
  { name: 'word_lists', key: { site_id: '', list: '' }, of: 'site', long: ['entries'] },
  { name: 'phrases', key: { site_id: '' }, of: 'site', long: ['answers'] },
  { name: 'imports', key: { number: 0 }, of: 'site', numbers: { number: 'imports' } },
  {
    name: 'threads',
    key: { id: 0 },
    of: 'site',
    numbers: { id: 'threads', moved_to: 'threads', import_number: 'imports' },
  },
  {
    name: 'thread_moves',
    key: { id: '' },
    of: 'site',
    numbers: { thread_id: 'threads', into_id: 'threads', up_to: 'comments' },
  },
  { name: 'thread_move_slices', key: { move_id: '', number: 0 }, of: 'site', long: ['comments'] },
  {
    name: 'authors',
    key: { id: 0 },
    of: 'site',
    numbers: { id: 'authors', import_number: 'imports' },
    omit: ['notes'],
    private: ['token_hash'],
  },
  {
    name: 'comments',
    key: { seq: 0 },
    of: 'site',
    numbers: {
      ...{ seq: 'comments', parent_seq: 'comments', root_seq: 'comments' },
      ...{ thread_id: 'threads', author_id: 'authors', import_number: 'imports' },
    },
    long: ['body', 'content', 'shown_content', 'findings', 'facts', 'signature'],
    // Notes are counted as they come.
    omit: ['address', 'notes'],
  },
  {
    name: 'revisions',
    key: { comment_seq: 0, revision: 0 },
    of: 'comment',
    numbers: bySeq,
    long: ['body', 'content', 'findings'],
    // It is their comment's.
    omit: ['site_id'],
  },
  { name: 'decisions', key: { id: '' }, of: 'comment', numbers: bySeq },
  { name: 'second_looks', key: { comment_seq: 0 }, of: 'site', numbers: bySeq },
  { name: 'linked_hosts', key: { site_id: '', host: '', comment_seq: 0 }, of: 'site', numbers: bySeq },
  {
    name: 'likes',
    key: { comment_seq: 0, reader: '' },
    of: 'comment',
    numbers: bySeq,
    omit: ['customer', 'network'],
    private: true,
  },
  {
    name: 'flags',
    key: { comment_seq: 0, reader: '' },
    of: 'site',
    numbers: bySeq,
    long: ['note'],
    omit: ['network'],
    private: ['reader'],
  },
  {
    name: 'notes',
    key: { id: '' },
    of: 'site',
    numbers: { ...bySeq, author_id: 'authors' },
    long: ['body'],
  },
  { name: 'mentions', key: { staff_id: '', created_at: 0, note_id: '' }, of: null },
  { name: 'bans', key: { id: '' }, of: 'site', omit: ['network', 'network_until'] },
  { name: 'reporters', key: { site_id: '', id: '' }, of: 'site' },
  {
    name: 'erasures',
    key: { author_id: 0 },
    of: 'author',
    numbers: { author_id: 'authors', place_seq: 'comments' },
  },
  { name: 'bulk_acts', key: { id: '' }, of: null, numbers: { up_to: 'comments' } },
  { name: 'bulk_slices', key: { bulk_id: '', number: 0 }, of: null, long: ['decisions'] },
  {
    name: 'lessons',
    key: { site_id: '', comment_seq: 0 },
    of: 'site',
    numbers: { ...bySeq, source: 'comments', cluster: 'comments', author_id: 'authors' },
  },
  { name: 'lesson_packs', key: { site_id: '', pack: 0 }, of: 'site', long: ['lessons', 'features'] },
  { name: 'learners', key: { site_id: '' }, of: 'site', long: ['model', 'guard', 'scores'] },
  { name: 'daily_figures', key: { site_id: '', day: -1 }, of: null, long: ['figures'] },
  { name: 'sightings', key: { site_id: '', registered: '' }, of: 'site' },
  { name: 'subscribers', key: { id: '' }, of: 'site', private: true },
  {
    name: 'subscriptions',
    key: { subscriber_id: '', kind: '', comment_seq: -1, thread_key: '' },
    of: 'site',
    numbers: bySeq,
    private: true,
  },
  { name: 'mail_blocks', key: { address_hash: '' }, of: null, private: true },
  { name: 'events', key: { id: 0 }, of: 'site', long: ['details'] },
  // Up to where the days are counted.
  { name: 'roll_ups', key: { id: 0 }, of: null },
  { name: 'untaught', key: { comment_seq: 0 }, of: 'site', numbers: bySeq },
  // The last: without it no sweep looks at a site.
  { name: 'tallies', key: { site_id: '' }, of: 'site' },
]

/** The other tables of the main database, and why no export has them. */
export const notExported: Record<string, string> = {
  sessions: 'opens the dashboard',
  sign_in_links: 'opens the dashboard',
  passkeys: 'opens the dashboard, for its host alone',
  connected_accounts: 'opens the dashboard',
  tokens: 'opens the API',
  voices: 'opens the API',
  screeners: 'has secrets of services',
  turnstile: 'has a secret of a service',
  endpoints: 'has secrets of webhooks and chats',
  push_keys: 'is a secret',
  push_subscriptions: 'is made for one key',
  push_told: 'belongs to those devices',
  daily_secrets: 'is a secret of the day',
  network_acts: 'counts the networks of a day',
  used_challenges: 'lasts minutes',
  subscription_days: 'counts a day',
  outbox: 'is delivered by the instance that wrote it',
  deliveries: 'is what that instance delivered',
  reader_news: 'is told by that instance',
  staff_told: 'is told by that instance',
  instance_address: 'is that of another instance',
  totals: 'is added up of the tallies',
  unindexed: 'is noted anew, as rows come',
  fits: 'is a model on its way',
  fit_arcs: 'is a model on its way',
  fit_descents: 'is a model on its way',
  restores: 'is what was put back there',
  erased_persons: 'is made under the secret of the instance',
  screening_rounds: 'says how far a sweep came',
  scrubbing: 'says how far a sweep came',
}
