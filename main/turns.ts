/** Runs the task when the earlier ones of the same name have ended; tasks of different names do not wait for each other. */
export type InTurn = <T>(name: string, task: () => Promise<T>) => Promise<T>;

/** A waiting line per name, in the order of the calls. A failure does not stop those behind it. */
export function createTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return (name, task) => {
    const before = last.get(name) ?? Promise.resolve();
    const turn = before.then(task, task);
    last.set(name, turn);
    const leave = () => {
      if (last.get(name) === turn) last.delete(name);
    };
    turn.then(leave, leave);
    return turn;
  };
}

/** One waiting line for all tasks, in the order of the calls. A failure does not stop those behind it. */
export function createLine(): <T>(task: () => Promise<T>) => Promise<T> {
  const inTurn = createTurns();
  return (task) => inTurn('', task);
}
