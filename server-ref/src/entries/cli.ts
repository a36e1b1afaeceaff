#!/usr/bin/env node
import { connectRedis } from '../cli/redis.ts';
import { run } from '../cli/sessions.ts';

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  say: (line) => void process.stdout.write(`${line}\n`),
  warn: (line) => void process.stderr.write(`${line}\n`),
  connect: connectRedis,
});
