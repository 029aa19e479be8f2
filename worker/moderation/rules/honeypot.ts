import type { Rule } from '../facts.ts'

/** Something filled in the field that people don't see. */
export const honeypot: Rule = ({ trapped }) => (trapped ? { code: 'honeypot', weight: 10, params: {} } : null)
