import { measureServer } from './measure.ts';

/** `node … main.ts <seed> <id,id,…>`: prints the results as JSON. */
const [seed = '1', ids = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(measureServer(ids.split(','), Number(seed))));
