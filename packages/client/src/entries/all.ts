// biome-ignore assist/source/organizeImports: in this order the modules compress better
import { hooks } from '../addons/hooks.ts';
import { page } from '../addons/page.ts';
import { focus } from '../addons/focus.ts';
import { optimistic } from '../addons/optimistic.ts';
import { pageApi } from '../features/page-api.ts';
import { reorder } from '../addons/reorder.ts';
import { navigation } from '../addons/navigation.ts';
import { drafts } from '../addons/drafts.ts';
import { recovery } from '../addons/recovery.ts';
import { virtual } from '../addons/virtual.ts';
import { uploads } from '../addons/uploads.ts';
import { commands } from '../addons/commands.ts';
import { adopt } from '../addons/adopt.ts';
import { waiting } from '../addons/waiting.ts';
import { outbox } from '../addons/outbox.ts';
import { clientParts } from './base.ts';
import { claim } from './guard.ts';

claim(
  clientParts([
    pageApi,
    outbox,
    adopt,
    waiting,
    recovery,
    drafts,
    navigation,
    page,
    hooks,
    commands,
    uploads,
    reorder,
    focus,
    virtual,
    optimistic,
  ]),
);
