/** What `npm start` builds: all whose scripts the gallery serves, its service worker's included. */
export const START_UNITS: readonly string[] = ['client', 'turbonav', 'sw', 'devtools'];
