export { type SwPlugin, type SwPluginOptions, serviceWorker } from '../build/plugin.ts';
