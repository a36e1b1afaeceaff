import { startDevtools } from '../devtools.ts';

startDevtools();

/** For whoever imports the script to start it again after `dispose()`. */
export { startDevtools };
