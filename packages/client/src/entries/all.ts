import { adopt } from '../addons/adopt.ts';
import { commands } from '../addons/commands.ts';
import { embedded } from '../addons/embedded.ts';
import { hooks } from '../addons/hooks.ts';
import { navigation } from '../addons/navigation.ts';
import { optimistic } from '../addons/optimistic.ts';
import { outbox } from '../addons/outbox.ts';
import { page } from '../addons/page.ts';
import { recovery } from '../addons/recovery.ts';
import { reorder } from '../addons/reorder.ts';
import { streams } from '../addons/streams.ts';
import { uploads } from '../addons/uploads.ts';
import { virtual } from '../addons/virtual.ts';
import { waiting } from '../addons/waiting.ts';
import { pageApi } from '../features/page-api.ts';
import { clientParts } from './base.ts';
import { claim } from './guard.ts';

claim(
  clientParts([
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
    pageApi,
  ]),
);
