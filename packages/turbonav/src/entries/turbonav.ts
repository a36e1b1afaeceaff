import { startTurbonav } from '../singleton.ts';

startTurbonav();
