/** Within so many milliseconds what one person takes back of one act is one line. */
export const together = 600_000

/** How an event's row shows that a line of what was decided together stands for it. */
export const folded = 2

/** Events of what was decided together with an event `e` of the log. */
const inside = `events f INDEXED BY events_bulk WHERE f.details ->> 'bulkId' = e.details ->> 'bulkId' AND f.logged = ${folded}`

const isUndo = `f.act = 'comment.undo'`

/** Holds while any decision of those that were taken together with `e` is its comment's. It reads no further than the first. */
const stands = `EXISTS (SELECT 1 FROM (SELECT f.details ->> 'decisionId' AS decision FROM ${inside} AND NOT ${isUndo}) l
  CROSS JOIN decisions o ON o.id = l.decision CROSS JOIN comments p ON p.seq = o.comment_seq
  WHERE o.undone_at IS NULL AND p.decision_id = o.id AND p.erased = 0)`

/** What has become of what was decided together in an event `e`: an undo state; null of other events. */
export const decidedTogether = `CASE WHEN e.matches AND e.act = 'bulk.decide' THEN
  CASE WHEN ${stands} THEN 'open' WHEN EXISTS (SELECT 1 FROM ${inside} AND ${isUndo}) THEN 'undone' ELSE 'changed' END END`

/** How many decisions an event `e` takes back, and of how many, as JSON; null of events that take back none together. */
export const takenBack = `CASE WHEN e.matches AND e.act = 'bulk.undecide' THEN (
  SELECT json_object('count', sum(${isUndo} AND f.actor_id = e.actor_id AND f.at BETWEEN e.at AND e.at + ${together}),
    'all', sum(NOT ${isUndo})) FROM ${inside}) END`
