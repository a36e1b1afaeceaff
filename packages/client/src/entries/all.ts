// biome-ignore assist/source/organizeImports: in this order the modules compress better
import { embedded } from '../addons/embedded.ts';
import { hooks } from '../addons/hooks.ts';
import { optimistic } from '../addons/optimistic.ts';
import { reorder } from '../addons/reorder.ts';
import { navigation } from '../addons/navigation.ts';
import { streams } from '../addons/streams.ts';
import { page } from '../addons/page.ts';
import { recovery } from '../addons/recovery.ts';
import { commands } from '../addons/commands.ts';
import { virtual } from '../addons/virtual.ts';
import { waiting } from '../addons/waiting.ts';
import { adopt } from '../addons/adopt.ts';
import { outbox } from '../addons/outbox.ts';
import { uploads } from '../addons/uploads.ts';
import { pageApi } from '../features/page-api.ts';
import { clientParts } from './base.ts';
import { claim } from './guard.ts';

claim(
  clientParts([
    pageApi,
    outbox,
    adopt,
    waiting,
    recovery,
    navigation,
    page,
    hooks,
    commands,
    streams,
    uploads,
    reorder,
    virtual,
    optimistic,
    embedded,
  ]),
);
