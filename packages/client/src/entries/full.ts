// biome-ignore assist/source/organizeImports: in this order the modules compress better, by 85 bytes
import { clientParts } from './base.ts';
import { claim } from './guard.ts';
import { ADD_ONS } from './add-ons.ts';
import { autoload } from '../features/autoload.ts';

claim(clientParts([autoload(ADD_ONS, (document.currentScript as HTMLScriptElement)?.src ?? '')]));
