/** What is to be told to authors who asked for another look, by their comments: it goes with the decision. */
export const appealAnswers = new Map<string, string>()
