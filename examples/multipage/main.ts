import { listen } from '@djust/server';
import { createSite } from './site.ts';

const { server, fallback } = createSite();
const { origin } = await listen(server, { port: Number(process.env.PORT ?? 8000), fallback });
console.log(`The site is at ${origin}`);
