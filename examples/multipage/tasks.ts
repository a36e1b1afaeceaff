/** The site's one table: a list of tasks, in memory. */
const MOST = 50;
const tasks: string[] = ['Read the guide', 'Make a page live'];

export const allTasks = (): readonly string[] => tasks;

/** Answers what is wrong with the task, or takes it in. */
export function addTask(name: string): string | undefined {
  const task = name.trim();
  if (task === '') return 'A task needs a name.';
  if (task.length > 100) return 'That is too long for a task.';
  tasks.unshift(task);
  tasks.length = Math.min(tasks.length, MOST);
  return undefined;
}
