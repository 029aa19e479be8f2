/** What sees to the reader's own comments: `OwnComments` in the model says what is used of it. */
export { followUp } from './followUp.ts'
export { OwnActions } from './OwnActions.tsx'
export { returnRefused } from './refused.ts'
