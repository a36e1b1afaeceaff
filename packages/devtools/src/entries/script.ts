import { startDevtools } from '../devtools.ts';

startDevtools();
