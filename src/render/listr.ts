export { createPlainRenderer as createListrRenderer } from './plain.ts';
