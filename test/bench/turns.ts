/** Threads of 100 that are asked for in turn: so many that no two who ask at the same time ask for the same. */
export const turns = 32
