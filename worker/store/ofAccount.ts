/** What is removed with an account, by the column that names it. Sessions stay until they end, to say what became of it. */
export const ofAccount = {
  staff_sites: 'staff_id',
  sign_in_links: 'staff_id',
  passkeys: 'staff_id',
  connected_accounts: 'staff_id',
  staff_mail: 'staff_id',
  staff_choices: 'staff_id',
  staff_told: 'staff_id',
  push_subscriptions: 'staff_id',
  outbox: 'recipient_id',
  deliveries: 'recipient_id',
  tokens: 'made_by',
} as const
